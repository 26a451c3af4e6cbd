package store

import (
	"fmt"

	"storydesk/store/query"
	"storydesk/tracker"
)

// An integration has one row in fetch, that of the reading begun last. Earlier
// readings that are still under way, perhaps in another process, have been
// overtaken: their tickets are news, but the view is no longer theirs to change.

const fetchColumns = "integration_id, id, started_at, finished_at, total, partial, problem, next_page, next_at, beside, asked"

func fetchFields(f *tracker.Fetch) []any {
	return []any{
		&f.IntegrationID, &f.ID, instant{&f.StartedAt}, instant{&f.FinishedAt}, &f.Total, &f.Partial, &f.Problem,
		&f.Next, instant{&f.NextAt}, &f.Beside, &f.Asked,
	}
}

// Fetch implements tracker.Reader.
func (r *reader) Fetch(integration tracker.IntegrationID) (tracker.Fetch, error) {
	return query.One(r.Session, fmt.Sprintf("reading of the view of %s yet", integrationName(integration)), fetchFields,
		"SELECT "+fetchColumns+` FROM "fetch" WHERE integration_id = ?`, integration)
}

// BeginFetch implements tracker.Writer.
func (w *ticketWriter) BeginFetch(f *tracker.Fetch) (err error) {
	if f.ID, err = w.Next("fetch"); err != nil {
		return err
	}
	_, err = w.Exec("beginning to read a view",
		`INSERT INTO "fetch" (`+fetchColumns+") VALUES ("+query.Placeholders(11)+") ON CONFLICT (integration_id) DO UPDATE SET "+
			"("+fetchColumns+") = ("+query.Excluded(fetchColumns)+")", fetchFields(f)...)
	return err
}

// SaveTickets implements tracker.Writer. A ticket that a reading brings twice
// keeps its first place.
func (w *ticketWriter) SaveTickets(f tracker.Fetch, tickets []tracker.Ticket) error {
	for _, t := range tickets {
		if err := w.saveTicket(t, true); err != nil {
			return err
		}
	}
	newest, err := w.saveFetch(f)
	if err != nil || !newest {
		return err
	}
	place, err := query.One(w.Session, "place in the view", query.Itself[int64],
		"SELECT coalesce(max(position), 0) FROM view_ticket WHERE integration_id = ? AND fetch_id = ?", f.IntegrationID, f.ID)
	if err != nil {
		return err
	}
	for i, t := range tickets {
		_, err := w.Exec("saving a view", `
			INSERT INTO view_ticket (integration_id, ticket_id, host, fetch_id, position) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (integration_id, ticket_id) DO UPDATE SET (host, fetch_id, position) = (excluded.host, excluded.fetch_id, excluded.position)
			WHERE excluded.fetch_id > view_ticket.fetch_id`, f.IntegrationID, t.ID, t.Host, f.ID, place+int64(i)+1)
		if err != nil {
			return err
		}
	}
	return nil
}

// EndFetch implements tracker.Writer.
func (w *ticketWriter) EndFetch(f tracker.Fetch) error {
	newest, err := w.saveFetch(f)
	if err != nil || !newest || f.Partial || f.Problem != "" {
		return err
	}
	_, err = w.Exec("ending the reading of a view",
		"DELETE FROM view_ticket WHERE integration_id = ? AND fetch_id <> ?", f.IntegrationID, f.ID)
	if err != nil {
		return err
	}
	in, err := w.Integration(f.IntegrationID)
	if err != nil {
		return err
	}
	return dropUnusedTickets(w.statements, in.Host)
}

// saveFetch changes the row of a reading. newest is false when it was
// overtaken; CodeNotFound means that the view is gone.
func (w *ticketWriter) saveFetch(f tracker.Fetch) (newest bool, err error) {
	saved, err := w.Exec("saving the reading of a view",
		`UPDATE "fetch" SET (`+fetchColumns+") = ("+query.Placeholders(11)+") WHERE integration_id = ? AND id = ?",
		append(fetchFields(&f), f.IntegrationID, f.ID)...)
	if err != nil || saved == 1 {
		return saved == 1, err
	}
	_, err = w.Fetch(f.IntegrationID)
	return false, err
}

// forgetView deletes what was read of an integration's view.
func forgetView(w *statements, id tracker.IntegrationID, host string) error {
	for _, statement := range []string{
		"DELETE FROM view_ticket WHERE integration_id = ?",
		`DELETE FROM "fetch" WHERE integration_id = ?`,
	} {
		if _, err := w.Exec("removing a view", statement, id); err != nil {
			return err
		}
	}
	return dropUnusedTickets(w, host)
}
