package ui

import (
	"testing"

	"storydesk/tracker"
)

func TestPreviewOfNotes(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1039, 1042)
	if _, err := w.svc.Estimate(t.Context(), st.ID, 0, new(1.0)); err != nil {
		t.Fatal(err)
	}
	w.start(120, 40).detail(st.ID)
	w.press("V")
	w.see("Preview: start S-1")
	w.see("To #1039, #1042 · a private note")
	w.see("Ada Lovelace started story S-1 “Export CSV is empty” in")
	w.see("A ticket that is new is opened.")
	w.press("esc", "c", "ctrl+y")
	w.see("there is nothing to send yet")
	w.write("Fill in {{ticket.id}}").press("ctrl+y")
	w.see("Fill in { {ticket.id}}")
	w.see("keeps Zendesk")
	w.press("esc")
	w.see("New comment")
	w.write(".").press("ctrl+s")
	w.until("the comment is saved", func() bool { return len(w.read(st.ID).Comments) == 1 })
	if d := w.read(st.ID); d.Comments[0].Text != "Fill in {{ticket.id}}." || d.Story.State != tracker.Unstarted {
		t.Errorf("comment %q, story %s", d.Comments[0].Text, d.Story.State)
	}
}

func TestPreviewOfNothing(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(80, 24).detail(st.ID)
	w.press("V")
	w.see("This would send nothing")
}
