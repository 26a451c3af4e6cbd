package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// crash abandons the program as kill -9 does: no pane is closed. What was typed
// longer ago than draftTime is saved by then.
func (w *world) crash(key string) {
	w.T.Helper()
	w.Send(dialog.DraftDue{Key: key})
	w.Until("the draft is saved", func() bool {
		text, err := w.Service.Settings.Draft(w.T.Context(), key)
		return err == nil && text != ""
	})
	w.Start(120, 40)
}

func TestFormOutlivesACrash(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(120, 40)
	w.settings()
	p := w.newForm()
	w.fill(p, complete())
	const key = "integration/new/1"
	w.crash(key)
	if saved, err := w.Service.Settings.Draft(t.Context(), key); err != nil || strings.Contains(saved, "s3cret") {
		t.Errorf("saved %q, %v; want no password", saved, err)
	}
	w.settings()
	p = w.newForm()
	w.See("draft, not saved")
	if d := p.Filled(); d.Name != "Support EU" || d.View != "360001234" || d.Secret != "" {
		t.Errorf("draft = %+v", d)
	}
	w.fill(p, map[string]string{present.FieldPassword: "s3cret"})
	p.Focus(present.FieldConsent)
	w.Press("space", "ctrl+s")
	w.See("Support EU saved")
	if saved, err := w.Service.Settings.Draft(t.Context(), key); err != nil || saved != "" {
		t.Errorf("saved, and %q is still saved (%v)", saved, err)
	}
}

func TestCommentOutlivesACrash(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("c").Write("Found it")
	w.crash("comment/S-1")
	w.detail(st.ID)
	w.See("Draft, not sent · c continues it")
	w.Press("c").Write(": the cursor")
	w.See("Draft, not sent")
	w.Press("ctrl+s")
	w.See("comment on S-1 saved")
	if got := w.read(st.ID).Comments; len(got) != 1 || got[0].Text != "Found it: the cursor" {
		t.Errorf("comments = %+v", got)
	}
}

// A saving comes within draftTime of the first key, however fast one types on.
func TestTypingDoesNotPutOffTheDraft(t *testing.T) {
	t.Parallel()
	d := dialog.Draft{Host: &pane.Host{}, Key: "comment/S-1"}
	if d.Typed() == nil {
		t.Fatal("nothing will be saved")
	}
	if d.Typed() != nil {
		t.Error("every key asks to save again")
	}
	if d.IsDue(dialog.DraftDue{Key: "comment/S-2"}) || d.Typed() != nil {
		t.Error("another draft's time is taken for this one's")
	}
	if !d.IsDue(dialog.DraftDue{Key: "comment/S-1"}) || d.Typed() == nil {
		t.Error("what is typed later is not saved")
	}
}
