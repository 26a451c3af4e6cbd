package ticket

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
	"storydesk/ui/present"
)

// EventRecord is something that happened on a linked ticket, as JSON.
type EventRecord struct {
	TicketID tracker.TicketID        `json:"ticket_id"`
	Kind     tracker.TicketEventKind `json:"kind"`
	Author   *string                 `json:"author"`
	Role     *string                 `json:"role"`
	Public   bool                    `json:"public"`
	Text     *string                 `json:"text"`
	Old      *string                 `json:"old"`
	New      *string                 `json:"new"`
	Unread   bool                    `json:"unread"`
	At       *time.Time              `json:"at"`
}

// EventRecords returns what happened on linked tickets, as JSON.
func EventRecords(events []tracker.TicketEvent) []EventRecord {
	list := make([]EventRecord, len(events))
	for i, e := range events {
		list[i] = EventRecord{
			TicketID: e.Ticket.ID, Kind: e.Kind, Author: output.OrNull(e.Author), Role: output.OrNull(e.Role), Public: e.Public,
			Text: output.OrNull(e.Text), Old: output.OrNull(e.Old), New: output.OrNull(e.New), Unread: e.Unread, At: output.Stamp(e.At),
		}
	}
	return list
}

// EventLines says what happened on linked tickets, oldest first.
func EventLines(events []tracker.TicketEvent) string {
	var lines strings.Builder
	for _, e := range events {
		if e.Kind != tracker.EventComment {
			fmt.Fprintf(&lines, "%s %s, %s\n", e.Ticket.ID, present.EventChange(e), output.Moment(e.At))
			continue
		}
		visibility := ""
		if !e.Public {
			visibility = ", private"
		}
		fmt.Fprintf(&lines, "%s %s%s, %s\n%s\n", e.Ticket.ID, cmp.Or(e.Author, "somebody"), visibility, output.Moment(e.At), e.Text)
	}
	return lines.String()
}
