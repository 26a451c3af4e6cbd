package store

import "storydesk/tracker"

const senderColumns = "integration_id, holder, name, machine, seen_at"

func senderFields(s *tracker.Sender) []any {
	return []any{&s.IntegrationID, &s.Holder, &s.Name, &s.Machine, instant{&s.SeenAt}}
}

// senderReader reads who sends.
type senderReader struct{ of *reader }

// Senders implements tracker.Reader.
func (s senderReader) Senders() ([]tracker.Sender, error) {
	return all(s.of, "who sends", senderFields, "SELECT "+senderColumns+" FROM sender ORDER BY integration_id")
}

// SaveSender implements tracker.Writer. On a server it raises no revision: nobody reads
// everything again because somebody is still there.
func (w *integrationWriter) SaveSender(s tracker.Sender) error {
	if w.turn == nil {
		_, err := w.exec("noting who sends", saveSender, senderFields(&s)...)
		return err
	}
	changed := w.turn.changed
	_, err := w.exec("noting who sends", saveSender, senderFields(&s)...)
	w.turn.changed, w.turn.aside = changed, true
	return err
}

const saveSender = "INSERT INTO sender (" + senderColumns + ") VALUES (?, ?, ?, ?, ?) ON CONFLICT (integration_id) DO UPDATE SET " +
	"(holder, name, machine, seen_at) = (excluded.holder, excluded.name, excluded.machine, excluded.seen_at)"
