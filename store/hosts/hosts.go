// Package hosts lists the statements that give an account's rows another host.
//
// Invariants:
//   - Where both hosts have a row with the same key, that of the new host stays.
package hosts

import "fmt"

// Move lists the statements that move an account's rows from host ?1 to
// host ?2, with addresses at ?3. A row that would stand there twice is left behind and deleted.
func Move() []string {
	const movedURL = "url = replace(url, '//' || ?1 || '/', '//' || ?3 || '/')"
	return []string{
		"UPDATE ticket SET host = ?2, " + movedURL + " WHERE host = ?1" + notThere("ticket", "id"),
		"UPDATE view_ticket SET host = ?2 WHERE host = ?1",
		"UPDATE ticket_seen SET host = ?2 WHERE host = ?1" + notThere("ticket_seen", "ticket_id", "person"),
		"UPDATE ticket_event SET host = ?2 WHERE host = ?1" + notThere("ticket_event", "ticket_id", "kind", "key", "new"),
		"UPDATE ticket_followed SET host = ?2 WHERE host = ?1" + notThere("ticket_followed", "ticket_id"),
		"UPDATE ticket_event_seen SET host = ?2 WHERE host = ?1" + notThere("ticket_event_seen", "ticket_id", "person"),
		"DELETE FROM ticket WHERE host = ?1",
		"UPDATE link SET host = ?2, " + movedURL + " WHERE host = ?1" + notThere("link", "story_id", "ticket_id"),
		"DELETE FROM link WHERE host = ?1",
		`INSERT INTO lane (host, ticket_id, fence, lease_until)
			SELECT ?2, ticket_id, fence, lease_until FROM lane WHERE host = ?1
			ON CONFLICT (host, ticket_id) DO UPDATE SET
				fence = 1 + CASE WHEN excluded.fence > lane.fence THEN excluded.fence ELSE lane.fence END,
				lease_until = CASE WHEN excluded.lease_until > lane.lease_until THEN excluded.lease_until ELSE lane.lease_until END`,
		"DELETE FROM lane WHERE host = ?1",
		`DELETE FROM ticket_aside WHERE host = ?2
			AND EXISTS (SELECT 1 FROM ticket_aside AS moved WHERE moved.host = ?1 AND moved.ticket_id = ticket_aside.ticket_id)`,
		"UPDATE ticket_aside SET host = ?2 WHERE host = ?1",
		"UPDATE delivery SET host = ?2 WHERE host = ?1",
	}
}

// notThere is the condition that host ?2 has no row with the same key in a table.
func notThere(table string, key ...string) string {
	same := ""
	for _, column := range key {
		same += fmt.Sprintf(" AND other.%[2]s = %[1]s.%[2]s", table, column)
	}
	return fmt.Sprintf(" AND NOT EXISTS (SELECT 1 FROM %s AS other WHERE other.host = ?2%s)", table, same)
}
