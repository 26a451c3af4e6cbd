package tracker_test

import (
	"net/http"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// The clock jumps while a note is being sent: its lease seems to have run out
// and the gap between two attempts to have passed. The ticket changed in the
// same second, so that its stamp alone tells no twin from the other.
func TestAClockThatJumpsDoublesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketOpen)
	w.comment(w.story(ticket), "What time is it?")
	_, later := w.open(0)
	later.Now = func() time.Time { return time.Now().Round(0).Add(time.Hour) }
	w.faults(onUpdate(sandbox.Fault{Before: sandbox.Pause{Hold: "first"}}))

	time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
	if err := w.desk.Edit(sandbox.Edit{Ticket: int64(ticket), Comment: "Just now."}); err != nil {
		t.Fatal(err)
	}
	go func() { _ = w.svc.Run(t.Context()) }()
	if err := w.desk.Held(t.Context(), "first"); err != nil {
		t.Fatal(err)
	}
	go func() { _ = later.Run(t.Context()) }()
	w.eventually(func() bool { return w.answeredUpdates() == 1 })
	w.desk.Release("first")
	w.eventually(func() bool { return w.answeredUpdates() == 2 })
	w.once(ticket, "What time is it?")
}

// answeredUpdates counts the updates that the desk has answered.
func (w *world) answeredUpdates() int {
	n := 0
	for _, r := range w.desk.Requests() {
		if r.Method == http.MethodPut && r.Status != 0 {
			n++
		}
	}
	return n
}

// eventually waits until something is so.
func (w *world) eventually(so func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); !so(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatal("it never came about")
		}
	}
}
