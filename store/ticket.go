package store

import (
	"fmt"
	"time"

	"storydesk/store/marks"
	"storydesk/store/query"
	"storydesk/tracker"
	"storydesk/tracker/viewer"
)

// The description comes last in the table, and in listings not at all.
const ticketColumns = `ticket.host, ticket.id, subject, status, priority, type, requester, organization, tags, url,
	created_at, updated_at, channel, messaging, custom_status, satisfaction,
	sla_told, sla_metric, sla_breach_at, sla_paused, progress_told, replied_at, solved_at`

func ticketFields(t *tracker.Ticket) []any {
	return []any{
		&t.Host, &t.ID, &t.Subject, &t.Status, &t.Priority, &t.Type, &t.Requester, &t.Organization,
		array[string]{&t.Tags}, &t.URL, instant{&t.CreatedAt}, instant{&t.UpdatedAt}, &t.Channel, &t.Messaging, &t.CustomStatus, &t.Satisfaction,
		&t.SLA.Told, &t.SLA.Metric, instant{&t.SLA.BreachAt}, &t.SLA.Paused,
		&t.Progress.Told, instant{&t.Progress.RepliedAt}, instant{&t.Progress.SolvedAt},
	}
}

// Tickets implements tracker.Reader. While a reading is under way, what it
// brought comes first and what only earlier ones saw behind.
func (r *reader) Tickets(integration tracker.IntegrationID) ([]tracker.TicketRow, error) {
	return query.All(r.Session, "the tickets", ticketRow, selectTicketRow()+`
		FROM view_ticket AS listed JOIN ticket ON ticket.host = listed.host AND ticket.id = listed.ticket_id
		WHERE listed.integration_id = ?2 ORDER BY listed.fetch_id DESC, listed.position`, viewer.Of(r.Context), integration)
}

// selectTicketRow asks for a ticket with whether it is unread to parameter 1.
func selectTicketRow() string { return "SELECT " + ticketColumns + ", " + marks.TicketUnread("?1") }

func ticketRow(t *tracker.TicketRow) []any { return append(ticketFields(&t.Ticket), &t.Unread) }

// OutsideView implements tracker.Reader. A ticket's links are few and a project's stories
// many: the cross join keeps SQLite from going through the stories for each ticket
// (https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join).
func (r eventReader) OutsideView(integration tracker.IntegrationID, statuses ...tracker.TicketStatus) ([]tracker.TicketRow, error) {
	return query.All(r.of.Session, "the tickets outside the view", ticketRow, selectTicketRow()+`
		FROM ticket WHERE ticket.host = (SELECT host FROM integration WHERE id = ?2) AND status IN (SELECT value FROM json_each(?3))
			AND NOT EXISTS (SELECT 1 FROM view_ticket AS listed WHERE listed.integration_id = ?2 AND listed.host = ticket.host AND listed.ticket_id = ticket.id)
			AND EXISTS (SELECT 1 FROM link CROSS JOIN story
				WHERE story.id = link.story_id AND link.host = ticket.host AND link.ticket_id = ticket.id AND story.project_id = (SELECT project_id FROM integration WHERE id = ?2) AND `+notDeleted+`)
		ORDER BY ticket.id`, viewer.Of(r.of.Context), integration, array[tracker.TicketStatus]{&statuses})
}

// Ticket implements tracker.Reader.
func (r *reader) Ticket(key tracker.TicketKey) (tracker.Ticket, error) {
	return query.One(r.Session, fmt.Sprintf("ticket %s of %s here yet", key.ID, key.Host),
		func(t *tracker.Ticket) []any { return append(ticketFields(t), &t.Description) },
		"SELECT "+ticketColumns+", description FROM ticket WHERE host = ? AND id = ?", key.Host, key.ID)
}

// SaveTicket implements tracker.Writer. News that are older than what is saved
// are passed over, and a description stays when the new one is empty: answers
// may overtake one another, and some leave it out.
func (w *ticketWriter) SaveTicket(t tracker.Ticket) error { return w.saveTicket(t, false) }

// saveTicket is SaveTicket. What is not told of the SLA and of progress is cleared
// where the answer is whole.
func (w *ticketWriter) saveTicket(t tracker.Ticket, whole bool) error {
	_, err := w.Exec("saving ticket "+t.ID.String(), saveTicket, append(ticketFields(&t), t.Description, whole)...)
	return err
}

const (
	// saveTicket inserts what ticketColumns and the description are; its last
	// parameter says whether the answer is whole, and has its number in slaCounts and
	// progressCounts.
	saveTicket = `
		INSERT INTO ticket (host, id, subject, status, priority, type, requester, organization, tags, url,
			created_at, updated_at, channel, messaging, custom_status, satisfaction,
			sla_told, sla_metric, sla_breach_at, sla_paused, progress_told, replied_at, solved_at, description)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)
		ON CONFLICT (host, id) DO UPDATE SET
			(subject, status, priority, type, requester, organization, tags, url, created_at, updated_at, channel, messaging, custom_status, satisfaction) =
			(excluded.subject, excluded.status, excluded.priority, excluded.type, excluded.requester, excluded.organization, excluded.tags, excluded.url,
			excluded.created_at, excluded.updated_at, excluded.channel, excluded.messaging, excluded.custom_status, excluded.satisfaction),
			description = coalesce(nullif(excluded.description, ''), ticket.description),
			sla_told = CASE WHEN ` + slaCounts + ` THEN excluded.sla_told ELSE ticket.sla_told END,
			sla_metric = CASE WHEN ` + slaCounts + ` THEN excluded.sla_metric ELSE ticket.sla_metric END,
			sla_breach_at = CASE WHEN ` + slaCounts + ` THEN excluded.sla_breach_at ELSE ticket.sla_breach_at END,
			sla_paused = CASE WHEN ` + slaCounts + ` THEN excluded.sla_paused ELSE ticket.sla_paused END,
			progress_told = CASE WHEN ` + progressCounts + ` THEN excluded.progress_told ELSE ticket.progress_told END,
			replied_at = CASE WHEN ` + progressCounts + ` THEN excluded.replied_at ELSE ticket.replied_at END,
			solved_at = CASE WHEN ` + progressCounts + ` THEN excluded.solved_at ELSE ticket.solved_at END
		WHERE excluded.updated_at >= ticket.updated_at`
	slaCounts      = "(?25 OR excluded.sla_told)"
	progressCounts = "(?25 OR excluded.progress_told)"
)

// dropUnusedTickets deletes an account's tickets that stand in no view and on
// no story.
func dropUnusedTickets(w *statements, host string) error {
	_, err := w.Exec("removing tickets", `
		DELETE FROM ticket WHERE host = ?
			AND NOT EXISTS (SELECT 1 FROM view_ticket AS seen WHERE seen.host = ticket.host AND seen.ticket_id = ticket.id)
			AND NOT EXISTS (SELECT 1 FROM link WHERE link.host = ticket.host AND link.ticket_id = ticket.id)`, host)
	return err
}

// SeenUpTo implements tracker.Reader.
func (r *reader) SeenUpTo(key tracker.TicketKey) (time.Time, error) {
	return query.One(r.Session, "seeing of "+key.String(), func(t *time.Time) []any { return []any{instant{t}} },
		marks.SeenUpTo(), key.Host, key.ID, viewer.Of(r.Context))
}

// SeeTicket implements tracker.Writer.
func (w *ticketWriter) SeeTicket(key tracker.TicketKey, upTo time.Time) error {
	if err := w.BeginMarks(); err != nil {
		return err
	}
	return marks.See(w.marking(key.String()), viewer.Of(w.Context), key, millis(upTo))
}

// KeepSeen implements tracker.Writer.
func (w *ticketWriter) KeepSeen(key tracker.TicketKey, before, after time.Time) error {
	return marks.Keep(w.marking(key.String()), key, before, after)
}

// BeginMarks implements tracker.Writer. It does so once in a transaction.
func (w *ticketWriter) BeginMarks() error {
	if w.held != nil && w.held.looked {
		return nil
	}
	err := marks.Begin(w.marking("all tickets"), viewer.Of(w.Context))
	if w.held != nil {
		w.held.looked = err == nil
	}
	return err
}

// marking runs the statements of marks.
func (w *ticketWriter) marking(of string) marks.Exec {
	return func(statement string, args ...any) (int64, error) {
		return w.Exec("noting what was seen of "+of, statement, args...)
	}
}
