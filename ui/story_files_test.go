package ui_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
)

func TestAttachmentsByKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	path := filepath.Join(t.TempDir(), "bill.txt")
	if err := os.WriteFile(path, []byte("a bill"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Start(160, 40).detail(st.ID)
	w.Press("A", "down", "down", "down", "enter")
	w.See("Attach to " + st.ID.String())
	w.Write(path).Press("enter")
	w.shows("Attachments 1", "bill.txt")
	w.Idle()
	w.Click("bill.txt")
	w.See("Save a copy")
	w.Press("enter") // open
	w.Until("a copy is opened", func() bool { return len(w.Opened) == 1 && strings.HasSuffix(w.Opened[0], ".txt") })
	w.Idle()
	w.Click("bill.txt")
	w.See("Send with a comment")
	w.Press("down", "down", "enter")
	w.See("with bill.txt")
	w.Press("ctrl+t")
	w.See("Attach to the comment")
	w.Write(path).Press("enter")
	w.See("with bill.txt, bill.txt")
	w.Write("see there").Press("ctrl+s")
	w.shows("Attachments 2", "see there")
	w.Idle()
	d, err := w.Service.Stories.Story(t.Context(), st.ID)
	if err != nil || len(d.Parts.Files) != 2 || len(d.Parts.Files[0].Comments) != 1 || len(d.Parts.Files[1].Comments) != 1 {
		t.Errorf("attachments %+v, %v", d.Parts.Files, err)
	}
}

// A mistyped path is there to be corrected.
func TestAMistypedPathIsCorrected(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "bill.txt"), []byte("a bill"), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Start(200, 40).detail(st.ID)
	ask := func() {
		t.Helper()
		w.Press("A", "down", "down", "down", "enter").See("Attach to " + st.ID.String())
	}
	ask()
	w.Write(filepath.Join(folder, "bil.txt")).Press("enter").See("there is no file")
	w.Idle()
	ask()
	w.Press("left", "left", "left", "left").Write("l").Press("enter")
	w.shows("Attachments 1", "bill.txt")
	w.Idle()
	ask()
	w.Press("enter") // nothing is entered
	w.Idle()
	if d, err := w.Service.Stories.Story(t.Context(), st.ID); err != nil || len(d.Parts.Files) != 1 {
		t.Errorf("attachments %+v, %v", d.Parts.Files, err)
	}
}

// A file that cannot be attached leaves the comment to be sent without it.
func TestACommentWithAFileThatIsMissing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(160, 40).detail(st.ID)
	w.Press("c")
	w.See("New comment")
	w.Write("see there").Press("ctrl+t")
	w.See("Attach to the comment")
	w.Write("/none.txt").Press("enter")
	w.See("with none.txt")
	w.Press("ctrl+s")
	w.See("there is no file /none.txt")
	w.Press("ctrl+t", "enter")
	w.shows("-with none.txt")
	w.Press("ctrl+s")
	w.shows("Comments 1", "see there")
}

// What a comment carries stays with its draft, until it is sent.
func TestWhatADraftCarries(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	folder := t.TempDir()
	for _, name := range []string{"bill.txt", "second bill.txt", "secret.txt"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("a bill"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	attach := func(typed string) {
		t.Helper()
		w.Press("ctrl+t").See("Attach to the comment")
		w.Write(typed)
	}
	w.Start(160, 40).detail(st.ID)
	w.Press("c").See("New comment")
	attach(filepath.Join(folder, "bi"))
	w.See("bill.txt") // what it can become
	w.Press("tab", "enter").See("with bill.txt")
	attach(filepath.Join(folder, "..", filepath.Base(folder), "bill.txt"))
	w.Press("enter").See("bill.txt is attached already")
	attach(`"` + filepath.Join(folder, "second bill.txt") + `"`)
	w.Press("enter").See("with bill.txt, second bill.txt")
	w.Press("esc", "esc")
	w.Until("the detail is closed", w.OnBoard)
	w.Idle()
	w.detail(st.ID)
	w.Press("c").See("Draft, not sent · with bill.txt, second bill.txt")
	w.Write("see there").Press("ctrl+s")
	w.shows("Attachments 2", "see there")
	w.Press("esc")
	w.Until("the detail is closed", w.OnBoard)
	w.Until("the draft is gone", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), "attached/comment/"+st.ID.String())
		return err == nil && text == ""
	})
	w.detail(st.ID)
	w.Press("c").See("New comment")
	w.shows("-New comment · with")
}

// Undoing a comment gives back its text with what it carried, as a draft that a redo takes
// away again.
func TestUndoOfACommentGivesBackWhatItCarried(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	folder := t.TempDir()
	for _, name := range []string{"bill.txt", "photo.png"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	files := func() (names []string) {
		d, err := w.Service.Stories.Story(t.Context(), st.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range d.Parts.Files {
			names = append(names, f.Name)
		}
		return names
	}
	w.Start(160, 40).detail(st.ID)
	w.Press("A", "down", "down", "down", "enter").See("Attach to " + st.ID.String())
	w.Write(filepath.Join(folder, "bill.txt")).Press("enter")
	w.shows("Attachments 1", "bill.txt")
	w.Click("bill.txt")
	w.See("Send with a comment")
	w.Press("down", "down", "enter").See("with bill.txt")
	w.Press("ctrl+t").See("Attach to the comment")
	w.Write(filepath.Join(folder, "photo.png")).Press("enter").See("with photo.png, bill.txt")
	w.Write("see there").Press("ctrl+s")
	w.shows("Attachments 2", "see there")
	w.Idle()

	w.Press("u").See("Undone: comment on S-1; its text and its files are a draft")
	w.Idle()
	if got := files(); !slices.Equal(got, []string{"bill.txt"}) {
		t.Errorf("after undo the story has %q", got)
	}
	w.Press("c").See("Draft, not sent · with photo.png, bill.txt")
	w.shows("see there")
	w.Press("esc").See("Draft, not sent · c continues it")
	w.Press("ctrl+r").See("Redone: S-1 commented")
	w.Idle()
	w.Press("c").See("New comment")
	w.shows("-New comment · with")
	w.Press("esc")
	w.Press("u").See("its text and its files are a draft")
	w.Idle()

	// What was given back outlives the program, and is sent.
	w.Start(160, 40).detail(st.ID)
	w.Press("c").See("Draft, not sent · with photo.png, bill.txt")
	w.Write(" again").Press("ctrl+s")
	w.shows("Attachments 2", "see there again")
	w.Idle()
	if got := files(); !slices.Equal(got, []string{"bill.txt", "photo.png"}) {
		t.Errorf("after the draft was sent the story has %q", got)
	}
}
