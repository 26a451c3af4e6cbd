package notify

import (
	"time"

	"storydesk/tracker"
)

// Kind says what has happened, as the config file does.
type Kind string

// What happens.
const (
	NewTicket    Kind = "new_ticket"
	UrgentChange Kind = "urgent_change"
	Reply        Kind = "reply"
)

// Event is something that has happened to a ticket.
type Event struct {
	Kind    Kind
	Ticket  tracker.TicketID
	Subject string
}

// Watch compares what views hold with what they held before. The zero value has seen
// nothing.
type Watch struct {
	views map[tracker.IntegrationID]view
}

// view is a view as it was seen last.
type view struct {
	tickets map[tracker.TicketID]seen
	partial bool
}

// seen is what is compared of a ticket.
type seen struct{ updated, replied time.Time }

// See returns what has happened in a view since it was seen last. While the view is
// being read it says nothing; what has come by then is told when all of it has.
func (w *Watch) See(list tracker.TicketList) []Event {
	if list.Fetch.ID == 0 || list.Fetch.FinishedAt.IsZero() {
		return nil
	}
	if w.views == nil {
		w.views = make(map[tracker.IntegrationID]view)
	}
	before, known := w.views[list.Integration.ID]
	now := view{make(map[tracker.TicketID]seen, len(list.Tickets)), list.Fetch.Partial}
	var events []Event
	for i := range list.Tickets {
		t := &list.Tickets[i]
		now.tickets[t.ID] = seen{t.UpdatedAt, t.Progress.RepliedAt}
		was, there := before.tickets[t.ID]
		switch {
		case !known || !there && before.partial:
		case !t.Unread: // what somebody has seen, or done here, is no news
		case !there:
			events = append(events, Event{NewTicket, t.ID, t.Subject})
		case t.Progress.RepliedAt.After(was.replied) && len(t.Stories) > 0:
			events = append(events, Event{Reply, t.ID, t.Subject})
		case t.Priority == "urgent" && t.UpdatedAt.After(was.updated):
			events = append(events, Event{UrgentChange, t.ID, t.Subject})
		}
	}
	w.views[list.Integration.ID] = now
	return events
}
