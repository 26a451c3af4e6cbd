package ui_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/dialog"
)

// move gives the database file another name, as another program would.
func (w *world) move(from, to string) {
	w.T.Helper()
	if err := os.Rename(from, to); err != nil {
		w.T.Fatal(err)
	}
}

// A comment outlives a deleted database: in its pane, after the pane was
// closed, when quitting was asked for once, and into the file that is put back.
func TestCommentWhileTheDatabaseIsDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("c").Write("Found it")
	away := w.Path + ".away"
	w.move(w.Path, away)
	w.Press("ctrl+s")
	w.See("was deleted or moved, so nothing can be saved")
	w.See("not saving: the database file is missing; restore it, or quit and start again")
	w.See("Found it")

	w.Press("ctrl+c")
	w.See("Database file missing. Discard what you typed?  d discard and quit  esc stay")
	if w.Quit || w.Sight().Leaving {
		t.Fatal("the program ended without the comment")
	}

	w.Press("esc", "esc", "esc")
	w.Idle()
	w.detail(st.ID)
	w.See("Found it")

	w.move(away, w.Path)
	w.Press("c").Write(" again").Press("ctrl+s")
	w.See("comment on S-1 saved")
	if got := w.read(st.ID).Comments; len(got) != 1 || got[0].Text != "Found it again" {
		t.Errorf("comments = %+v", got)
	}
}

// A comment that was saved before its database was lost is asked about as well:
// when quitting, and again after the answer was to stay.
func TestSavedDraftOfALostDatabaseIsAskedAbout(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(80, 24).detail(st.ID)
	w.Press("c").Write("Found it").Press("esc")
	w.Idle()
	if saved, err := w.Service.Settings.Draft(t.Context(), "comment/S-1"); err != nil || saved != "Found it" {
		t.Fatalf("%q is saved, %v", saved, err)
	}
	w.Press("esc")
	w.move(w.Path, w.Path+".away")
	if err := w.Service.Settings.SaveSetting(t.Context(), "k", "v"); tracker.CodeOf(err) != tracker.CodeUnavailable {
		t.Fatalf("saving ended with %v", err)
	}
	for range 2 {
		w.Press("q")
		w.See("Discard comment on S-1?")
		w.See("d discard and quit  esc stay")
		w.Press("esc")
	}
	w.Press("q", "d")
	w.Until("the program ends", func() bool { return w.Quit })
	if err := w.Model.SaveDrafts(); err != nil {
		t.Errorf("the discarded draft is named again: %v", err)
	}
}

// Where nobody can be asked, such as after a signal, the text is named.
func TestTextOfALostDatabaseIsShownAtTheEnd(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(80, 24).detail(st.ID)
	w.Press("c").Write("Found it")
	w.move(w.Path, w.Path+".away")
	var unsaved *ui.UnsavedError
	if err := w.Model.SaveDrafts(); !errors.As(err, &unsaved) || unsaved.Texts != "\ncomment on S-1:\nFound it\n" {
		t.Errorf("%#v", err)
	}
}

// A line is not taken while it cannot be saved, and is taken once it can.
func TestPromptWhileTheDatabaseIsDeleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.Press("n").Write("Rotate the keys")
	away := w.Path + ".away"
	w.move(w.Path, away)
	// The watcher looks by itself in the whole program; here a change does.
	if err := w.Service.Settings.SaveSetting(t.Context(), "k", "v"); tracker.CodeOf(err) != tracker.CodeUnavailable {
		t.Fatalf("saving ended with %v", err)
	}
	w.Press("enter")
	w.See("Rotate the keys")
	if !strings.Contains(w.Screen(), dialog.NotSaving(errors.New("gone"))) || w.OnBoard() {
		t.Errorf("the line is closed, or does not say why it stays:\n%s", w.Screen())
	}
	w.move(away, w.Path)
	if err := w.Service.Settings.SaveSetting(t.Context(), "k", "v"); err != nil {
		t.Fatal(err)
	}
	w.Press("enter")
	w.Idle()
	if got := cardNames(w.board().Icebox) + cardNames(w.board().Backlog); got != "Rotate the keys" {
		t.Errorf("stories %q", got)
	}
}
