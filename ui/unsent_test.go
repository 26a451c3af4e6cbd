package ui_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// The user decides about comments that have not been sent: send them first, drop them,
// or leave everything as it is.
func TestDeletingAStoryAsksAboutItsComments(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.sendComments("one", "two", "three")
	w.settle(1, func(d *tracker.Delivery) { d.State = tracker.DeliveryUnconfirmed })
	w.settle(2, func(d *tracker.Delivery) { d.State = tracker.DeliveryParked })
	w.Start(120, 40)
	w.Press("2", "D", "y")
	w.See("3 private comments not sent")
	w.See("drop them and delete S-1")
	w.See("1 may already be on the ticket")
	w.Write("leave").Press("enter")
	if n := len(w.read(st.ID).Deliveries); n != 3 {
		t.Fatalf("%d comments are left of 3", n)
	}

	w.Press("D", "y")
	w.See("send first")
	w.Press("enter")
	w.See("Sending now")
	for _, d := range w.read(st.ID).Deliveries {
		if d.State == tracker.DeliveryParked || d.NotBefore.After(uitest.Now()) {
			t.Errorf("comment %d is %s and waits until %s", d.ID, d.State, d.NotBefore)
		}
	}

	w.Press("D", "y")
	w.See("drop them and delete S-1")
	w.Press("down", "enter")
	w.See("S-1 deleted")
	all, err := w.Service.Outbox.Deliveries(t.Context(), tracker.DeliveryQuery{})
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
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.sendComments("one")
	w.settle(1, func(d *tracker.Delivery) { d.State = tracker.DeliverySending })
	w.Start(120, 40)
	w.Press("2", "D", "y")
	w.See("is being sent")
	w.Press("esc")
	w.settings()
	w.Press("x", "y")
	w.See("is being sent")
	if w.read(st.ID).Story.ID != st.ID || w.only().Name != "Support" {
		t.Error("the comment's story was deleted")
	}
}

func TestSwitchingOffShowsWhatWaits(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.sendComments("one", "two")
	w.Start(120, 40)
	w.settings()
	w.Press("space")
	w.See("Support is off: 2 private comments wait until it is turned on again")
}

// The last error is shown until a key is pressed, and whole in the log.
func TestMessagesAreNotCut(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	const end = "and this is its end"
	w.Model.Host().Fail(tracker.Errorf(tracker.CodeUnavailable, "a sentence that is far too long for a line of eighty columns, since it tells all there is to tell, %s", end))
	w.Send(pane.Ticked{})
	w.See("a sentence that is far too long")
	w.Press("!")
	w.See("12:00")
	w.Press("enter")
	w.See("Message of 12:00")
	w.See(end)
	w.Press("esc")
	w.See("write stories")
}

func TestStatusDescribesTheView(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.Account.Err = tracker.Errorf(tracker.CodeUnavailable, "acme.zendesk.com does not answer")
	if err := w.Service.Views.RefreshView(t.Context(), w.In.ID); err == nil {
		t.Fatal("the reading did not fail")
	}
	w.sendComments("waits")
	w.Start(160, 24)
	w.See("! acme.zendesk.com does not answer")
	w.See("#1042 Login loops on")

	w.Account.Err = nil
	fetch := tracker.Fetch{IntegrationID: w.In.ID, StartedAt: uitest.Now(), Total: 9800}
	err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error {
		if err := tx.BeginFetch(&fetch); err != nil {
			return err
		}
		return tx.SaveTickets(fetch, w.Account.List)
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Send(pane.Changed{Hint: tracker.HintTickets})
	w.See("loading…")
	w.See("4 of about 9800")
	fetch.FinishedAt, fetch.Partial, fetch.Problem = uitest.Now(), true, "the view took longer than 60 s"
	if err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.EndFetch(fetch) }); err != nil {
		t.Fatal(err)
	}
	w.Send(pane.Changed{Hint: tracker.HintTickets})
	w.See("4 of about 9800 ~")
	w.See("! the view took longer than 60 s")
}
