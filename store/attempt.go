package store

import (
	"time"

	"storydesk/store/query"
	"storydesk/tracker"
)

// attemptReader reads the tries of deliveries.
type attemptReader struct{ of *reader }

// DeliveryAttempts implements tracker.Reader.
func (r attemptReader) DeliveryAttempts(ids ...tracker.DeliveryID) (map[tracker.DeliveryID][]tracker.DeliveryAttempt, error) {
	type row struct {
		delivery tracker.DeliveryID
		attempt  tracker.DeliveryAttempt
	}
	list, err := query.All(r.of.Session, "the attempts of deliveries", func(t *row) []any {
		return []any{&t.delivery, instant{&t.attempt.At}, &t.attempt.State, &t.attempt.Code, &t.attempt.Reason}
	}, `SELECT delivery_id, at, state, code, reason FROM delivery_attempt
		WHERE delivery_id IN (SELECT value FROM json_each(?)) ORDER BY delivery_id, number`, array[tracker.DeliveryID]{&ids})
	attempts := make(map[tracker.DeliveryID][]tracker.DeliveryAttempt)
	for _, t := range list {
		attempts[t.delivery] = append(attempts[t.delivery], t.attempt)
	}
	return attempts, err
}

// OldestPending implements tracker.Reader.
func (r attemptReader) OldestPending() (madeAt time.Time, ok bool, err error) {
	return due(r.of, "SELECT min(created_at) FROM delivery WHERE state IN "+InLane)
}

// addAttempt puts a try in the place of the one that many before it.
const addAttempt = `
	INSERT INTO delivery_attempt (delivery_id, slot, number, at, state, code, reason)
	SELECT ?1, next % ?2, next, ?3, ?4, ?5, ?6
	FROM (SELECT coalesce(max(number), 0) + 1 AS next FROM delivery_attempt WHERE delivery_id = ?1) AS tries WHERE true
	ON CONFLICT (delivery_id, slot) DO UPDATE SET (number, at, state, code, reason) =
		(excluded.number, excluded.at, excluded.state, excluded.code, excluded.reason)`

// AddDeliveryAttempt implements tracker.Writer.
func (w *outboxWriter) AddDeliveryAttempt(id tracker.DeliveryID, a tracker.DeliveryAttempt) error {
	_, err := w.Exec("saving an attempt of "+deliveryName(id), addAttempt, id, tracker.MaxAttempts, millis(a.At), a.State, a.Code, a.Reason)
	return err
}
