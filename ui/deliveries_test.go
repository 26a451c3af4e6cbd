package ui_test

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/deliveries"
	"storydesk/ui/pane"
	"storydesk/ui/text"
	"storydesk/ui/uitest"
)

// sendComments makes a story with comments on their way to its ticket.
func (w *world) sendComments(texts ...string) tracker.Story {
	w.T.Helper()
	st := w.linked(1042)
	for _, text := range texts {
		if _, err := w.Service.Stories.Comment(w.T.Context(), []tracker.StoryID{st.ID}, text, ""); err != nil {
			w.T.Fatal(err)
		}
	}
	return st
}

// settle sets the state of a delivery, as the courier would.
func (w *world) settle(id tracker.DeliveryID, change func(*tracker.Delivery)) {
	w.T.Helper()
	err := w.Service.Store.Write(w.T.Context(), func(tx tracker.Writer) error {
		d, err := tx.Delivery(id)
		if err != nil {
			return err
		}
		change(&d)
		return tx.SaveDelivery(&d)
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

// everyState makes deliveries, with a delivery in each state.
func (w *world) everyState() tracker.Story {
	w.T.Helper()
	st := w.sendComments("sent", "parked", "unconfirmed", "sending", "limited", "dropped", "fresh")
	at, private := uitest.Now().Add(-20*60e9), false
	for id, change := range map[tracker.DeliveryID]func(*tracker.Delivery){
		1: func(d *tracker.Delivery) {
			d.State, d.AuditID, d.DeliveredAt, d.Attempts, d.SentAt, d.Public = tracker.DeliverySent, 492000004675, &at, 1, at, &private
		},
		2: func(d *tracker.Delivery) {
			d.State, d.Reason, d.Attempts = tracker.DeliveryParked, "the ticket is closed, Zendesk takes no more comments on it", 1
		},
		3: func(d *tracker.Delivery) {
			d.State, d.Reason, d.Attempts = tracker.DeliveryUnconfirmed, "no answer within 30 s", 1
			d.NotBefore = uitest.Now().Add(90e9)
		},
		4: func(d *tracker.Delivery) { d.State, d.Attempts = tracker.DeliverySending, 1 },
		5: func(d *tracker.Delivery) {
			d.Reason, d.Attempts = "Zendesk asks to wait (429)", 1
			d.NotBefore = uitest.Now().Add(40e9)
		},
		6: func(d *tracker.Delivery) { d.State, d.Reason = tracker.DeliveryDropped, "dropped by the user" },
	} {
		w.settle(id, change)
	}
	return st
}

// openDeliveries opens the deliveries.
func (w *world) openDeliveries() *deliveries.Pane {
	w.T.Helper()
	w.Press("d")
	p := w.Top().(*deliveries.Pane)
	w.Until("the deliveries are read", func() bool { return !p.Working() })
	return p
}

// rowTo goes down a list from its top until the cursor is on a row with a text.
func (w *world) rowTo(text string) *world {
	w.T.Helper()
	w.Press("g")
	for range 40 {
		if strings.Contains(w.Row("▌"), text) {
			return w
		}
		w.Press("j")
	}
	w.T.Fatalf("no row has %q:\n%s", text, w.Screen())
	return w
}

func TestDeliveriesAreListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.everyState()
	w.Start(120, 40).openDeliveries()
	for _, want := range []string{
		"Deliveries · all 7", "in progress 4 · parked 1", "waiting for an earlier comment", "dropped by the user",
		"sending", "unconfirmed, checking again in 90 s: no answer within 30 s", "parked: the ticket is closed", "audit 492000004675",
	} {
		if !strings.Contains(w.Screen(), want) {
			t.Errorf("%q is missing in\n%s", want, w.Screen())
		}
	}
	first, last := w.Row("sending in"), w.Row("audit")
	if strings.Index(w.Screen(), first) > strings.Index(w.Screen(), last) {
		t.Error("the newest delivery is not first")
	}
}

func TestDeliveriesFilter(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.everyState()
	p := w.Start(120, 40).openDeliveries()
	for _, want := range []string{"in progress 4", "parked 1", "sent 1", "dropped 1", "all 7"} {
		w.Press("tab")
		w.See("Deliveries · " + want)
	}
	w.Press("shift+tab")
	w.See("Deliveries · dropped 1")
	w.Press("esc")
	w.See("Deliveries · all 7")
	w.Press("esc")
	if w.Top() == pane.Pane(p) {
		t.Error("esc does not close the deliveries")
	}
}

func TestDeliveriesFilterByWords(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.everyState()
	w.Start(120, 40).openDeliveries()
	w.Press("/").Write("closed")
	w.See("all 7 · 1 match “closed”")
	w.Press("enter", "x")
	w.See("Drop the private comment to #1042?")
	w.Press("n", "/").Write("zzz")
	w.See("Nothing matches.")
	w.Press("enter", "R")
	w.See("no delivery is selected")
	w.Press("esc")
	w.See("waiting for an earlier comment")
}

func TestAllParkedDeliveriesAreTriedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.sendComments("one", "two", "three")
	for _, id := range []tracker.DeliveryID{1, 2} {
		w.settle(id, func(d *tracker.Delivery) { d.State, d.Reason = tracker.DeliveryParked, "not allowed" })
	}
	w.Start(120, 40).openDeliveries()
	w.Press("A")
	w.See("2 parked private comments are being retried")
	w.See("in progress 3 · parked 0")
	w.Press("A")
	w.See("no private comment is parked")
}

func TestDeliveryTextIsShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.everyState()
	w.Start(120, 40).openDeliveries()
	w.Press("G", "enter")
	w.See("Ada Lovelace on story S-1 “Login loops on SSO”")
	w.See("visibility  private")
	w.See("attempts    1")
	w.See("ticket      #1042 of acme.zendesk.com")
	w.Press("esc")
	w.See("Deliveries · all 7")
}

func TestDeliveryRetriedAndDropped(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.everyState()
	w.Start(120, 40).openDeliveries()
	state := func(id tracker.DeliveryID) tracker.DeliveryState {
		d, err := w.Service.Outbox.Delivery(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		return d.State
	}
	w.rowTo("audit 492000004675")
	w.Press("R")
	w.See("delivery 1 has already been sent")
	w.Press("x")
	w.See("delivery 1 has already been sent")
	w.rowTo(" sending ")
	w.Press("x")
	w.See("delivery 4 is being sent now")
	w.rowTo("parked: the ticket is closed")
	w.Press("R")
	w.Until("the parked comment waits again", func() bool { return state(2) == tracker.DeliveryWaiting })
	w.rowTo("unconfirmed, checking again")
	w.Press("x")
	w.See("The private comment may already be on")
	w.Press("n")
	if state(3) != tracker.DeliveryUnconfirmed {
		t.Error("answering no dropped the comment")
	}
	w.Press("x", "y")
	w.See("dropped; it may already be on the ticket")
	w.Press("x")
	w.See("delivery 3 has been dropped")
}

func TestDeliveriesFollowWhatHappens(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.sendComments("one")
	w.Start(120, 40).openDeliveries()
	w.See("all 1")
	if _, err := w.Service.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, "two", ""); err != nil {
		t.Fatal(err)
	}
	w.See("all 2")
}

func TestDeliveriesEmpty(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Start(80, 24).openDeliveries()
	w.See("None. Comments and state changes")
	w.Press("enter")
	w.See("no delivery is selected")
}

// A key that opens a screen does not open it a second time.
func TestScreensOpenOnce(t *testing.T) {
	t.Parallel()
	for name, open := range map[string]struct{ keys, said string }{
		"deliveries":   {"d", "deliveries are already open"},
		"integrations": {",", "integrations are already open"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t).WithTickets(uitest.Usual()...)
			w.Start(100, 30)
			w.Press(open.keys, open.keys)
			if got := w.Sight().Layers; got != 2 || w.OnBoard() {
				t.Errorf("%d screens are open, want the board and one more", got)
			}
			w.Shows(open.said)
			w.Press("esc")
			if !w.OnBoard() {
				t.Error("one esc does not lead back to the board")
			}
		})
	}
}

// A screen that others cover comes to the front; what covered it stays below.
func TestAScreenThatIsOpenComesToTheFront(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.everyState()
	w.Start(100, 30)
	w.Press("d").See("unconfirmed")
	listed := w.Top()
	w.Press(",")
	w.Press("d")
	if w.Top() != listed || w.Sight().Layers != 3 {
		t.Errorf("%T is on top of %d layers, want the deliveries that were open on top of 3", w.Top(), w.Sight().Layers)
	}
	w.Press("v").See("Links")
	w.Press("d", "v").See("Links")
	if got := w.Sight().Layers; got != 4 {
		t.Errorf("%d screens are open, want 4: the check of links opens once", got)
	}
	w.detailRead()
	w.Press("esc")
	if w.Top() != listed {
		t.Errorf("esc leads to %T, want the deliveries", w.Top())
	}
}

// Rows tell who did what; the selected delivery shows all of its text and its trail.
func TestDeliveriesTellWhatWhoAndWhy(t *testing.T) {
	t.Parallel()
	w := sent(t).Start(120, 32)
	w.openDeliveries()
	for _, want := range []string{"Grace Hopper “Found it: the cursor is closed", "Ada Lovelace started", "Ada Lovelace “parked”"} {
		w.Shows(want)
	}
	w.rowTo("“parked”")
	for _, want := range []string{"made by Ada Lovelace", "parked: the ticket is closed, Zendesk takes no more comments on it", "through Support to acme.zendesk.com"} {
		w.Shows(want)
	}
	w.rowTo("“sent”")
	w.Shows("sent · audit 492000004675 · private")
	w.Press("g")
	w.Shows("A fix follows.")
	w.Press("ctrl+e", "ctrl+e", "ctrl+e")
	w.Shows("through Support")
	w.Press("enter")
	w.See("by          Grace Hopper")
}

func TestDeliveriesAreFilteredByTerms(t *testing.T) {
	t.Parallel()
	w := sent(t).Start(120, 32)
	p := w.openDeliveries()
	for query, found := range map[string]string{
		"story:1": "9", "ticket:1042 state:parked": "1", "-state:parked": "8", `integration:"support"`: "9",
		"integration:us": "0", "by:grace": "1", `state:sent,dropped`: "2", `"a fix follows"`: "1",
	} {
		w.Press("/").Write(query)
		w.See("· " + found + " match “" + query + "”")
		w.Press("esc")
		w.Until("all are shown again", func() bool { return !strings.Contains(w.Screen(), "match “") })
	}
	w.Press("/").Write("state:gone")
	w.Shows("state can be waiting, sending, unconfirmed,")
	w.Press("enter", "esc", "/").Write("owner:me ")
	w.Shows("there is no term owner. Terms: story, ticket, integration")
	w.Press("esc", "/").Write("sta").Press("tab").Write("par").Press("tab")
	w.Shows("Filter deliveries state:parked")
	w.Press("enter", "tab")
	w.See("Deliveries · in progress 6 · 0 match “state:parked”")
	w.Press("esc")
	w.See("Deliveries · in progress 6 ")
	w.Press("esc", "esc")
	if w.Top() == pane.Pane(p) {
		t.Error("esc does not close the deliveries")
	}
}

// A page of many deliveries is read; others follow when the cursor comes near the end.
func TestManyDeliveriesAreReadAPageAtATime(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	first := w.sendComments("first")
	w.settle(1, func(d *tracker.Delivery) { d.State, d.Reason = tracker.DeliveryParked, "closed" })
	const all = 10_000
	err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error {
		one, err := tx.Delivery(1)
		for i := 1; err == nil && i < all; i++ {
			d := one
			d.Operation, d.State, d.Reason = "op"+strconv.Itoa(i), tracker.DeliverySent, ""
			err = tx.AddDelivery(d)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Start(120, 32).openDeliveries()
	w.See("Deliveries · all " + text.Count(all) + " · the newest 200 ")
	w.Press("G")
	w.See("the newest 400 ")
	w.Press("G")
	w.See("the newest 800 ")
	w.Press("/").Write("state:parked")
	w.See("all " + text.Count(all) + " · 1 match “state:parked”")
	w.Press("enter", "enter")
	w.See("story       " + first.ID.String())
}

// The detail of a delivery tells each attempt: when it was, what came of it and why; so
// does the trail beside the list.
func TestADeliveryTellsItsAttempts(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.sendComments("hello")
	w.settle(1, func(d *tracker.Delivery) { d.State, d.Attempts = tracker.DeliveryParked, 3 })
	err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error {
		first := tracker.DeliveryAttempt{At: uitest.Now().Add(-time.Hour), State: tracker.DeliveryWaiting, Code: tracker.CodeUnavailable, Reason: "acme.zendesk.com\x1b[31m is out of reach"}
		last := tracker.DeliveryAttempt{At: uitest.Now().Add(-time.Minute), State: tracker.DeliveryParked, Code: tracker.CodeRefused, Reason: "the ticket is closed"}
		return errors.Join(tx.AddDeliveryAttempt(1, first), tx.AddDeliveryAttempt(1, last))
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Start(120, 40).openDeliveries()
	w.See("waiting (unavailable): acme.zendesk.com is out of reach")
	w.Press("enter").See("Attempts")
	w.See("waiting (unavailable): acme.zendesk.com")
	screen := w.Screen()
	last, first := strings.Index(screen, "parked (refused): the ticket is closed"), strings.Index(screen, "waiting (unavailable)")
	if last < 0 || first < last {
		t.Errorf("the last attempt is not the first to be shown:\n%s", screen)
	}
}

// The trail of a single attempt tells it too; where as many as are saved were made, it
// says that there may be earlier ones, however many requests are counted.
func TestTheTrailTellsEveryAttempt(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.sendComments("hello")
	attempts := func(from, to int) {
		t.Helper()
		err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) (err error) {
			for n := from; n < to; n++ {
				at := uitest.Now().Add(time.Duration(n-100) * time.Minute)
				err = errors.Join(err, tx.AddDeliveryAttempt(1, tracker.DeliveryAttempt{At: at, State: tracker.DeliveryWaiting, Code: tracker.CodeUnavailable, Reason: fmt.Sprintf("try %d failed", n)}))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	w.settle(1, func(d *tracker.Delivery) { d.State, d.Attempts = tracker.DeliveryParked, 1 })
	attempts(1, 2)
	w.Start(160, 60).openDeliveries()
	w.See("try 1 failed")
	if strings.Contains(w.Screen(), "attempts are saved") {
		t.Errorf("earlier attempts are missed:\n%s", w.Screen())
	}
	// Another attempt that the delivery itself does not count is shown, too.
	attempts(2, 3)
	w.Send(pane.Changed{Hint: tracker.HintDeliveries})
	w.See("try 2 failed")
	attempts(3, tracker.MaxAttempts+3)
	w.Send(pane.Changed{Hint: tracker.HintDeliveries})
	w.See("only the last 20 attempts are saved")
	w.See("try 22 failed")
}
