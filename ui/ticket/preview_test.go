package ticket

import (
	"context"
	"errors"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/pane"
)

// A conversation is asked for once for each update of its ticket, and again where it
// could not be read or was not waited for.
func TestPreviewAsksOnceForEachUpdate(t *testing.T) {
	t.Parallel()
	first := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	later := first.Add(time.Minute)
	h := pane.NewHost(context.Background(), func(error) {}, func() time.Time { return first })
	p := NewPreview(&command.Commands{Host: h}, UseCases{}, 1, tracker.TicketRow{})
	asks := func(updated time.Time) bool {
		before := p.thread.asked
		p.Attend(updated)
		return p.thread.asked != before
	}
	answer := func(err error) { p.Update(conversationRead{asked: p.thread.asked, err: err}) }

	if !asks(first) {
		t.Error("it was not asked for at first")
	}
	// The ticket is updated while the answer is on its way.
	p.Update(ticketRead{asked: p.asked, detail: tracker.TicketDetail{Ticket: tracker.Ticket{UpdatedAt: later}}})
	answer(nil)
	if asks(first) || !asks(later) {
		t.Error("it is not asked for exactly where the ticket was updated since")
	}
	answer(errors.New("no connection"))
	if !asks(later) {
		t.Error("what could not be read is not asked for again")
	}
	p.Leave()
	if !asks(later) {
		t.Error("what was not waited for is not asked for again")
	}
	answer(nil)
	p.Leave()
	if asks(later) {
		t.Error("what was read is asked for again")
	}
}
