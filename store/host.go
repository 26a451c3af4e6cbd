package store

// MoveHost implements tracker.Writer. Where both hosts have a row for one
// ticket, the new host's stays; of two lanes the notes are queued in one, by
// their numbers, and claims on either are void. Addresses in links follow.
func (w *writer) MoveHost(from, to, baseURL string) error {
	const doing = "moving an account to another host"
	statements := []struct {
		sql  string
		args []any
	}{
		{"UPDATE integration SET host = ?, url = ?, version = version + 1 WHERE host = ?", []any{to, baseURL, from}},
	}
	if from != to {
		statements = append(statements, []struct {
			sql  string
			args []any
		}{
			{"UPDATE OR IGNORE ticket SET host = ?1, url = replace(url, '//' || ?2 || '/', '//' || ?1 || '/') WHERE host = ?2", []any{to, from}},
			{"UPDATE view_ticket SET host = ? WHERE host = ?", []any{to, from}},
			{"DELETE FROM ticket WHERE host = ?", []any{from}},
			{"UPDATE OR IGNORE link SET host = ?1, url = replace(url, '//' || ?2 || '/', '//' || ?1 || '/') WHERE host = ?2", []any{to, from}},
			{"DELETE FROM link WHERE host = ?", []any{from}},
			{`INSERT INTO lane (host, ticket_id, fence, lease_until)
				SELECT ?, ticket_id, fence, lease_until FROM lane WHERE host = ?
				ON CONFLICT DO UPDATE SET fence = max(fence, excluded.fence) + 1, lease_until = max(lease_until, excluded.lease_until)`,
				[]any{to, from}},
			{"DELETE FROM lane WHERE host = ?", []any{from}},
			{"UPDATE delivery SET host = ? WHERE host = ?", []any{to, from}},
		}...)
	}
	for _, s := range statements {
		if _, err := w.exec(doing, s.sql, s.args...); err != nil {
			return err
		}
	}
	return w.followLanes("host = ?", to)
}
