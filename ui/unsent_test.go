package ui

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/pane"
)

// The user decides about comments that have not been sent: send them first, drop them,
// or leave everything as it is.
func TestDeletingAStoryAsksAboutItsComments(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.sendComments("one", "two", "three")
	w.settle(1, func(d *tracker.Delivery) { d.State = tracker.DeliveryUnconfirmed })
	w.settle(2, func(d *tracker.Delivery) { d.State = tracker.DeliveryParked })
	w.start(120, 40)
	w.press("2", "D", "y")
	w.see("3 private comments not sent")
	w.see("drop them and delete S-1")
	w.see("1 may already be on the ticket")
	w.write("leave").press("enter")
	if n := len(w.read(st.ID).Deliveries); n != 3 {
		t.Fatalf("%d comments are left of 3", n)
	}

	w.press("D", "y")
	w.see("send first")
	w.press("enter")
	w.see("Sending now")
	for _, d := range w.read(st.ID).Deliveries {
		if d.State == tracker.DeliveryParked || d.NotBefore.After(testNow()) {
			t.Errorf("comment %d is %s and waits until %s", d.ID, d.State, d.NotBefore)
		}
	}

	w.press("D", "y")
	w.see("drop them and delete S-1")
	w.press("down", "enter")
	w.see("S-1 deleted")
	all, err := w.svc.Outbox.Deliveries(t.Context(), tracker.DeliveryQuery{})
	for _, d := range all {
		if d.State != tracker.DeliveryDropped {
			t.Errorf("comment %d is %s", d.ID, d.State)
		}
	}
	if err != nil || len(all) != 3 {
		t.Errorf("there are %d deliveries, %v", len(all), err)
	}
}

func TestNothingIsTakenFromACommentUnderWay(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.sendComments("one")
	w.settle(1, func(d *tracker.Delivery) { d.State = tracker.DeliverySending })
	w.start(120, 40)
	w.press("2", "D", "y")
	w.see("is being sent")
	w.press("esc")
	w.settings()
	w.press("x", "y")
	w.see("is being sent")
	if w.read(st.ID).Story.ID != st.ID || w.only().Name != "Support" {
		t.Error("the comment's story was deleted")
	}
}

func TestSwitchingOffShowsWhatWaits(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.sendComments("one", "two")
	w.start(120, 40)
	w.settings()
	w.press("space")
	w.see("Support is off: 2 private comments wait until it is turned on again")
}

// The last error is shown until a key is pressed, and whole in the log.
func TestMessagesAreNotCut(t *testing.T) {
	w := newWorld(t).start(80, 24)
	const end = "and this is its end"
	w.model.Host().Fail(tracker.Errorf(tracker.CodeUnavailable, "a sentence that is far too long for a line of eighty columns, since it tells all there is to tell, %s", end))
	w.send(pane.Ticked{})
	w.see("a sentence that is far too long")
	w.press("!")
	w.see("12:00")
	w.press("enter")
	w.see("Message of 12:00")
	w.see(end)
	w.press("esc")
	w.see("write stories")
}

func TestStatusDescribesTheView(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.account.err = tracker.Errorf(tracker.CodeUnavailable, "acme.zendesk.com does not answer")
	if err := w.svc.Views.RefreshView(t.Context(), w.in.ID); err == nil {
		t.Fatal("the reading did not fail")
	}
	w.sendComments("waits")
	w.start(80, 24)
	w.see("! acme.zendesk.com does not answer")
	w.see("Login loops on SSO")

	w.account.err = nil
	fetch := tracker.Fetch{IntegrationID: w.in.ID, StartedAt: testNow(), Total: 9800}
	err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error {
		if err := tx.BeginFetch(&fetch); err != nil {
			return err
		}
		return tx.SaveTickets(fetch, w.account.tickets)
	})
	if err != nil {
		t.Fatal(err)
	}
	w.send(pane.Changed{Hint: tracker.HintTickets})
	w.see("loading…")
	w.see("4 of about 9800")
	fetch.FinishedAt, fetch.Partial, fetch.Problem = testNow(), true, "the view took longer than 60 s"
	if err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.EndFetch(fetch) }); err != nil {
		t.Fatal(err)
	}
	w.send(pane.Changed{Hint: tracker.HintTickets})
	w.see("4 of about 9800 ~")
	w.see("! the view took longer than 60 s")
}
