package store

import (
	"storydesk/store/query"
	"storydesk/tracker"
)

func asideFields(a *tracker.Aside) []any {
	return []any{
		&a.Ticket.Host, &a.Ticket.ID, &a.Kind, &a.Reason, instant{&a.Until}, instant{&a.UpdatedAt}, instant{&a.RepliedAt}, &a.By, instant{&a.At},
	}
}

const asideColumns = "host, ticket_id, kind, reason, until, updated_at, replied_at, author, created_at"

// Asides implements tracker.Reader.
func (r *reader) Asides(host string) (map[tracker.TicketID]tracker.Aside, error) {
	list, err := query.All(r.Session, "the dismissed and snoozed tickets", asideFields, "SELECT "+asideColumns+" FROM ticket_aside WHERE host = ?", host)
	if err != nil {
		return nil, err
	}
	asides := make(map[tracker.TicketID]tracker.Aside, len(list))
	for _, a := range list {
		asides[a.Ticket.ID] = a
	}
	return asides, nil
}

// SaveAside implements tracker.Writer.
func (w *asideWriter) SaveAside(a tracker.Aside) error {
	_, err := w.Exec("putting ticket "+a.Ticket.ID.String()+" aside",
		"INSERT INTO ticket_aside ("+asideColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (host, ticket_id) DO UPDATE SET "+
			"("+asideColumns+") = ("+query.Excluded(asideColumns)+")", asideFields(&a)...)
	return err
}

// RemoveAside implements tracker.Writer.
func (w *asideWriter) RemoveAside(ticket tracker.TicketKey) error {
	removed, err := w.Exec("restoring ticket "+ticket.ID.String(), "DELETE FROM ticket_aside WHERE host = ? AND ticket_id = ?", ticket.Host, ticket.ID)
	if err == nil && removed == 0 {
		return query.NotFound(ticket.ID.String() + " among the dismissed and snoozed tickets")
	}
	return err
}
