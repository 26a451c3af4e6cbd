package store

import "storydesk/store/hosts"

// MoveHost implements tracker.Writer. Where both hosts have a row for one
// ticket, the new host's stays; of two lanes the private comments are queued in one, by
// their numbers, and claims on either are void. Addresses of integrations and
// tickets follow, unless baseURL is empty.
func (w *integrationWriter) MoveHost(from, to, baseURL string) error {
	const doing = "moving an account to another host"
	w.held.forgetIntegrations()
	_, err := w.Exec(doing, "UPDATE integration SET host = ?, url = coalesce(nullif(?, ''), url), version = version + 1 WHERE host = ?", to, baseURL, from)
	if err != nil || from == to {
		return err
	}
	address := to
	if baseURL == "" {
		address = from
	}
	for _, statement := range hosts.Move() {
		if _, err := w.Exec(doing, statement, from, to, address); err != nil {
			return err
		}
	}
	return (&outboxWriter{w.statements}).followLanes("host = ?", to)
}
