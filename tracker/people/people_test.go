package people_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

func TestMain(m *testing.M) { trackertest.Main(m) }

type world struct{ *trackertest.World }

// story adds a story with owners.
func (w world) story(owners ...string) tracker.StoryID {
	w.T.Helper()
	st, err := w.Engine.Stories.AddStory(w.T.Context(), tracker.NewStory{ProjectID: w.In.ProjectID, Name: "s", Owners: owners})
	if err != nil {
		w.T.Fatal(err)
	}
	return st.ID
}

// owners are those of a story, in a line.
func (w world) owners(id tracker.StoryID) string {
	w.T.Helper()
	st, err := w.Engine.Stories.Locate(w.T.Context(), id)
	if err != nil {
		w.T.Fatal(err)
	}
	return strings.Join(st.Owners, ", ")
}

// listed are all people with their other names, in a line.
func (w world) listed() string {
	w.T.Helper()
	list, err := w.Engine.People.People(w.T.Context())
	if err != nil {
		w.T.Fatal(err)
	}
	var names []string
	for _, p := range list {
		names = append(names, strings.TrimSuffix(p.Name+" ("+strings.Join(p.Aliases, " ")+")", " ()"))
	}
	return strings.Join(names, ", ")
}

func (w world) is(what, got, want string) {
	w.T.Helper()
	if got != want {
		w.T.Errorf("%s: %q instead of %q", what, got, want)
	}
}

func (w world) undo() {
	w.T.Helper()
	if _, err := w.Engine.Stories.Undo(w.T.Context(), false); err != nil {
		w.T.Fatal(err)
	}
}

// Who is named for the first time is listed; who is named in another spelling is who is there.
func TestPeopleAreListedOnceNamed(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	me := w.Engine.Actor()
	first, second := w.story("José Lind"), w.story("jose  lind", "Kim")
	w.is("the other spelling", w.owners(second), "José Lind, Kim")
	owners := []string{"KIM"}
	if _, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{first}, tracker.StoryEdit{Owners: &owners}); err != nil {
		t.Fatal(err)
	}
	w.is("an edit", w.owners(first), "Kim")
	if err := w.Engine.Parts.SetFollowers(t.Context(), first, []string{"jose lind", "Zoe"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Parts.AddReview(t.Context(), first, "Code", "Ben"); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{me, "Ben", "José Lind", "Kim", "Zoe"} {
		if !strings.Contains(w.listed(), name) {
			t.Errorf("%s is not among %s", name, w.listed())
		}
	}
}

func TestAPersonIsRenamedAndBack(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	st := w.story("Jo", "Kim")
	before := w.listed()
	if _, err := w.Engine.People.Rename(t.Context(), "jo", "Jo Lind"); err != nil {
		t.Fatal(err)
	}
	w.is("renamed", w.owners(st), "Jo Lind, Kim")
	// The former name leads to the person.
	w.is("by the former name", w.owners(w.story("Jo")), "Jo Lind")
	w.undo() // of that story
	w.undo()
	w.is("undone", w.owners(st), "Jo, Kim")
	w.is("listed as before", w.listed(), before)
	if _, err := w.Engine.Stories.Redo(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	w.is("redone", w.owners(st), "Jo Lind, Kim")
}

func TestTwoPeopleAreMergedAndSeparated(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	both, hers := w.story("Kim", "Jo", "Zoe"), w.story("Jo")
	before := w.listed()
	if _, err := w.Engine.People.Merge(t.Context(), "Jo", "Zoe"); err != nil {
		t.Fatal(err)
	}
	w.is("merged", w.owners(both)+"; "+w.owners(hers), "Kim, Zoe; Zoe")
	later := w.story("Jo")
	w.is("later", w.owners(later), "Zoe")
	w.undo()
	w.undo()
	w.is("separated", w.owners(both)+"; "+w.owners(hers), "Kim, Jo, Zoe; Jo")
	w.is("listed as before", w.listed(), before)
}

// Somebody who is renamed by another goes on under the new name.
func TestTheUserIsCalledAsOthersCallThem(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.story()
	_, other := w.Open(0)
	if _, err := other.People.Rename(t.Context(), w.Engine.Actor(), "Somebody Else"); err != nil {
		t.Fatal(err)
	}
	if known, _, err := w.Engine.People.Meet(t.Context()); err != nil || !known || w.Engine.Actor() != "Somebody Else" {
		t.Errorf("%q, %t, %v", w.Engine.Actor(), known, err)
	}
	w.Engine.SetActor("Somebody Els")
	known, alike, err := w.Engine.People.Meet(t.Context())
	if err != nil || known || strings.Join(alike, ", ") != "Somebody Else" {
		t.Errorf("close to %q, %t, %v", alike, known, err)
	}
	// Who says that they are that person is not asked again.
	if err := w.Engine.People.Also(t.Context(), "Somebody Else", "Somebody Els"); err != nil {
		t.Fatal(err)
	}
	if known, _, err := w.Engine.People.Meet(t.Context()); err != nil || !known || w.Engine.Actor() != "Somebody Else" {
		t.Errorf("%q, %t, %v", w.Engine.Actor(), known, err)
	}
}

func TestWhatCannotBeDoneToPeople(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.story("Jo", "Kim Berg")
	p := w.Engine.People
	for what, c := range map[string]struct {
		do   func() error
		code tracker.Code
		says string
	}{
		"a taken name":   {func() error { _, err := p.Rename(t.Context(), "Jo", "kim berg"); return err }, tracker.CodeInvalid, "Kim Berg is listed already"},
		"no name":        {func() error { _, err := p.Rename(t.Context(), "Jo", " "); return err }, tracker.CodeInvalid, "enter a name"},
		"a list":         {func() error { _, err := p.Add(t.Context(), tracker.Person{Name: "A, B"}); return err }, tracker.CodeInvalid, "comma"},
		"nobody":         {func() error { _, err := p.Rename(t.Context(), "Kim Borg", "K"); return err }, tracker.CodeNotFound, "did you mean Kim Berg?"},
		"into oneself":   {func() error { _, err := p.Merge(t.Context(), "Jo", "jo"); return err }, tracker.CodeInvalid, "the same person"},
		"nobody removed": {func() error { _, err := p.Remove(t.Context(), "Nobody"); return err }, tracker.CodeNotFound, "nobody is called"},
	} {
		err := c.do()
		if tracker.CodeOf(err) != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
