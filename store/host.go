package store

// MoveHost implements tracker.Writer. Where both hosts have a row for one
// ticket, the new host's stays; of two lanes the private comments are queued in one, by
// their numbers, and claims on either are void. Addresses of integrations and
// tickets follow, unless baseURL is empty.
func (w *integrationWriter) MoveHost(from, to, baseURL string) error {
	const doing = "moving an account to another host"
	_, err := w.exec(doing, "UPDATE integration SET host = ?, url = coalesce(nullif(?, ''), url), version = version + 1 WHERE host = ?", to, baseURL, from)
	if err != nil || from == to {
		return err
	}
	address := to
	if baseURL == "" {
		address = from
	}
	for _, statement := range moveHost() {
		if _, err := w.exec(doing, statement, from, to, address); err != nil {
			return err
		}
	}
	return (&outboxWriter{w.statements}).followLanes("host = ?", to)
}

// moveHost lists the statements that move an account's rows from host ?1 to
// host ?2, with addresses at ?3. A row that would stand there twice is left behind and deleted.
func moveHost() []string {
	const movedURL = "url = replace(url, '//' || ?1 || '/', '//' || ?3 || '/')"
	return []string{
		"UPDATE OR IGNORE ticket SET host = ?2, " + movedURL + " WHERE host = ?1",
		"UPDATE view_ticket SET host = ?2 WHERE host = ?1",
		"UPDATE OR IGNORE ticket_seen SET host = ?2 WHERE host = ?1",
		"UPDATE OR IGNORE ticket_event SET host = ?2 WHERE host = ?1",
		"UPDATE OR IGNORE ticket_followed SET host = ?2 WHERE host = ?1",
		"UPDATE OR IGNORE ticket_event_seen SET host = ?2 WHERE host = ?1",
		"DELETE FROM ticket WHERE host = ?1",
		"UPDATE OR IGNORE link SET host = ?2, " + movedURL + " WHERE host = ?1",
		"DELETE FROM link WHERE host = ?1",
		`INSERT INTO lane (host, ticket_id, fence, lease_until)
			SELECT ?2, ticket_id, fence, lease_until FROM lane WHERE host = ?1
			ON CONFLICT DO UPDATE SET fence = max(fence, excluded.fence) + 1,
				lease_until = max(lease_until, excluded.lease_until)`,
		"DELETE FROM lane WHERE host = ?1",
		"UPDATE OR REPLACE ticket_aside SET host = ?2 WHERE host = ?1",
		"UPDATE delivery SET host = ?2 WHERE host = ?1",
	}
}
