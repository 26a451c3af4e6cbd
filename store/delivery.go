package store

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"storydesk/store/query"
	"storydesk/tracker"
)

// What a delivery is never changes after it was added: its operation, its
// story, its ticket and who carries it. MoveHost and RemoveIntegration alone
// rewrite the latter two, and a courier that still holds the old values must
// not write them back.
const deliveryIdentity = "operation, story_id, activity_id, comment_id, host, ticket_id, integration_id, kind, created_at"

func deliveryIdentityFields(d *tracker.Delivery) []any {
	return []any{
		&d.Operation, &d.StoryID, &d.ActivityID, &d.CommentID, &d.Ticket.Host, &d.Ticket.ID,
		reference[tracker.IntegrationID]{&d.IntegrationID}, &d.Kind, instant{&d.CreatedAt},
	}
}

const deliveryProgress = `opens, state, attempts, not_before, reason, stamp, sent_at, late, audit_id,
	public, delivered_at, failures, unreachable, not_opened, look_until, refusal, text`

func deliveryProgressFields(d *tracker.Delivery) []any {
	return []any{
		&d.Opens, &d.State, &d.Attempts, instant{&d.NotBefore}, &d.Reason, instant{&d.Stamp}, instant{&d.SentAt},
		&d.Late, &d.AuditID, &d.Public, optionalInstant{&d.DeliveredAt}, &d.Failures, &d.Unreachable, &d.NotOpened,
		instant{&d.LookUntil}, &d.Refusal, &d.Text,
	}
}

func deliveryFields(d *tracker.Delivery) []any {
	return append(deliveryIdentityFields(d), deliveryProgressFields(d)...)
}

// What stands at the head of a delivery's lane is looked up for those in it alone.
const selectDelivery = `SELECT id, seq, coalesce((SELECT name FROM integration WHERE id = delivery.integration_id), ''),
	coalesce((SELECT actor FROM activity WHERE activity.id = delivery.activity_id), ''),
	CASE WHEN state IN ('waiting', 'unconfirmed') THEN coalesce((SELECT nullif(head_id, delivery.id) FROM lane
		WHERE lane.host = delivery.host AND lane.ticket_id = delivery.ticket_id), 0) ELSE 0 END, ` +
	deliveryIdentity + ", " + deliveryProgress + " FROM delivery "

func deliveryRow(d *tracker.Delivery) []any {
	return append([]any{&d.ID, &d.Seq, &d.Integration, &d.Actor, &d.Behind}, deliveryFields(d)...)
}

// laneOf begins the condition that a lane is a delivery's.
const laneOf = "(host, ticket_id)"

// Deliveries implements tracker.Reader.
func (r *reader) Deliveries(q tracker.DeliveryQuery) ([]tracker.Delivery, error) {
	where, args := chosenDeliveries(q)
	if err := lockLanes(r, laneOf+" IN (SELECT host, ticket_id FROM delivery WHERE "+where+")", slices.Clone(args)...); err != nil {
		return nil, err
	}
	args = append(args, cmp.Or(q.Limit, math.MaxInt))
	// Chosen by their ids first: what is sorted then is small.
	chosen := "SELECT id FROM delivery WHERE " + where + " ORDER BY id DESC LIMIT ?"
	return query.All(r.Session, "the deliveries", deliveryRow, selectDelivery+"WHERE id IN ("+chosen+") ORDER BY id DESC", args...)
}

// chosenDeliveries is the condition by which a query chooses deliveries.
func chosenDeliveries(q tracker.DeliveryQuery) (condition string, args []any) {
	where := []string{"true"}
	only := func(condition string, values ...any) {
		where, args = append(where, condition), append(args, values...)
	}
	if q.Story != 0 {
		only("story_id = ?", q.Story)
	}
	if q.Integration != 0 {
		only("integration_id = ?", q.Integration)
	}
	if q.Ticket != (tracker.TicketKey{}) {
		only("host = ? AND ticket_id = ?", q.Ticket.Host, q.Ticket.ID)
	}
	if len(q.States) > 0 {
		only("state IN (SELECT value FROM json_each(?))", array[tracker.DeliveryState]{&q.States})
	}
	if len(q.Stories) > 0 {
		only("story_id IN (SELECT value FROM json_each(?))", array[tracker.StoryID]{&q.Stories})
	}
	if len(q.TicketIDs) > 0 {
		only("ticket_id IN (SELECT value FROM json_each(?))", array[tracker.TicketID]{&q.TicketIDs})
	}
	if len(q.Integrations) > 0 {
		only("integration_id IN (SELECT value FROM json_each(?))", array[tracker.IntegrationID]{&q.Integrations})
	}
	if q.Before != 0 {
		only("id < ?", q.Before)
	}
	return strings.Join(where, " AND "), args
}

// Delivery implements tracker.Reader.
func (r *reader) Delivery(id tracker.DeliveryID) (tracker.Delivery, error) {
	if err := lockLanes(r, laneOf+" = (SELECT host, ticket_id FROM delivery WHERE id = ?)", id); err != nil {
		return tracker.Delivery{}, err
	}
	return query.One(r.Session, deliveryName(id), deliveryRow, selectDelivery+"WHERE id = ?", id)
}

// The states are named, so that the index passes over all others.
const countDeliveries = `
	SELECT state, count(*) FROM delivery WHERE state IN (SELECT value FROM json_each(?)) GROUP BY state`

// DeliveryCounts implements tracker.Reader.
func (r *reader) DeliveryCounts(states ...tracker.DeliveryState) (map[tracker.DeliveryState]int, error) {
	if len(states) == 0 {
		states = slices.DeleteFunc(tracker.DeliveryStates(), func(s tracker.DeliveryState) bool { return s == tracker.DeliverySent })
	}
	type count struct {
		state tracker.DeliveryState
		n     int
	}
	list, err := query.All(r.Session, "the counts of deliveries", func(c *count) []any { return []any{&c.state, &c.n} }, countDeliveries,
		array[tracker.DeliveryState]{&states})
	counts := make(map[tracker.DeliveryState]int, len(list))
	for _, c := range list {
		counts[c.state] = c.n
	}
	return counts, err
}

// AddDelivery implements tracker.Writer.
func (w *outboxWriter) AddDelivery(d tracker.Delivery) error {
	fields := deliveryFields(&d)
	if err := w.Later("numbering a delivery", query.RaiseSequence, sequenceOfDeliveries); err != nil {
		return err
	}
	err := w.Later("adding a delivery", fmt.Sprintf("INSERT INTO delivery (seq, %s, %s) VALUES ((SELECT value FROM sequence WHERE name = ?), %s)",
		deliveryIdentity, deliveryProgress, query.Placeholders(len(fields))), append([]any{sequenceOfDeliveries}, fields...)...)
	if err != nil {
		return err
	}
	if err := w.openLane(d.Ticket); err != nil {
		return err
	}
	return w.followLane(d.Ticket)
}

const sequenceOfDeliveries = "delivery"

// SaveDelivery implements tracker.Writer. See deliveryIdentity for what stays.
func (w *outboxWriter) SaveDelivery(d *tracker.Delivery) error {
	return w.updateDelivery(d.ID, "("+deliveryProgress+") = ("+query.Placeholders(17)+")", deliveryProgressFields(d)...)
}

// RequeueDelivery implements tracker.Writer.
func (w *outboxWriter) RequeueDelivery(d *tracker.Delivery) error {
	seq, err := w.Next(sequenceOfDeliveries)
	if err != nil {
		return err
	}
	d.Seq = seq
	return w.updateDelivery(d.ID, "(seq, "+deliveryProgress+") = ("+query.Placeholders(18)+")",
		append([]any{seq}, deliveryProgressFields(d)...)...)
}

// RemoveDelivery implements tracker.Writer. It fails with CodeRefused when the
// delivery may have left.
func (w *outboxWriter) RemoveDelivery(id tracker.DeliveryID) error {
	d, err := w.Delivery(id)
	switch {
	case err != nil:
		return err
	case d.Attempts > 0 || d.State == tracker.DeliverySending || d.State == tracker.DeliveryUnconfirmed || d.State == tracker.DeliverySent:
		return tracker.Errorf(tracker.CodeRefused, "%s may be on ticket %s already: it stays in the ledger", deliveryName(id), d.Ticket.ID)
	}
	if _, err := w.Exec("removing "+deliveryName(id), "DELETE FROM delivery WHERE id = ?", id); err != nil {
		return err
	}
	return w.followLane(d.Ticket)
}

// updateDelivery changes a row and lets its lane follow, the lane of the ticket
// as it is saved.
func (w *outboxWriter) updateDelivery(id tracker.DeliveryID, assignment string, values ...any) error {
	if err := lockLanes(&w.reader, laneOf+" = (SELECT host, ticket_id FROM delivery WHERE id = ?)", id); err != nil {
		return err
	}
	ticket, err := query.One(w.Session, deliveryName(id),
		func(k *tracker.TicketKey) []any { return []any{&k.Host, &k.ID} },
		"UPDATE delivery SET "+assignment+" WHERE id = ? RETURNING host, ticket_id", append(values, id)...)
	if err != nil {
		return err
	}
	return w.followLane(ticket)
}

func deliveryName(id tracker.DeliveryID) string { return fmt.Sprintf("delivery %d", id) }
