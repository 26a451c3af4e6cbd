package ui_test

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/layout"
	"storydesk/ui/uitest"
)

// night is a board that is left open with the preview, and whose clock a test moves.
type night struct {
	*world
	now     atomic.Int64
	minutes int
	// mine counts the updates of the ticket that is previewed.
	mine int64
}

// pass lets time go by: every two minutes somebody writes on a ticket, and every hour on
// the one that is previewed.
func (n *night) pass(minutes int) {
	n.T.Helper()
	for range minutes / 2 {
		n.minutes += 2
		now := time.Unix(n.now.Add(120), 0).UTC()
		on := 1 + n.minutes/2%20
		if n.minutes%60 == 0 {
			on, n.mine = 0, n.mine+1
		}
		n.Account.Change(func(list []tracker.Ticket) []tracker.Ticket {
			list[on].UpdatedAt = now
			list[on].Subject = fmt.Sprintf("Ticket %d at minute %d", on, n.minutes)
			return list
		})
		due, err := n.Service.Views.DueViews(n.T.Context())
		for _, in := range due {
			if err == nil {
				err = n.Service.Views.RefreshView(n.T.Context(), in)
			}
		}
		if err != nil {
			n.T.Fatal(err)
		}
		if len(due) > 0 {
			n.See(fmt.Sprintf("at minute %d ", n.minutes))
		}
		n.Idle()
		n.Frame()
	}
}

// live is what the program holds.
func (n *night) live() (heap int64, goroutines int) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc), runtime.NumGoroutine()
}

// A board left open over night asks Zendesk for no more than a poller's share, and the
// preview only for a ticket that has changed; in the morning it is no larger. It runs
// alone, for the heap is one.
func TestABoardLeftOpenOverNight(t *testing.T) {
	w := newWorld(t)
	n := &night{world: w}
	n.now.Store(uitest.Now().Unix())
	w.Service.Now = func() time.Time { return time.Unix(n.now.Load(), 0).UTC() }
	w.Preview(layout.PreviewWide)
	var tickets []tracker.Ticket
	for i := range 40 {
		tickets = append(tickets, uitest.Ticket(tracker.TicketID(1000-i), tracker.TicketOpen, time.Duration(i)*time.Hour, fmt.Sprintf("Ticket %d", i)))
	}
	w.WithTickets(tickets...)
	w.Account.Left = tracker.Quota{Requests: tracker.Allowance{PerMinute: 700, Left: 600, Resets: time.Minute}}
	w.Start(160, 50)
	w.See("No comments yet.")

	n.pass(2 * 60)
	asked, listed, mine, minutes := w.Account.Asked.Load(), w.Account.Listed.Load(), n.mine, n.minutes
	before, running := n.live()
	n.pass(6 * 60)
	after, left := n.live()

	passed := int64(n.minutes - minutes)
	asked, listed = w.Account.Asked.Load()-asked, w.Account.Listed.Load()-listed
	if asked != n.mine-mine {
		t.Errorf("%d conversations were asked for, the ticket changed %d times", asked, n.mine-mine)
	}
	if listed == 0 || listed > passed || asked+listed > passed*700/tracker.ReadingShare {
		t.Errorf("%d readings of the view and %d conversations in %d minutes", listed, asked, passed)
	}
	if grown := (after - before) / passed; grown > 2048 {
		t.Errorf("each minute leaves %d bytes behind", grown)
	}
	if left > running+4 {
		t.Errorf("%d goroutines became %d", running, left)
	}
}
