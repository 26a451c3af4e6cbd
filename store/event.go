package store

import (
	"storydesk/store/marks"
	"storydesk/store/query"
	"storydesk/tracker"
	"storydesk/tracker/viewer"
)

const eventColumns = "event.id, event.host, event.ticket_id, kind, key, author, role, public, old, new, at, noted_at, text"

func eventFields(e *tracker.TicketEvent) []any {
	return []any{
		&e.ID, &e.Ticket.Host, &e.Ticket.ID, &e.Kind, &e.Key, &e.Author, &e.Role, &e.Public, &e.Old, &e.New,
		instant{&e.At}, instant{&e.NotedAt}, &e.Text,
	}
}

const (
	// sinceLink holds for an event that was learned after a link was made.
	sinceLink  = "event.noted_at >= link.created_at"
	eventOrder = " ORDER BY at, event.id"
)

func unreadEventFields(e *tracker.TicketEvent) []any { return append(eventFields(e), &e.Unread) }

// StoryEvents implements tracker.Reader.
func (r eventReader) StoryEvents(story tracker.StoryID) ([]tracker.TicketEvent, error) {
	return query.All(r.of.Session, "what happened on the tickets", unreadEventFields, "SELECT "+eventColumns+", "+marks.EventUnread("?1")+`
		FROM link JOIN ticket_event AS event ON event.host = link.host AND event.ticket_id = link.ticket_id
		WHERE link.story_id = ?2 AND `+sinceLink+eventOrder, viewer.Of(r.of.Context), story)
}

// TicketEvents implements tracker.Reader.
func (r eventReader) TicketEvents(ticket tracker.TicketKey) ([]tracker.TicketEvent, error) {
	return query.All(r.of.Session, "what happened on the ticket", unreadEventFields, "SELECT "+eventColumns+", "+marks.EventUnread("?1")+`
		FROM ticket_event AS event WHERE event.host = ?2 AND event.ticket_id = ?3`+eventOrder, viewer.Of(r.of.Context), ticket.Host, ticket.ID)
}

// AddTicketEvent implements tracker.Writer.
func (w *ticketWriter) AddTicketEvent(e *tracker.TicketEvent) (added bool, err error) {
	ids, err := query.All(w.Session, "what happened on ticket "+e.Ticket.ID.String(), query.Itself[int64], `
		INSERT INTO ticket_event (host, ticket_id, kind, key, author, role, public, old, new, at, noted_at, text)
		VALUES (`+query.Placeholders(12)+`) ON CONFLICT (host, ticket_id, kind, key, new) DO NOTHING RETURNING id`, eventFields(e)[1:]...)
	if err != nil || len(ids) == 0 {
		return false, err
	}
	e.ID = ids[0]
	return true, nil
}

// SeeTicketEvents implements tracker.Writer.
func (w *ticketWriter) SeeTicketEvents(ticket tracker.TicketKey, upTo int64) (unread bool, err error) {
	if err := w.BeginMarks(); err != nil {
		return false, err
	}
	return marks.SeeEvents(w.marking(ticket.String()), viewer.Of(w.Context), ticket, upTo)
}

// Followed implements tracker.Reader.
func (r eventReader) Followed(host string) ([]tracker.Followed, error) {
	return query.All(r.of.Session, "the followed tickets", func(f *tracker.Followed) []any {
		return append(ticketFields(&f.Ticket), instant{&f.Since}, instant{&f.ReadTo}, &f.Status, &f.Priority, &f.Satisfaction)
	}, "SELECT "+ticketColumns+`, coalesce(since, 0), coalesce(read_to, 0), coalesce(known_status, ''), coalesce(known_priority, ''), coalesce(known_satisfaction, '')
		FROM ticket LEFT JOIN (SELECT host AS followed_host, ticket_id AS followed_id, since, read_to,
				status AS known_status, priority AS known_priority, satisfaction AS known_satisfaction FROM ticket_followed) AS followed
			ON followed_host = ticket.host AND followed_id = ticket.id
		WHERE ticket.host = ? AND EXISTS (SELECT 1 FROM link JOIN story ON story.id = link.story_id
			WHERE link.host = ticket.host AND link.ticket_id = ticket.id AND `+notDeleted+`) ORDER BY ticket.id`, host)
}

// replaceFollowed puts what is known of a followed ticket in the place of what was.
const replaceFollowed = ` ON CONFLICT (host, ticket_id) DO UPDATE SET (since, read_to, status, priority, satisfaction) =
	(excluded.since, excluded.read_to, excluded.status, excluded.priority, excluded.satisfaction)`

// SaveFollowed implements tracker.Writer.
func (w *ticketWriter) SaveFollowed(f tracker.Followed) error {
	_, err := w.Exec("following "+f.Ticket.String(), `
		INSERT INTO ticket_followed (host, ticket_id, since, read_to, status, priority, satisfaction) VALUES (`+query.Placeholders(7)+")"+replaceFollowed,
		f.Ticket.Host, f.Ticket.ID, millis(f.Since), millis(f.ReadTo), f.Status, f.Priority, f.Satisfaction)
	return err
}

// follow begins to follow a ticket that is not linked to any story yet: what is
// known of it now was there before.
func (w *ticketWriter) follow(ticket tracker.TicketKey) error {
	_, err := w.Exec("following "+ticket.String(), `
		INSERT INTO ticket_followed (host, ticket_id, since, read_to, status, priority, satisfaction)
			SELECT host, id, updated_at, updated_at, status, priority, satisfaction FROM ticket
			WHERE host = ?1 AND id = ?2 AND NOT EXISTS (SELECT 1 FROM link WHERE host = ?1 AND ticket_id = ?2)`+replaceFollowed, ticket.Host, ticket.ID)
	return err
}
