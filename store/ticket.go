package store

import (
	"fmt"
	"time"

	"storydesk/tracker"
)

// The description comes last in the table, and in listings not at all.
const ticketColumns = `ticket.host, ticket.id, subject, status, priority, type, requester, organization, tags, url,
	created_at, updated_at, channel, messaging, custom_status`

func ticketFields(t *tracker.Ticket) []any {
	return []any{
		&t.Host, &t.ID, &t.Subject, &t.Status, &t.Priority, &t.Type, &t.Requester, &t.Organization,
		array[string]{&t.Tags}, &t.URL, instant{&t.CreatedAt}, instant{&t.UpdatedAt}, &t.Channel, &t.Messaging, &t.CustomStatus,
	}
}

// Tickets implements tracker.Reader. While a reading is under way, what it
// brought comes first and what only earlier ones saw behind.
func (r *reader) Tickets(integration tracker.IntegrationID) ([]tracker.Ticket, error) {
	return all(r, "the tickets", ticketFields, "SELECT "+ticketColumns+`
		FROM view_ticket AS seen JOIN ticket ON ticket.host = seen.host AND ticket.id = seen.ticket_id
		WHERE seen.integration_id = ? ORDER BY seen.fetch_id DESC, seen.position`, integration)
}

// Ticket implements tracker.Reader.
func (r *reader) Ticket(key tracker.TicketKey) (tracker.Ticket, error) {
	return one(r, fmt.Sprintf("ticket %s of %s here yet", key.ID, key.Host),
		func(t *tracker.Ticket) []any { return append(ticketFields(t), &t.Description) },
		"SELECT "+ticketColumns+", description FROM ticket WHERE host = ? AND id = ?", key.Host, key.ID)
}

// SaveTicket implements tracker.Writer. News that are older than what is saved
// are passed over, and a description stays when the new one is empty: answers
// may overtake one another, and some leave it out.
func (w *ticketWriter) SaveTicket(t tracker.Ticket) error {
	_, err := w.exec("saving ticket "+t.ID.String(), `
		INSERT INTO ticket (host, id, subject, status, priority, type, requester, organization, tags, url,
			created_at, updated_at, channel, messaging, custom_status, description)
		VALUES (`+placeholders(16)+`)
		ON CONFLICT DO UPDATE SET (subject, status, priority, type, requester, organization, tags, url,
			created_at, updated_at, channel, messaging, custom_status, description) = (excluded.subject, excluded.status,
			excluded.priority, excluded.type, excluded.requester, excluded.organization, excluded.tags, excluded.url,
			excluded.created_at, excluded.updated_at, excluded.channel, excluded.messaging, excluded.custom_status, coalesce(nullif(excluded.description, ''), description))
		WHERE excluded.updated_at >= updated_at`, append(ticketFields(&t), t.Description)...)
	return err
}

// dropUnusedTickets deletes an account's tickets that stand in no view and on
// no story.
func dropUnusedTickets(w *statements, host string) error {
	_, err := w.exec("removing tickets", `
		DELETE FROM ticket WHERE host = ?
			AND NOT EXISTS (SELECT 1 FROM view_ticket AS seen WHERE seen.host = ticket.host AND seen.ticket_id = ticket.id)
			AND NOT EXISTS (SELECT 1 FROM link WHERE link.host = ticket.host AND link.ticket_id = ticket.id)`, host)
	return err
}

// SeenUpTo implements tracker.Reader.
func (r *reader) SeenUpTo(key tracker.TicketKey) (time.Time, error) {
	at, err := one(r, "seeing of "+key.String(), func(t *time.Time) []any { return []any{instant{t}} },
		"SELECT coalesce((SELECT up_to FROM ticket_seen WHERE host = ? AND ticket_id = ?), 0)", key.Host, key.ID)
	return at, err
}

// SeeTicket implements tracker.Writer.
func (w *ticketWriter) SeeTicket(key tracker.TicketKey, upTo time.Time) error {
	_, err := w.exec("noting that "+key.String()+" was seen", `
		INSERT INTO ticket_seen (host, ticket_id, up_to) SELECT host, id, ? FROM ticket WHERE host = ? AND id = ?
		ON CONFLICT DO UPDATE SET up_to = max(up_to, excluded.up_to)`, millis(upTo), key.Host, key.ID)
	return err
}
