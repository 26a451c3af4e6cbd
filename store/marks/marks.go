package marks

import (
	"fmt"
	"time"

	"storydesk/tracker"
)

// tables hold the marks: up to which update a ticket was seen, and up to which of its events.
func tables() []string { return []string{"ticket_seen", "ticket_event_seen"} }

// counts is the condition that a row counts for who looks, whose name a parameter holds.
func counts(viewer string) string {
	return "(seen.person IN ('', " + viewer + ") OR NOT EXISTS (SELECT 1 FROM viewer WHERE viewer.name = " + viewer + "))"
}

// TicketUnread is the condition that who looks, whose name a parameter holds, has not seen a
// ticket as it is.
func TicketUnread(viewer string) string {
	return `NOT EXISTS (SELECT 1 FROM ticket_seen AS seen
		WHERE seen.host = ticket.host AND seen.ticket_id = ticket.id AND seen.up_to >= ticket.updated_at AND ` + counts(viewer) + ")"
}

// EventUnread is the condition that who looks has not seen an event.
func EventUnread(viewer string) string {
	return `NOT EXISTS (SELECT 1 FROM ticket_event_seen AS seen
		WHERE seen.host = event.host AND seen.ticket_id = event.ticket_id AND seen.up_to >= event.id AND ` + counts(viewer) + ")"
}

// EventsOfLink is up to which event who looks has seen the ticket of a link.
func EventsOfLink(viewer string) string {
	return `coalesce((SELECT max(seen.up_to) FROM ticket_event_seen AS seen
		WHERE seen.host = link.host AND seen.ticket_id = link.ticket_id AND ` + counts(viewer) + "), 0)"
}

// SeenUpTo asks up to which update a ticket was seen: of a host and a number, by who looks.
func SeenUpTo() string {
	return "SELECT coalesce(max(up_to), 0) FROM ticket_seen AS seen WHERE host = ?1 AND ticket_id = ?2 AND " + counts("?3")
}

// Exec runs a statement and returns how many rows it changed.
type Exec func(statement string, args ...any) (rows int64, err error)

// Begin gives somebody who looks for the first time marks of their own.
func Begin(exec Exec, person string) error {
	if person == "" {
		return nil
	}
	first, err := exec("INSERT INTO viewer (name) VALUES (?) ON CONFLICT (name) DO NOTHING", person)
	if err != nil || first == 0 {
		return err
	}
	for _, table := range tables() {
		_, err := exec(`INSERT INTO `+table+` (host, ticket_id, person, up_to)
			SELECT host, ticket_id, ?, max(up_to) FROM `+table+` GROUP BY host, ticket_id
			HAVING max(up_to) > max(CASE WHEN person = '' THEN up_to ELSE 0 END)`+further(table), person)
		if err != nil {
			return err
		}
	}
	return nil
}

// further ends a statement that adds marks: one that is there goes on, never back.
func further(table string) string {
	return " ON CONFLICT (host, ticket_id, person) DO UPDATE SET up_to = excluded.up_to WHERE excluded.up_to > " + table + ".up_to"
}

// See notes that somebody has seen a ticket up to an update, in milliseconds. One that is not
// kept is passed over.
func See(exec Exec, person string, ticket tracker.TicketKey, upTo int64) error {
	_, err := exec(`INSERT INTO ticket_seen (host, ticket_id, person, up_to) SELECT host, id, ?, ? FROM ticket WHERE host = ? AND id = ?`+
		further("ticket_seen"), person, upTo, ticket.Host, ticket.ID)
	return err
}

// SeeEvents notes that somebody has seen the events of a ticket up to one, by its id, and
// reports whether one of them was unread.
func SeeEvents(exec Exec, person string, ticket tracker.TicketKey, upTo int64) (unread bool, err error) {
	rows, err := exec(`INSERT INTO ticket_event_seen (host, ticket_id, person, up_to)
		SELECT host, ticket_id, ?1, max(id) FROM ticket_event AS event WHERE host = ?2 AND ticket_id = ?3 AND id <= ?4 AND `+EventUnread("?1")+`
		GROUP BY host, ticket_id`+further("ticket_event_seen"), person, ticket.Host, ticket.ID, upTo)
	return rows > 0, err
}

// Keep lets those who had seen a ticket as it was have seen it after an update too.
func Keep(exec Exec, ticket tracker.TicketKey, before, after time.Time) error {
	_, err := exec("UPDATE ticket_seen SET up_to = ?1 WHERE host = ?2 AND ticket_id = ?3 AND up_to >= ?4 AND up_to < ?1",
		after.UnixMilli(), ticket.Host, ticket.ID, before.UnixMilli())
	return err
}

// Carry gives the marks of a name that nobody has any more to who has another one now. What
// was seen under either is seen.
func Carry(exec Exec, from, to string) error {
	const nobody = " = ?1 AND NOT EXISTS (SELECT 1 FROM person WHERE person.name = ?1)"
	statements := []string{"INSERT INTO viewer (name) SELECT ?2 FROM viewer AS former WHERE former.name" + nobody + " ON CONFLICT (name) DO NOTHING"}
	for _, table := range tables() {
		statements = append(statements, fmt.Sprintf(`INSERT INTO %[1]s (host, ticket_id, person, up_to)
			SELECT host, ticket_id, ?2, up_to FROM %[1]s AS former WHERE former.person%[2]s`, table, nobody)+further(table),
			"DELETE FROM "+table+" WHERE person"+nobody)
	}
	for _, statement := range append(statements, "DELETE FROM viewer WHERE name"+nobody) {
		if _, err := exec(statement, from, to); err != nil {
			return err
		}
	}
	return nil
}
