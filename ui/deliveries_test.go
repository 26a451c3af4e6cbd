package ui

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/deliveries"
	"storydesk/ui/pane"
)

// sendComments makes a story with comments on their way to its ticket.
func (w *world) sendComments(texts ...string) tracker.Story {
	w.t.Helper()
	st := w.linked(1042)
	for _, text := range texts {
		if _, err := w.svc.Stories.Comment(w.t.Context(), []tracker.StoryID{st.ID}, text, ""); err != nil {
			w.t.Fatal(err)
		}
	}
	return st
}

// settle sets the state of a delivery, as the courier would.
func (w *world) settle(id tracker.DeliveryID, change func(*tracker.Delivery)) {
	w.t.Helper()
	err := w.svc.Store.Write(w.t.Context(), func(tx tracker.Writer) error {
		d, err := tx.Delivery(id)
		if err != nil {
			return err
		}
		change(&d)
		return tx.SaveDelivery(&d)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// everyState makes deliveries, with a delivery in each state.
func (w *world) everyState() tracker.Story {
	w.t.Helper()
	st := w.sendComments("sent", "parked", "unconfirmed", "sending", "limited", "dropped", "fresh")
	at, private := testNow().Add(-20*60e9), false
	for id, change := range map[tracker.DeliveryID]func(*tracker.Delivery){
		1: func(d *tracker.Delivery) {
			d.State, d.AuditID, d.DeliveredAt, d.Attempts, d.SentAt, d.Public = tracker.DeliverySent, 492000004675, &at, 1, at, &private
		},
		2: func(d *tracker.Delivery) {
			d.State, d.Reason, d.Attempts = tracker.DeliveryParked, "the ticket is closed, Zendesk takes no more comments on it", 1
		},
		3: func(d *tracker.Delivery) {
			d.State, d.Reason, d.Attempts = tracker.DeliveryUnconfirmed, "no answer within 30 s", 1
			d.NotBefore = testNow().Add(90e9)
		},
		4: func(d *tracker.Delivery) { d.State, d.Attempts = tracker.DeliverySending, 1 },
		5: func(d *tracker.Delivery) {
			d.Reason, d.Attempts = "Zendesk asks to wait (429)", 1
			d.NotBefore = testNow().Add(40e9)
		},
		6: func(d *tracker.Delivery) { d.State, d.Reason = tracker.DeliveryDropped, "dropped by the user" },
	} {
		w.settle(id, change)
	}
	return st
}

// openDeliveries opens the deliveries.
func (w *world) openDeliveries() *deliveries.Pane {
	w.t.Helper()
	w.press("d")
	p := w.top().(*deliveries.Pane)
	w.until("the deliveries are read", func() bool { return !p.Working() })
	return p
}

// rowTo goes down a list from its top until the cursor is on a row with a text.
func (w *world) rowTo(text string) *world {
	w.t.Helper()
	w.press("g")
	for range 40 {
		if strings.Contains(w.row("▌"), text) {
			return w
		}
		w.press("j")
	}
	w.t.Fatalf("no row has %q:\n%s", text, w.screen())
	return w
}

func TestDeliveriesAreListed(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.everyState()
	w.start(120, 40).openDeliveries()
	for _, want := range []string{
		"Deliveries · all 7", "in progress 4 · parked 1", "waiting for an earlier comment", "dropped by the user",
		"sending", "unconfirmed, checking again in 90 s: no answer within 30 s", "parked: the ticket is closed", "audit 492000004675",
	} {
		if !strings.Contains(w.screen(), want) {
			t.Errorf("%q is missing in\n%s", want, w.screen())
		}
	}
	first, last := w.row("sending in"), w.row("audit")
	if strings.Index(w.screen(), first) > strings.Index(w.screen(), last) {
		t.Error("the newest delivery is not first")
	}
}

func TestDeliveriesFilter(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.everyState()
	p := w.start(120, 40).openDeliveries()
	for _, want := range []string{"in progress 4", "parked 1", "sent 1", "dropped 1", "all 7"} {
		w.press("tab")
		w.see("Deliveries · " + want)
	}
	w.press("shift+tab")
	w.see("Deliveries · dropped 1")
	w.press("esc")
	w.see("Deliveries · all 7")
	w.press("esc")
	if w.top() == pane.Pane(p) {
		t.Error("esc does not close the deliveries")
	}
}

func TestDeliveriesFilterByWords(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.everyState()
	w.start(120, 40).openDeliveries()
	w.press("/").write("closed")
	w.see("all 7 · 1 match “closed”")
	w.press("enter", "x")
	w.see("Drop the private comment to #1042?")
	w.press("n", "/").write("zzz")
	w.see("Nothing matches.")
	w.press("enter", "R")
	w.see("no delivery is selected")
	w.press("esc")
	w.see("waiting for an earlier comment")
}

func TestAllParkedDeliveriesAreTriedAgain(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.sendComments("one", "two", "three")
	for _, id := range []tracker.DeliveryID{1, 2} {
		w.settle(id, func(d *tracker.Delivery) { d.State, d.Reason = tracker.DeliveryParked, "not allowed" })
	}
	w.start(120, 40).openDeliveries()
	w.press("A")
	w.see("2 parked private comments are being retried")
	w.see("in progress 3 · parked 0")
	w.press("A")
	w.see("no private comment is parked")
}

func TestDeliveryTextIsShown(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.everyState()
	w.start(120, 40).openDeliveries()
	w.press("G", "enter")
	w.see("Ada Lovelace on story S-1 “Login loops on SSO”")
	w.see("visibility  private")
	w.see("attempts    1")
	w.see("ticket      #1042 of acme.zendesk.com")
	w.press("esc")
	w.see("Deliveries · all 7")
}

func TestDeliveryRetriedAndDropped(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.everyState()
	w.start(120, 40).openDeliveries()
	state := func(id tracker.DeliveryID) tracker.DeliveryState {
		d, err := w.svc.Outbox.Delivery(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return d.State
	}
	w.rowTo("audit 492000004675")
	w.press("R")
	w.see("delivery 1 has already been sent")
	w.press("x")
	w.see("delivery 1 has already been sent")
	w.rowTo(" sending ")
	w.press("x")
	w.see("delivery 4 is being sent now")
	w.rowTo("parked: the ticket is closed")
	w.press("R")
	w.until("the parked comment waits again", func() bool { return state(2) == tracker.DeliveryWaiting })
	w.rowTo("unconfirmed, checking again")
	w.press("x")
	w.see("The private comment may already be on")
	w.press("n")
	if state(3) != tracker.DeliveryUnconfirmed {
		t.Error("answering no dropped the comment")
	}
	w.press("x", "y")
	w.see("dropped; it may already be on the ticket")
	w.press("x")
	w.see("delivery 3 has been dropped")
}

func TestDeliveriesFollowWhatHappens(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	st := w.sendComments("one")
	w.start(120, 40).openDeliveries()
	w.see("all 1")
	if _, err := w.svc.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "two", ""); err != nil {
		t.Fatal(err)
	}
	w.see("all 2")
}

func TestDeliveriesEmpty(t *testing.T) {
	w := newWorld(t)
	w.start(80, 24).openDeliveries()
	w.see("None. Comments and state changes")
	w.press("enter")
	w.see("no delivery is selected")
}
