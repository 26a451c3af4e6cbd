package ui_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

func TestPreviewOfComments(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.linked(1039, 1042)
	if _, err := w.Service.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, new(1.0)); err != nil {
		t.Fatal(err)
	}
	w.Start(120, 40).detail(st.ID)
	w.Press("V")
	w.See("Preview: start S-1")
	w.See("To #1039, #1042 · private comment")
	w.See("Ada Lovelace started story S-1 “Export CSV is empty” in")
	w.See("A new ticket is opened.")
	w.Press("esc", "c", "ctrl+y")
	w.See("write a comment first")
	w.Write("Fill in {{ticket.id}}").Press("ctrl+y")
	w.See("Fill in { {ticket.id}}")
	w.See("stops Zendesk")
	w.Press("esc")
	w.See("New comment")
	w.Write(".").Press("ctrl+s")
	w.Until("the comment is saved", func() bool { return len(w.read(st.ID).Comments) == 1 })
	if d := w.read(st.ID); d.Comments[0].Text != "Fill in {{ticket.id}}." || d.Story.State != tracker.Unstarted {
		t.Errorf("comment %q, story %s", d.Comments[0].Text, d.Story.State)
	}
}

func TestPreviewOfNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(80, 24).detail(st.ID)
	w.Press("V")
	w.See("Nothing will be sent")
}

// A change that reaches no ticket says so before it is made and after.
func TestAChangeThatReachesNoTicketSaysSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.linked(1039)
	if _, err := w.Service.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, new(1.0)); err != nil {
		t.Fatal(err)
	}
	if err := w.Service.Accounts.RemoveIntegration(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	w.Start(120, 30).detail(st.ID)
	w.Press("V")
	w.See("Nothing is sent to #1039: the integration was removed.")
	w.Press("esc", "c")
	w.See("stays in storydesk · #1039: the integration was removed")
	w.Write("For whom?").Press("ctrl+s")
	w.See("not sent to #1039: the integration was removed")
	w.Press("s")
	w.See("is started · not sent to #1039: the integration was removed")
}

// The board shows what the next state of the selected story, or of all marked
// ones, would send.
func TestPreviewOnTheBoard(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.linked(1039)
	w.linked(1031)
	for _, id := range []tracker.StoryID{1, 2} {
		if _, err := w.Service.Stories.Estimate(t.Context(), []tracker.Seen{{ID: id}}, new(1.0)); err != nil {
			t.Fatal(err)
		}
	}
	w.Start(120, 40).Press("1", "V")
	w.See("This is a ticket")
	w.Press("2", "g", "V")
	w.See("Preview: start S-")
	w.Press("esc", "ctrl+a", "V")
	w.See("To #1039 · private comment")
	w.See("To #1031 · private comment")
	w.Press("esc")
	w.See("2 marked")
	if st := w.read(1).Story; st.State != tracker.Unstarted {
		t.Errorf("previewing its comment made the story %s", st.State)
	}
}

// While the reason of a rejection is asked for, its comments can be previewed, and
// the reason goes on from there.
func TestPreviewOfARejection(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.linked(1039)
	if _, err := w.Service.Stories.Estimate(t.Context(), []tracker.Seen{{ID: st.ID}}, new(1.0)); err != nil {
		t.Fatal(err)
	}
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver} {
		if _, err := w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, a, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.Start(120, 40).Press("2", "x")
	w.See("ctrl+y previews the private comment")
	w.Write("Still loops").Press("ctrl+y")
	w.See("Preview: reject S-1")
	w.See("rejected story S-1")
	w.See("Still loops")
	w.Press("esc")
	w.See("Why is S-1 rejected?")
	w.Write(".").Press("enter")
	w.Until("it is rejected", func() bool { return w.read(st.ID).Story.State == tracker.Rejected })
	if c := w.read(st.ID).Comments; len(c) != 1 || c[0].Text != "Still loops." {
		t.Errorf("the reason is %+v", c)
	}
}
