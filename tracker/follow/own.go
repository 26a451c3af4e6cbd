package follow

import (
	"strings"

	"storydesk/tracker"
)

// own knows what this program sent to a ticket.
type own struct {
	operations map[string]bool
	audits     map[tracker.AuditID]bool
	// references are those of private comments of which no audit is known yet: they
	// have not been confirmed, or are being sent at this moment.
	references []string
	// opens is true where this program asked for the ticket to be opened.
	opens bool
}

func ownOf(deliveries []tracker.Delivery) own {
	o := own{operations: make(map[string]bool), audits: make(map[tracker.AuditID]bool)}
	for _, d := range deliveries {
		o.operations[d.Operation] = true
		switch {
		case d.AuditID != 0:
			o.audits[d.AuditID] = true
		case d.Kind != tracker.KindOpen:
			o.references = append(o.references, tracker.Reference(d.StoryID, d.Operation))
		}
		o.opens = o.opens || d.Opens && d.NotOpened == "" && d.Attempts > 0
	}
	return o
}

// wrote reports whether a comment was sent by this program: it carries an operation
// or an audit of ours. The reference in its text counts only where its audit is not
// known: people quote.
func (o own) wrote(c tracker.TicketComment) bool {
	if c.Operation != "" {
		return o.operations[c.Operation]
	}
	if c.AuditID != 0 && o.audits[c.AuditID] {
		return true
	}
	if c.Public {
		return false
	}
	for _, reference := range o.references {
		if strings.Contains(c.Text, reference) {
			return true
		}
	}
	return false
}

// opened reports whether an event is that a delivery of ours opened the ticket. A ticket
// is new only once.
func (o own) opened(e tracker.TicketEvent) bool {
	return o.opens && e.Kind == tracker.EventStatus && e.Old == string(tracker.TicketNew) && e.New == string(tracker.TicketOpen)
}
