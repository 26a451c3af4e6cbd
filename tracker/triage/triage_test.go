package triage_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// TestMain lets many tests run at once: they wait more than they compute.
func TestMain(m *testing.M) { trackertest.Main(m) }

type world struct{ *trackertest.World }

// aside is how a ticket is put aside, nil for one that is not or has come back.
func (w world) aside(id tracker.TicketID) *tracker.Aside {
	w.T.Helper()
	d, err := w.Engine.Views.Ticket(w.T.Context(), w.In.ID, id)
	if err != nil {
		w.T.Fatal(err)
	}
	return d.Aside
}

// found are the tickets of the view that a search finds.
func (w world) found(text string) map[tracker.TicketID]bool {
	w.T.Helper()
	list, err := w.Engine.Views.Tickets(w.T.Context(), w.In.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	q, err := search.Parse(search.Tickets, text, func() string { return "" })
	if err != nil {
		w.T.Fatal(err)
	}
	found := make(map[tracker.TicketID]bool)
	for _, t := range list.Tickets {
		if q.Matches(search.Ticket(&t)) {
			found[t.ID] = true
		}
	}
	return found
}

func TestDismissSnoozeRestore(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx, s, in := t.Context(), w.Engine.Triage, w.In.ID
	a, b, c := w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen), w.Ticket(tracker.TicketPending)
	all := len(w.found(""))
	if err := s.Dismiss(ctx, in, []tracker.TicketID{a, b, a}, " for sales "); err != nil {
		t.Fatal(err)
	}
	until := time.Now().Add(24 * time.Hour)
	if err := s.Snooze(ctx, in, []tracker.TicketID{c}, until); err != nil {
		t.Fatal(err)
	}
	if got := w.aside(a); got == nil || got.Kind != tracker.Dismissed || got.Reason != "for sales" || got.By != "Ada" || got.At.IsZero() {
		t.Errorf("%s is %+v", a, got)
	}
	if got := w.aside(c); got == nil || got.Kind != tracker.Snoozed || !got.Until.Equal(until.Truncate(time.Millisecond)) {
		t.Errorf("%s is %+v", c, got)
	}
	if got := w.found("is:dismissed"); len(got) != 2 || !got[a] || !got[b] {
		t.Errorf("is:dismissed finds %v", got)
	}
	if got := w.found("is:snoozed"); len(got) != 1 || !got[c] {
		t.Errorf("is:snoozed finds %v", got)
	}
	if got := w.found("is:dismissed,snoozed"); len(got) != 3 {
		t.Errorf("both find %v", got)
	}
	for _, text := range []string{"", "-is:snoozed", "status:new,open,pending"} {
		if got := w.found(text); got[a] || got[b] || got[c] || text == "" && len(got) != all-3 {
			t.Errorf("%q finds %v", text, got)
		}
	}
	if err := s.Restore(ctx, in, []tracker.TicketID{a, c}); err != nil {
		t.Fatal(err)
	}
	if w.aside(a) != nil || w.aside(c) != nil || w.aside(b) == nil {
		t.Error("not those two were restored")
	}
}

// Either all of several tickets are changed or none is, and the error says why.
func TestAllOrNone(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx, s, in := t.Context(), w.Engine.Triage, w.In.ID
	a, b := w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen)
	if err := s.Dismiss(ctx, in, []tracker.TicketID{a}, ""); err != nil {
		t.Fatal(err)
	}
	if err := s.Restore(ctx, in, []tracker.TicketID{a, b}); tracker.CodeOf(err) != tracker.CodeRefused || err.Error() != b.String()+" is neither dismissed nor snoozed" {
		t.Errorf("restoring: %v", err)
	}
	if w.aside(a) == nil {
		t.Error("the first of them was restored")
	}
	if err := s.Dismiss(ctx, in, []tracker.TicketID{b, 999999}, ""); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("dismissing one that does not exist: %v", err)
	}
	if err := s.Snooze(ctx, in, []tracker.TicketID{b}, time.Now().Add(-time.Hour)); tracker.CodeOf(err) != tracker.CodeInvalid || !strings.Contains(err.Error(), "is in the past") {
		t.Errorf("snoozing until a time that has passed: %v", err)
	}
	if err := s.Dismiss(ctx, in, []tracker.TicketID{b}, strings.Repeat("x", tracker.MaxDismissReason+1)); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("dismissing with a long reason: %v", err)
	}
	if err := s.Dismiss(ctx, in, nil, ""); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("dismissing nothing: %v", err)
	}
	if w.aside(b) != nil {
		t.Error("the second one was put aside")
	}
}

// It is undone and redone in turn with what was done to stories, again and again.
func TestUndo(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx, s, in := t.Context(), w.Engine.Triage, w.In.ID
	a, b := w.Ticket(tracker.TicketNew), w.Ticket(tracker.TicketOpen)
	steps := []func() error{
		func() error { return s.Dismiss(ctx, in, []tracker.TicketID{a, b}, "no") },
		func() error { w.Story(w.Ticket(tracker.TicketPending)); return nil },
		func() error { return s.Snooze(ctx, in, []tracker.TicketID{a}, time.Time{}) },
		func() error { return s.Restore(ctx, in, []tracker.TicketID{a}) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if said := w.Undo(); said != "Undone: "+a.String()+" restored" || w.aside(a).Kind != tracker.Snoozed {
			t.Errorf("%q, %+v", said, w.aside(a))
		}
		if said := w.Undo(); said != "Undone: "+a.String()+" snoozed" || w.aside(a).Kind != tracker.Dismissed {
			t.Errorf("%q, %+v", said, w.aside(a))
		}
		if said := w.Undo(); said != "Undone: S-1 removed" {
			t.Error(said)
		}
		if said := w.Undo(); said != "Undone: 2 tickets dismissed" || w.aside(a) != nil || w.aside(b) != nil {
			t.Errorf("%q, %+v", said, w.aside(a))
		}
		if said := w.Redo(); said != "Redone: 2 tickets dismissed" || w.aside(a).Reason != "no" || w.aside(b) == nil {
			t.Errorf("%q, %+v", said, w.aside(a))
		}
		for range 3 {
			w.Redo()
		}
		if w.aside(a) != nil || w.aside(b) == nil {
			t.Error("not all is as it was")
		}
	}
}

// What somebody else has decided since is not undone.
func TestUndoLeavesOthersAlone(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	a := w.Ticket(tracker.TicketNew)
	if err := w.Engine.Triage.Dismiss(t.Context(), w.In.ID, []tracker.TicketID{a}, ""); err != nil {
		t.Fatal(err)
	}
	_, other := w.Open(0)
	other.SetActor("Ben")
	if err := other.Triage.Snooze(t.Context(), w.In.ID, []tracker.TicketID{a}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Engine.Stories.Undo(t.Context(), true); tracker.CodeOf(err) != tracker.CodeRefused || err.Error() != a.String()+" was snoozed by Ben meanwhile" {
		t.Errorf("undo: %v", err)
	}
	if got := w.aside(a); got == nil || got.By != "Ben" {
		t.Errorf("it is %+v", got)
	}
}

// A ticket comes back when its day comes.
func TestItsDayComes(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	now := time.Now()
	w.Engine.Now = func() time.Time { return now }
	a := w.Ticket(tracker.TicketNew)
	if err := w.Engine.Triage.Snooze(t.Context(), w.In.ID, []tracker.TicketID{a}, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Hour - time.Second)
	if w.aside(a) == nil || w.found("")[a] {
		t.Error("it came back early")
	}
	now = now.Add(time.Second)
	if w.aside(a) != nil || !w.found("")[a] || w.found("is:snoozed")[a] {
		t.Error("it did not come back")
	}
}

// A customer's comment brings a ticket back; our own private comments do not.
func TestTheCustomerWrites(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	a, b := w.Ticket(tracker.TicketOpen), w.Ticket(tracker.TicketPending)
	st := w.Story(a, b)
	if err := w.Engine.Triage.Snooze(t.Context(), w.In.ID, []tracker.TicketID{a}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := w.Engine.Triage.Dismiss(t.Context(), w.In.ID, []tracker.TicketID{b}, ""); err != nil {
		t.Fatal(err)
	}
	w.Comment(st, "Looking into it.")
	w.Deliver(st)
	w.refresh()
	if w.aside(a) == nil || w.aside(b) == nil {
		t.Errorf("our own comment brought them back: %+v, %+v", w.aside(a), w.aside(b))
	}
	w.customer(a)
	w.customer(b)
	w.refresh()
	if w.aside(a) != nil || w.aside(b) != nil {
		t.Errorf("after the customer wrote: %+v, %+v", w.aside(a), w.aside(b))
	}
}

// refresh reads the view.
func (w world) refresh() {
	w.T.Helper()
	if err := w.Engine.Views.RefreshView(w.T.Context(), w.In.ID); err != nil {
		w.T.Fatal(err)
	}
}

// customer lets the customer write on a ticket.
func (w world) customer(id tracker.TicketID) {
	w.T.Helper()
	w.Meanwhile(sandbox.Edit{Ticket: int64(id), Comment: "It still does not work.", Public: true, Customer: true})
}
