package stories_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/trackertest"
)

func TestLabelsAreRenamedMergedAndDeleted(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	ctx, s := t.Context(), w.Engine.Stories
	project := w.In.ProjectID
	add := func(labels ...string) tracker.StoryID {
		st, err := s.AddStory(ctx, tracker.NewStory{ProjectID: project, Name: "a story", Place: tracker.Place{Column: tracker.Icebox}})
		if err == nil {
			_, err = s.Edit(ctx, []tracker.StoryID{st.ID}, tracker.StoryEdit{Labels: &labels})
		}
		if err != nil {
			t.Fatal(err)
		}
		return st.ID
	}
	both, one := add("export", "csv"), add("csv")
	labels := func() string {
		var all []string
		for _, id := range []tracker.StoryID{both, one} {
			d, err := s.Story(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, strings.Join(d.Story.Labels, "+"))
		}
		return strings.Join(all, " ")
	}
	check := func(err error, want string) {
		t.Helper()
		if got := labels(); err != nil || got != want {
			t.Fatalf("labels %q, %v; want %q", got, err, want)
		}
	}
	uses, err := s.Labels(ctx, project)
	if err != nil || len(uses) != 2 || uses[0] != (epic.LabelUse{Name: "csv", Stories: 2}) {
		t.Errorf("labels %v, %v", uses, err)
	}
	_, err = s.RenameLabel(ctx, project, "CSV", " Tables ")
	check(err, "export+tables tables")
	_, err = s.RenameLabel(ctx, project, "tables", "export")
	if tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("a taken name: %v", err)
	}
	_, err = s.RenameLabel(ctx, project, "tables", " ")
	if tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("an empty name: %v", err)
	}
	_, err = s.RenameLabel(ctx, project, "tables", "a, b")
	if tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("a name with a comma: %v", err)
	}
	_, err = s.MergeLabel(ctx, project, "tables", "nothing")
	if tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("merged into nothing: %v", err)
	}
	_, err = s.MergeLabel(ctx, project, "tables", "export")
	check(err, "export export")
	_, err = s.Undo(ctx, false)
	check(err, "export+tables tables")
	_, err = s.DeleteLabel(ctx, project, "tables")
	check(err, "export ")
	_, err = s.Undo(ctx, false)
	check(err, "export+tables tables")
	_, err = s.DeleteLabel(ctx, project, "csv")
	if tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("one that is not there: %v", err)
	}
}
