package epics_test

import (
	"errors"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/trackertest"
)

func TestMain(m *testing.M) { trackertest.Main(m) }

type world struct{ *trackertest.World }

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	return &world{trackertest.New(t)}
}

func (w *world) must(err error) {
	w.T.Helper()
	if err != nil {
		w.T.Fatal(err)
	}
}

func (w *world) add(name, label string) tracker.Epic {
	w.T.Helper()
	e, err := w.Engine.Epics.AddEpic(w.T.Context(), tracker.Epic{ProjectID: w.In.ProjectID, Name: name, Label: label})
	w.must(err)
	return e
}

// labelled is a story with labels.
func (w *world) labelled(labels ...string) tracker.Story {
	w.T.Helper()
	st, err := w.Engine.Stories.AddStory(w.T.Context(), tracker.NewStory{
		ProjectID: w.In.ProjectID, Name: "a story", Labels: labels, Place: tracker.Place{Column: tracker.Backlog},
	})
	w.must(err)
	return st
}

// epics are the names and labels of all epics.
func (w *world) epics() string {
	w.T.Helper()
	list, err := w.Engine.Epics.Epics(w.T.Context(), w.In.ProjectID)
	w.must(err)
	var names []string
	for _, f := range list {
		names = append(names, f.Epic.Name+":"+f.Epic.Label)
	}
	return strings.Join(names, " ")
}

func (w *world) is(want string) {
	w.T.Helper()
	if got := w.epics(); got != want {
		w.T.Fatalf("the epics are %q, want %q", got, want)
	}
}

// undone takes the last change back, or makes it again.
func (w *world) undone(redo bool, said, want string) {
	w.T.Helper()
	do := w.Engine.Stories.Undo
	if redo {
		do = w.Engine.Stories.Redo
	}
	u, err := do(w.T.Context(), false)
	if err != nil || u.Said != said {
		w.T.Fatalf("said %q, %v; want %q", u.Said, err, said)
	}
	w.is(want)
}

func TestEpicsAreAddedEditedMovedAndDeleted(t *testing.T) {
	w := newWorld(t)
	ctx, s, project := t.Context(), w.Engine.Epics, w.In.ProjectID
	pay := w.add(" Pay in one step ", "")
	w.add("Find", "Search")
	w.is("Pay in one step:pay in one step Find:search")
	w.undone(false, "Undone: E-2 removed", "Pay in one step:pay in one step")
	w.undone(true, "Redone: E-2 added", "Pay in one step:pay in one step Find:search")

	name, label := "Pay", "checkout"
	_, err := s.EditEpic(ctx, project, "pay in one step", epic.Edit{Name: &name, Label: &label})
	w.must(err)
	w.is("Pay:checkout Find:search")
	w.undone(false, "Undone: E-1 edited", "Pay in one step:pay in one step Find:search")
	w.undone(true, "Redone: E-1 edited", "Pay:checkout Find:search")

	_, err = s.MoveEpic(ctx, project, "find", epic.Place{})
	w.must(err)
	w.is("Find:search Pay:checkout")
	w.undone(false, "Undone: 2 epics moved", "Pay:checkout Find:search")

	was, err := s.DeleteEpic(ctx, project, pay.ID.String())
	w.must(err)
	if was.Name != "Pay" {
		t.Errorf("deleted %+v", was)
	}
	w.is("Find:search")
	w.undone(false, "Undone: E-1 restored", "Pay:checkout Find:search")
}

func TestEpicsAreRefused(t *testing.T) {
	w := newWorld(t)
	ctx, s, project := t.Context(), w.Engine.Epics, w.In.ProjectID
	w.add("Pay", "")
	if _, err := s.AddEpic(ctx, tracker.Epic{ProjectID: project, Name: "Again", Label: "PAY"}); trackertest.AsError(t, err).Field != "label" {
		t.Errorf("a label that another epic has: %v", err)
	}
	if _, err := s.AddEpic(ctx, tracker.Epic{ProjectID: project, Name: " "}); trackertest.AsError(t, err).Field != "name" {
		t.Errorf("no name: %v", err)
	}
	if _, err := s.DeleteEpic(ctx, project, "nothing"); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("an epic that is not there: %v", err)
	}
	name := ""
	if _, err := s.EditEpic(ctx, project, "pay", epic.Edit{Name: &name}); trackertest.AsError(t, err).Field != "name" {
		t.Errorf("an empty name: %v", err)
	}
	w.is("Pay:pay")
}

// Who edits what somebody else has changed since they saw it is told so; fields that nobody
// else changed are saved.
func TestAnEditDoesNotReplaceWhatOthersWrote(t *testing.T) {
	w := newWorld(t)
	ctx, s, project := t.Context(), w.Engine.Epics, w.In.ProjectID
	seen := w.add("Pay", "")
	edited := func(e epic.Edit) (tracker.Epic, error) {
		e.Base = &seen
		return s.EditEpic(ctx, project, "pay", e)
	}
	_, err := s.EditEpic(ctx, project, "pay", epic.Edit{Description: new("theirs")})
	w.must(err)
	_, err = edited(epic.Edit{Name: new("Paying"), Description: new("mine")})
	var over *epic.OvertakenError
	if tracker.CodeOf(err) != tracker.CodeConflict || !errors.As(err, &over) || over.Field != "description" || over.Now.Description != "theirs" {
		t.Fatalf("got %v", err)
	}
	w.is("Pay:pay")
	_, err = edited(epic.Edit{Description: new(" theirs ")})
	w.must(err) // it says the same
	_, err = edited(epic.Edit{Name: new("Paying")})
	w.must(err)
	now, err := s.EditEpic(ctx, project, "pay", epic.Edit{Base: &over.Now, Description: new("mine")})
	w.must(err)
	if now.Description != "mine" || now.Name != "Paying" {
		t.Errorf("it is %+v", now)
	}
}

// Undo does not change what somebody else has changed since.
func TestUndoLeavesAnEpicThatChangedSince(t *testing.T) {
	w := newWorld(t)
	e := w.add("Pay", "")
	w.must(w.Engine.Store.Write(t.Context(), func(wr tracker.Writer) error {
		e.Description = "theirs"
		return wr.SaveEpic(&e)
	}))
	if _, err := w.Engine.Stories.Undo(t.Context(), false); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("got %v", err)
	}
	w.is("Pay:pay")
}

// A label that is renamed or merged takes its epic along, and undo brings both back.
func TestAnEpicFollowsItsLabel(t *testing.T) {
	w := newWorld(t)
	ctx, s, project := t.Context(), w.Engine.Stories, w.In.ProjectID
	w.add("Pay", "")
	w.labelled("pay", "csv")
	w.labelled("pay")
	w.labelled("find")
	figures := func() epic.Figures {
		d, err := w.Engine.Epics.Epic(ctx, project, "Pay")
		w.must(err)
		return d.Figures
	}
	_, err := s.RenameLabel(ctx, project, "pay", "Checkout")
	w.must(err)
	w.is("Pay:checkout")
	if n := figures().Stories; n != 2 {
		t.Errorf("%d stories after the label was renamed", n)
	}
	w.undone(false, "Undone: 2 stories label renamed", "Pay:pay")
	if n := figures().Stories; n != 2 {
		t.Errorf("%d stories after that was undone", n)
	}
	_, err = s.MergeLabel(ctx, project, "pay", "csv")
	w.must(err)
	w.is("Pay:csv")
	w.undone(false, "Undone: 2 stories label merged", "Pay:pay")

	w.add("Find", "")
	if _, err := s.MergeLabel(ctx, project, "pay", "find"); tracker.CodeOf(err) != tracker.CodeRefused || !strings.Contains(err.Error(), "E-1") {
		t.Errorf("two epics merged: %v", err)
	}
	if _, err := s.DeleteLabel(ctx, project, "pay"); tracker.CodeOf(err) != tracker.CodeRefused || !strings.Contains(err.Error(), "E-1") {
		t.Errorf("the label of an epic deleted: %v", err)
	}
	_, err = w.Engine.Epics.DeleteEpic(ctx, project, "pay")
	w.must(err)
	_, err = s.DeleteLabel(ctx, project, "pay")
	w.must(err)
}
