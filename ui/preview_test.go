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

// A change that reaches no ticket says so before it is made and after.
func TestAChangeThatReachesNoTicketSaysSo(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1039)
	if _, err := w.svc.Estimate(t.Context(), st.ID, 0, new(1.0)); err != nil {
		t.Fatal(err)
	}
	if err := w.svc.RemoveIntegration(t.Context(), w.in.ID, false); err != nil {
		t.Fatal(err)
	}
	w.start(120, 30).detail(st.ID)
	w.press("V")
	w.see("Nothing is sent to #1039: its integration was removed.")
	w.press("esc", "c")
	w.see("stays here · #1039: its integration was removed")
	w.write("For whom?").press("ctrl+s")
	w.see("not sent to #1039: its integration was removed")
	w.press("s")
	w.see("is started · not sent to #1039: its integration was removed")
}

// The board shows what the next state of the selected story, or of all marked
// ones, would send.
func TestPreviewOnTheBoard(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.linked(1039)
	w.linked(1031)
	for _, id := range []tracker.StoryID{1, 2} {
		if _, err := w.svc.Estimate(t.Context(), id, 0, new(1.0)); err != nil {
			t.Fatal(err)
		}
	}
	w.start(120, 40).press("1", "V")
	w.see("this is a ticket")
	w.press("2", "g", "V")
	w.see("Preview: start S-")
	w.press("esc", "ctrl+a", "V")
	w.see("To #1039 · a private note")
	w.see("To #1031 · a private note")
	w.press("esc")
	w.see("2 marked")
	if st := w.read(1).Story; st.State != tracker.Unstarted {
		t.Errorf("looking at its note made the story %s", st.State)
	}
}

// While the reason of a rejection is asked for, its notes can be looked at, and
// the reason goes on from there.
func TestPreviewOfARejection(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1039)
	if _, err := w.svc.Estimate(t.Context(), st.ID, 0, new(1.0)); err != nil {
		t.Fatal(err)
	}
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver} {
		if _, err := w.svc.Transition(t.Context(), st.ID, 0, a, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.start(120, 40).press("2", "x")
	w.see("ctrl+y shows the note before it is sent")
	w.write("Still loops").press("ctrl+y")
	w.see("Preview: reject S-1")
	w.see("rejected story S-1")
	w.see("Still loops")
	w.press("esc")
	w.see("Why is S-1 rejected?")
	w.write(".").press("enter")
	w.until("it is rejected", func() bool { return w.read(st.ID).Story.State == tracker.Rejected })
	if c := w.read(st.ID).Comments; len(c) != 1 || c[0].Text != "Still loops." {
		t.Errorf("the reason is %+v", c)
	}
}
