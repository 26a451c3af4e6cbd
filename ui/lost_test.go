package ui

import (
	"errors"
	"os"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/dialog"
)

// move gives the database file another name, as another program would.
func (w *world) move(from, to string) {
	w.t.Helper()
	if err := os.Rename(from, to); err != nil {
		w.t.Fatal(err)
	}
}

// A comment outlives a deleted database: in its pane, after the pane was
// closed, when quitting was asked for once, and into the file that is put back.
func TestCommentWhileTheDatabaseIsDeleted(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("c").write("Found it")
	away := w.path + ".away"
	w.move(w.path, away)
	w.press("ctrl+s")
	w.see("was deleted or moved, so nothing can be saved")
	w.see("not saving: the database file is missing; restore it, or quit and start again")
	w.see("Found it")

	w.press("ctrl+c")
	w.see("Database file missing. Discard what you typed?  d discard and quit  esc stay")
	if w.quit || w.sight().Leaving {
		t.Fatal("the program ended without the comment")
	}

	w.press("esc", "esc", "esc")
	w.idle()
	w.detail(st.ID)
	w.see("Found it")

	w.move(away, w.path)
	w.press("c").write(" again").press("ctrl+s")
	w.see("comment on S-1 saved")
	if got := w.read(st.ID).Comments; len(got) != 1 || got[0].Text != "Found it again" {
		t.Errorf("comments = %+v", got)
	}
}

// A comment that was saved before its database was lost is asked about as well:
// when quitting, and again after the answer was to stay.
func TestSavedDraftOfALostDatabaseIsAskedAbout(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(80, 24).detail(st.ID)
	w.press("c").write("Found it").press("esc")
	w.idle()
	if saved, err := w.svc.Settings.Draft(t.Context(), "comment/S-1"); err != nil || saved != "Found it" {
		t.Fatalf("%q is saved, %v", saved, err)
	}
	w.press("esc")
	w.move(w.path, w.path+".away")
	if err := w.svc.Settings.SaveSetting(t.Context(), "k", "v"); tracker.CodeOf(err) != tracker.CodeUnavailable {
		t.Fatalf("saving ended with %v", err)
	}
	for range 2 {
		w.press("q")
		w.see("Discard comment on S-1?")
		w.see("d discard and quit  esc stay")
		w.press("esc")
	}
	w.press("q", "d")
	w.until("the program ends", func() bool { return w.quit })
	if err := w.model.SaveDrafts(); err != nil {
		t.Errorf("the discarded draft is named again: %v", err)
	}
}

// Where nobody can be asked, such as after a signal, the text is named.
func TestTextOfALostDatabaseIsShownAtTheEnd(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(80, 24).detail(st.ID)
	w.press("c").write("Found it")
	w.move(w.path, w.path+".away")
	var unsaved *UnsavedError
	if err := w.model.SaveDrafts(); !errors.As(err, &unsaved) || unsaved.Texts != "\ncomment on S-1:\nFound it\n" {
		t.Errorf("%#v", err)
	}
}

// A line is not taken while it cannot be saved, and is taken once it can.
func TestPromptWhileTheDatabaseIsDeleted(t *testing.T) {
	w := newWorld(t).start(120, 40)
	w.press("n").write("Rotate the keys")
	away := w.path + ".away"
	w.move(w.path, away)
	// The watcher looks by itself in the whole program; here a change does.
	if err := w.svc.Settings.SaveSetting(t.Context(), "k", "v"); tracker.CodeOf(err) != tracker.CodeUnavailable {
		t.Fatalf("saving ended with %v", err)
	}
	w.press("enter")
	w.see("Rotate the keys")
	if !strings.Contains(w.screen(), dialog.NotSaving) || w.onBoard() {
		t.Errorf("the line is closed, or does not say why it stays:\n%s", w.screen())
	}
	w.move(away, w.path)
	if err := w.svc.Settings.SaveSetting(t.Context(), "k", "v"); err != nil {
		t.Fatal(err)
	}
	w.press("enter")
	w.idle()
	if got := cardNames(w.board().Icebox) + cardNames(w.board().Backlog); got != "Rotate the keys" {
		t.Errorf("stories %q", got)
	}
}
