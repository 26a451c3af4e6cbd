package courier_test

import (
	"context"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// Parked notes that are tried again all at once keep their order, behind those
// that were not parked.
func TestAllParkedCommentsGoAgainInOrder(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Faults(onUpdate(sandbox.Fault{Answer: "field-required", Times: 2}))
	for _, text := range []string{"First.", "Second.", "Third."} {
		w.Comment(st, text)
	}
	w.Deliver(st)
	n, err := w.Engine.Outbox.RetryParked(t.Context())
	if err != nil || n != 2 {
		t.Fatalf("%d tried again, %v", n, err)
	}
	for i, d := range w.Deliver(st) {
		if d.State != tracker.DeliverySent || d.Late != (i < 2) {
			t.Errorf("%+v", d)
		}
	}
	w.inOrder(ticket, "Third.", "First.", "Second.")
	if n, err := w.Engine.Outbox.RetryParked(t.Context()); err != nil || n != 0 {
		t.Errorf("%d tried again where nothing is parked, %v", n, err)
	}
}

// Of several deliveries all are dropped or tried again, or none.
func TestSeveralDeliveriesAreChangedTogether(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Comment(st, "First.")
	sent := w.Deliver(st)[0].ID
	w.Comment(st, "Second.")
	w.Comment(st, "Third.")
	deliveries, _ := w.Deliveries(ctx, st)
	waiting := []tracker.DeliveryID{deliveries[1].ID, deliveries[2].ID}
	for name, do := range map[string]func(context.Context, []tracker.DeliveryID) ([]tracker.Delivery, error){
		"retry": w.Engine.Outbox.RetryDeliveries, "drop": w.Engine.Outbox.DropDeliveries,
	} {
		if _, err := do(ctx, []tracker.DeliveryID{waiting[0], sent}); tracker.CodeOf(err) != tracker.CodeRefused {
			t.Errorf("%s of what was sent: %v", name, err)
		}
		if d, err := w.Engine.Outbox.Delivery(ctx, waiting[0]); err != nil || d.State != tracker.DeliveryWaiting {
			t.Errorf("after a refused %s the other one is %s, %v", name, d.State, err)
		}
	}
	dropped, err := w.Engine.Outbox.DropDeliveries(ctx, waiting)
	if err != nil || len(dropped) != 2 || dropped[0].ID != waiting[0] || dropped[1].State != tracker.DeliveryDropped {
		t.Errorf("%+v, %v", dropped, err)
	}
}

// What is to be sent now is tried at once, all of it or none; what was sent meanwhile
// stands in no way.
func TestSendingNowLeavesOutWhatWasSent(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Faults(onUpdate(sandbox.Fault{Answer: "field-required"}))
	w.Comment(st, "First.")
	w.Comment(st, "Second.")
	notes := w.Deliver(st)
	parked, sent := notes[0].ID, notes[1].ID
	states := func() [2]tracker.DeliveryState {
		notes, _ := w.Deliveries(ctx, st)
		return [2]tracker.DeliveryState{notes[0].State, notes[1].State}
	}
	before := [2]tracker.DeliveryState{tracker.DeliveryParked, tracker.DeliverySent}
	if states() != before {
		t.Fatalf("the comments are %v", states())
	}
	if err := w.Engine.Outbox.SendNow(ctx, []tracker.DeliveryID{parked, 99}); tracker.CodeOf(err) != tracker.CodeNotFound || states() != before {
		t.Errorf("with one that does not exist: %v, %v", err, states())
	}
	err := w.Engine.Outbox.SendNow(ctx, []tracker.DeliveryID{sent, parked})
	if want := [2]tracker.DeliveryState{tracker.DeliveryWaiting, tracker.DeliverySent}; err != nil || states() != want {
		t.Errorf("with one that was sent: %v, %v", err, states())
	}
}

// A comment and its own draft are never there at the same time: where the
// comment cannot be made, the draft stays.
func TestACommentTakesItsDraftWithIt(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	st := w.Story(w.Ticket(tracker.TicketOpen))
	const key = "comment/of a story"
	for _, text := range []string{"", "Found it."} {
		if err := w.Engine.Settings.SaveDraft(t.Context(), key, "Found it."); err != nil {
			t.Fatal(err)
		}
		_, err := w.Engine.Stories.Comment(t.Context(), []tracker.StoryID{st.ID}, text, key)
		if (err == nil) != (text != "") {
			t.Fatalf("comment %q: %v", text, err)
		}
		kept, err := w.Engine.Settings.Draft(t.Context(), key)
		if err != nil || (kept == "") != (text != "") {
			t.Errorf("after the comment %q the draft is %q, %v", text, kept, err)
		}
	}
}
