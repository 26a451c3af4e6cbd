package ui

import (
	"testing"

	"storydesk/tracker"
)

func TestPreviewOfComments(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1039, 1042)
	if _, err := w.svc.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, new(1.0)); err != nil {
		t.Fatal(err)
	}
	w.start(120, 40).detail(st.ID)
	w.press("V")
	w.see("Preview: start S-1")
	w.see("To #1039, #1042 · private comment")
	w.see("Ada Lovelace started story S-1 “Export CSV is empty” in")
	w.see("A new ticket is opened.")
	w.press("esc", "c", "ctrl+y")
	w.see("write a comment first")
	w.write("Fill in {{ticket.id}}").press("ctrl+y")
	w.see("Fill in { {ticket.id}}")
	w.see("stops Zendesk")
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
	w.see("Nothing will be sent")
}

// A change that reaches no ticket says so before it is made and after.
func TestAChangeThatReachesNoTicketSaysSo(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1039)
	if _, err := w.svc.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, new(1.0)); err != nil {
		t.Fatal(err)
	}
	if err := w.svc.Accounts.RemoveIntegration(t.Context(), w.in.ID, false); err != nil {
		t.Fatal(err)
	}
	w.start(120, 30).detail(st.ID)
	w.press("V")
	w.see("Nothing is sent to #1039: the integration was removed.")
	w.press("esc", "c")
	w.see("stays in storydesk · #1039: the integration was removed")
	w.write("For whom?").press("ctrl+s")
	w.see("not sent to #1039: the integration was removed")
	w.press("s")
	w.see("is started · not sent to #1039: the integration was removed")
}

// The board shows what the next state of the selected story, or of all marked
// ones, would send.
func TestPreviewOnTheBoard(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.linked(1039)
	w.linked(1031)
	for _, id := range []tracker.StoryID{1, 2} {
		if _, err := w.svc.Stories.Estimate(t.Context(), []tracker.Seen{{ID: id}}, new(1.0)); err != nil {
			t.Fatal(err)
		}
	}
	w.start(120, 40).press("1", "V")
	w.see("This is a ticket")
	w.press("2", "g", "V")
	w.see("Preview: start S-")
	w.press("esc", "ctrl+a", "V")
	w.see("To #1039 · private comment")
	w.see("To #1031 · private comment")
	w.press("esc")
	w.see("2 marked")
	if st := w.read(1).Story; st.State != tracker.Unstarted {
		t.Errorf("previewing its comment made the story %s", st.State)
	}
}

// While the reason of a rejection is asked for, its comments can be previewed, and
// the reason goes on from there.
func TestPreviewOfARejection(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.linked(1039)
	if _, err := w.svc.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, new(1.0)); err != nil {
		t.Fatal(err)
	}
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver} {
		if _, err := w.svc.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, a, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.start(120, 40).press("2", "x")
	w.see("ctrl+y previews the private comment")
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
