package courier_test

import (
	"context"
	"iter"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// forgetful opens an account that takes every update and keeps none, so that what
// grows is ours.
type forgetful struct{ tracker.Zendesk }

func (f forgetful) Open(in tracker.Integration, _ tracker.Credentials) (tracker.Account, error) {
	return forgetfulAccount{host: in.Host, said: new(atomic.Int64)}, nil
}

// forgetfulAccount has a customer who has written whenever the view is read.
type forgetfulAccount struct {
	tracker.Account
	host string
	// said counts the customer's comments.
	said *atomic.Int64
}

func (d forgetfulAccount) Comments(context.Context, tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		n := d.said.Load()
		yield(tracker.CommentPage{Comments: []tracker.TicketComment{{ID: n, Role: "end-user", Public: true, Text: "Any news?", CreatedAt: d.saidAt(n)}}}, nil)
	}
}

// saidAt is when the customer wrote for the n-th time: later than all that was before.
func (forgetfulAccount) saidAt(n int64) time.Time {
	return time.Now().Truncate(time.Second).Add(time.Duration(n) * time.Hour)
}

func (forgetfulAccount) Quota() tracker.Quota { return tracker.Quota{Clock: time.Now()} }

func (forgetfulAccount) View(_ context.Context, id tracker.ViewID) (tracker.View, error) {
	return tracker.View{ID: id, Title: "All", Active: true}, nil
}

func (d forgetfulAccount) ViewTickets(context.Context, tracker.ViewID, string) iter.Seq2[tracker.TicketPage, error] {
	return func(yield func(tracker.TicketPage, error) bool) {
		d.said.Add(1)
		yield(tracker.TicketPage{Tickets: []tracker.Ticket{d.ticket(1042)}, Total: 1}, nil)
	}
}

func (d forgetfulAccount) Ticket(_ context.Context, id tracker.TicketID) (tracker.Ticket, error) {
	return d.ticket(id), nil
}

func (d forgetfulAccount) Tickets(_ context.Context, ids []tracker.TicketID) ([]tracker.Ticket, error) {
	var list []tracker.Ticket
	for _, id := range ids {
		list = append(list, d.ticket(id))
	}
	return list, nil
}

func (forgetfulAccount) Update(_ context.Context, id tracker.TicketID, u tracker.TicketUpdate) (tracker.Audit, error) {
	return tracker.Audit{ID: 1, TicketID: id, Operation: u.Operation, Comments: []tracker.TicketComment{{Text: u.Note}}}, nil
}

func (d forgetfulAccount) ticket(id tracker.TicketID) tracker.Ticket {
	return tracker.Ticket{
		TicketKey: tracker.TicketKey{Host: d.host, ID: id}, Subject: "Export", Status: tracker.TicketOpen,
		UpdatedAt: d.saidAt(d.said.Load()),
	}
}

// A storydesk that runs for weeks keeps neither goroutines nor memory: what
// was sent and read lies in the database. It runs alone, for the heap is one.
func TestALongRunStaysSmall(t *testing.T) {
	w := world{trackertest.New(t)}
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.Engine.Zendesk = forgetful{w.Engine.Zendesk}
	w.Engine.UpdatesPerTicket, w.Engine.UpdatesPerMinute = 1<<20, 1<<20
	// Its account is opened again.
	w.Edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false })
	live := func(rounds int) (heap int64, goroutines int) {
		for range rounds {
			w.Comment(st, "Still here.")
			w.sync()
		}
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc), runtime.NumGoroutine()
	}
	before, running := live(110) // more than can be undone
	held := w.Engine.Courier.HeldBack()
	const rounds = 150
	after, left := live(rounds)
	if grown := (after - before) / rounds; grown > 512 {
		t.Errorf("each round leaves %d bytes behind", grown)
	}
	if left > running || w.Engine.Courier.HeldBack() != held {
		t.Errorf("%d goroutines became %d, %d entries %d", running, left, held, w.Engine.Courier.HeldBack())
	}
	deliveries, settled := w.Deliveries(t.Context(), st)
	if !settled || len(deliveries) != 110+rounds {
		t.Errorf("%d notes, settled %t", len(deliveries), settled)
	}
	if events := w.Whole(st.ID).Events; len(events) < rounds {
		t.Errorf("%d of the customer's comments are on the story", len(events))
	}
}
