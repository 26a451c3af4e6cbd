package store

import (
	"storydesk/store/query"
	"storydesk/tracker"
)

const senderColumns = "integration_id, holder, name, machine, seen_at"

func senderFields(s *tracker.Sender) []any {
	return []any{&s.IntegrationID, &s.Holder, &s.Name, &s.Machine, instant{&s.SeenAt}}
}

// senderReader reads who sends.
type senderReader struct{ of *reader }

// Senders implements tracker.Reader.
func (s senderReader) Senders() ([]tracker.Sender, error) {
	return query.All(s.of.Session, "who sends", senderFields, "SELECT "+senderColumns+" FROM sender ORDER BY integration_id")
}

// SaveSender implements tracker.Writer. On a server it raises no revision: nobody reads
// everything again because somebody is still there.
func (w *integrationWriter) SaveSender(s tracker.Sender) error {
	if w.Turn == nil {
		_, err := w.Exec("noting who sends", saveSender, senderFields(&s)...)
		return err
	}
	changed := w.Turn.Changed
	_, err := w.Exec("noting who sends", saveSender, senderFields(&s)...)
	w.Turn.Changed, w.Turn.Aside = changed, true
	return err
}

const saveSender = "INSERT INTO sender (" + senderColumns + ") VALUES (?, ?, ?, ?, ?) ON CONFLICT (integration_id) DO UPDATE SET " +
	"(holder, name, machine, seen_at) = (excluded.holder, excluded.name, excluded.machine, excluded.seen_at)"
