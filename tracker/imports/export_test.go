package imports_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/jsonlines"
	"storydesk/tracker/transfer/pivotal"
)

// records exports the project.
func records(t *testing.T, w *trackertest.World, project tracker.ProjectID) (list []transfer.Record) {
	t.Helper()
	err := w.Engine.Imports.Export(t.Context(), project, func(r transfer.Record) error {
		list = append(list, r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// another adds an empty project.
func another(t *testing.T, w *trackertest.World) tracker.ProjectID {
	t.Helper()
	p, err := w.Engine.Projects.AddProject(t.Context(), tracker.NewProject("Another"))
	if err != nil {
		t.Fatal(err)
	}
	return p.ID
}

// alike leaves out what an import does anew: its own entry in the history and when a
// story changed last.
func alike(list []transfer.Record) (same []transfer.Record) {
	for _, r := range list {
		switch {
		case r.Activity != nil && strings.HasSuffix(r.Activity.Message, " imported"):
			continue
		case r.Story != nil:
			st := *r.Story
			st.UpdatedAt = st.CreatedAt
			r.Story = &st
		}
		same = append(same, r)
	}
	return same
}

func TestAnExportAsJSONLinesImportsToAnEqualProject(t *testing.T) {
	t.Parallel()
	w := trackertest.New(t)
	bring(t, w, export, nil)
	made := w.Story(w.Ticket(tracker.TicketNew))
	w.Comment(made, "A comment\nof two lines")
	w.Start(made)
	before := records(t, w, w.In.ProjectID)
	var out bytes.Buffer
	lines, err := jsonlines.NewWriter(&out)
	for _, r := range before {
		if err == nil {
			err = lines.Write(r)
		}
	}
	if err != nil || lines.Close() != nil {
		t.Fatal(err)
	}
	from := jsonlines.OpenFile("acme.jsonl", func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(out.Bytes())), nil })
	complain := func(f transfer.Finding) { t.Error(f) }
	for project, want := range map[tracker.ProjectID]transfer.Count{
		another(t, w): {Read: 8, Added: 8}, w.In.ProjectID: {Read: 8, Same: 8},
	} {
		report, err := w.Engine.Imports.Import(t.Context(), from, transfer.Options{Project: project, Found: complain})
		if err != nil {
			t.Fatal(err)
		}
		if got := report.Counts[transfer.Stories]; got != want {
			t.Errorf("the stories are %+v, want %+v", got, want)
		}
		after := records(t, w, project)
		if diff := cmp.Diff(alike(before), alike(after), cmpopts.IgnoreFields(transfer.Project{}, "Name")); diff != "" {
			t.Error(diff)
		}
	}
}

func TestAnExportAsTableImportsToTheSameStories(t *testing.T) {
	t.Parallel()
	w := world(t)
	bring(t, w, export, nil)
	before := records(t, w, w.In.ProjectID)
	var shape pivotal.Shape
	for _, r := range before {
		shape.Add(r)
	}
	var out strings.Builder
	table, err := pivotal.NewWriter(&out, shape)
	for _, r := range before {
		if err == nil {
			err = table.Write(r)
		}
	}
	if err != nil || table.Close() != nil {
		t.Fatal(err)
	}
	to := another(t, w)
	bring(t, w, out.String(), func(o *transfer.Options) { o.Project = to })
	after := records(t, w, to)
	onlyStories := func(list []transfer.Record) (stories []transfer.Record) {
		for _, r := range alike(list) {
			if r.Story != nil {
				r.Story.AcceptedAt = r.Story.AcceptedAt.Truncate(24 * time.Hour) // a table knows the day
				stories = append(stories, r)
			}
		}
		return stories
	}
	if diff := cmp.Diff(onlyStories(before), onlyStories(after)); diff != "" {
		t.Error(diff)
	}
	report, found, changed := bring(t, w, export, func(o *transfer.Options) { o.Project = to })
	if c := report.Counts[transfer.Stories]; c != (transfer.Count{Read: 7, Same: 7}) {
		t.Errorf("the original export afterwards: %+v, %q, %+v", c, found, changed)
	}
}
