package ui_test

import (
	"os"
	"path/filepath"
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
