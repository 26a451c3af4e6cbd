package store

import (
	"math"
	"time"

	"storydesk/store/query"
	"storydesk/tracker"
)

// readyLane is the lane of integration i that is due first: one search of the
// index lane_ready. A lane of another host than its integration's is never
// found, for a private comment must not reach another account's ticket of that number.
const readyLane = `(SELECT lane.id FROM lane
	WHERE lane.integration_id = i.id AND lane.host = i.host AND lane.ready_at <= ?1
	ORDER BY lane.ready_at LIMIT 1)`

// claimLane goes through the integrations that send, which are few, and takes
// the first of their ready lanes. The order of its arguments is now, leaseUntil, busy.
const claimLane = `
	UPDATE lane SET fence = fence + 1, lease_until = ?2
	WHERE id = (
		SELECT ready.id FROM integration AS i JOIN lane AS ready ON ready.id = ` + readyLane + `
		WHERE ` + integrationSends + ` AND i.host NOT IN (SELECT value FROM json_each(?3)) AND '#' || i.id NOT IN (SELECT value FROM json_each(?3))
		ORDER BY ready.ready_at LIMIT 1)
	RETURNING host, ticket_id, fence, lease_until, head_id`

// claimLaneOfServer is claimLane for several claimers at a time: each passes over the lanes
// that others are about to claim.
const claimLaneOfServer = `
	UPDATE lane SET fence = fence + 1, lease_until = ?2
	WHERE id = (
		SELECT ready.id FROM integration AS i CROSS JOIN LATERAL (
			SELECT lane.id, lane.ready_at FROM lane
			WHERE lane.integration_id = i.id AND lane.host = i.host AND lane.ready_at <= ?1
			ORDER BY lane.ready_at LIMIT 1 FOR UPDATE SKIP LOCKED) AS ready
		WHERE ` + integrationSends + ` AND i.host NOT IN (SELECT value FROM json_each(?3)) AND '#' || i.id NOT IN (SELECT value FROM json_each(?3))
		ORDER BY ready.ready_at LIMIT 1)
	RETURNING host, ticket_id, fence, lease_until, head_id`

func (w *outboxWriter) claimLane() string {
	if w.On.Server() {
		return claimLaneOfServer
	}
	return claimLane
}

const nextDue = `
	SELECT min(ready_at) FROM integration AS i JOIN lane AS ready ON ready.id = ` + readyLane + `
	WHERE ` + integrationSends + ` AND i.host NOT IN (SELECT value FROM json_each(?2)) AND '#' || i.id NOT IN (SELECT value FROM json_each(?2))`

const latestDue = `
	SELECT max(ready_at) FROM integration AS i JOIN lane AS ready ON ready.id = (
		SELECT lane.id FROM lane WHERE lane.integration_id = i.id AND lane.host = i.host
			AND lane.ready_at IS NOT NULL
		ORDER BY lane.ready_at DESC LIMIT 1)
	WHERE ` + integrationSends

// InLane are the states of deliveries in a lane, for a condition.
const InLane = "('waiting', 'sending', 'unconfirmed')"

const selectSent = `
	SELECT sent_at, attempts FROM delivery
	WHERE host = ?1 AND sent_at > ?2 AND (ticket_id = ?3 OR ?3 = 0) ORDER BY sent_at`

const endOutage = "state IN ('waiting', 'unconfirmed') AND unreachable AND host = ?3"

// bringForward is followed by a condition whose arguments begin at ?3.
const bringForward = "UPDATE delivery SET not_before = ?1 WHERE not_before > ?2 AND "

// followLanes sets what a lane repeats of its head. A head that is being sent
// is due when the lease ends.
const followLanes = `
	UPDATE lane SET (head_id, integration_id, due_at) = (
		SELECT id, integration_id, CASE state WHEN 'sending' THEN 0 ELSE not_before END FROM delivery AS d
		WHERE d.host = lane.host AND d.ticket_id = lane.ticket_id AND d.state IN ` + InLane + `
		ORDER BY seq LIMIT 1)
	WHERE `

func laneFields(l *tracker.Lane) []any {
	return []any{&l.Ticket.Host, &l.Ticket.ID, &l.Fence, instant{&l.LeaseUntil}}
}

// Lane implements tracker.Reader.
func (r *reader) Lane(ticket tracker.TicketKey) (tracker.Lane, error) {
	return query.One(r.Session, "lane of ticket "+ticket.ID.String(), laneFields,
		"SELECT host, ticket_id, fence, lease_until FROM lane WHERE host = ? AND ticket_id = ?"+r.held.holding("lane"), ticket.Host, ticket.ID)
}

// NextDue implements tracker.Reader. A lane under a lease is due when the
// lease ends; one whose head was being sent when its lease ended is overdue
// since ever.
func (r *reader) NextDue(busy ...string) (at time.Time, ok bool, err error) {
	return due(r, nextDue, int64(math.MaxInt64), array[string]{&busy})
}

// LatestDue implements tracker.Reader.
func (r *reader) LatestDue() (at time.Time, ok bool, err error) { return due(r, latestDue) }

func due(r *reader, statement string, args ...any) (at time.Time, ok bool, err error) {
	ms, err := query.One(r.Session, "lane", query.Itself[*int64], statement, args...)
	if err != nil || ms == nil {
		return time.Time{}, false, err
	}
	return fromMillis(*ms), true, nil
}

// Sent implements tracker.Reader.
func (r *reader) Sent(ticket tracker.TicketKey, since time.Time) ([]tracker.Sent, error) {
	return query.All(r.Session, "what was sent", func(s *tracker.Sent) []any { return []any{instant{&s.At}, &s.Attempts} },
		selectSent, ticket.Host, millis(since), ticket.ID)
}

// ClaimLane implements tracker.Writer. The head may be one that was being sent
// when its lease ran out.
func (w *outboxWriter) ClaimLane(now, leaseUntil time.Time, busy []string) (c tracker.Claim, ok bool, err error) {
	type claimed struct {
		lane tracker.Lane
		head tracker.DeliveryID
	}
	won, err := query.One(w.Session, "lane that is due",
		func(c *claimed) []any { return append(laneFields(&c.lane), &c.head) },
		w.claimLane(), millis(now), millis(leaseUntil), array[string]{&busy})
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return tracker.Claim{}, false, nil
	}
	if err != nil {
		return tracker.Claim{}, false, err
	}
	head, err := w.Delivery(won.head)
	return tracker.Claim{Lane: won.lane, Delivery: head}, err == nil, err
}

// RenewLane implements tracker.Writer.
func (w *outboxWriter) RenewLane(l tracker.Lane) error {
	_, err := w.Exec("renewing a lease", "UPDATE lane SET lease_until = ? WHERE host = ? AND ticket_id = ? AND fence = ?",
		millis(l.LeaseUntil), l.Ticket.Host, l.Ticket.ID, l.Fence)
	return err
}

// ReleaseLane implements tracker.Writer.
func (w *outboxWriter) ReleaseLane(l tracker.Lane) error {
	_, err := w.Exec("releasing a lane",
		"UPDATE lane SET lease_until = 0 WHERE host = ? AND ticket_id = ? AND fence = ?", l.Ticket.Host, l.Ticket.ID, l.Fence)
	return err
}

// EndGrace implements tracker.Writer.
func (w *outboxWriter) EndGrace(now time.Time) error {
	return w.bringForward(now, now, "state = 'waiting' AND attempts = 0")
}

// EndOutage implements tracker.Writer.
func (w *outboxWriter) EndOutage(host string, now time.Time) error {
	return w.bringForward(now, now, endOutage, host)
}

// BringForward implements tracker.Writer.
func (w *outboxWriter) BringForward(limit, now time.Time) error {
	if _, err := w.Exec("ending leases", "UPDATE lane SET lease_until = 0 WHERE lease_until > ?", millis(limit)); err != nil {
		return err
	}
	return w.bringForward(limit, now, "state IN ('waiting', 'unconfirmed')")
}

// bringForward makes those private comments due now that wait beyond limit.
func (w *outboxWriter) bringForward(limit, now time.Time, condition string, args ...any) error {
	moved, err := w.Exec("making deliveries due", bringForward+condition,
		append([]any{millis(now), millis(limit)}, args...)...)
	if err != nil || moved == 0 {
		return err
	}
	return w.followLanes("head_id IN (SELECT id FROM delivery WHERE not_before = ? AND state IN ('waiting', 'unconfirmed'))", millis(now))
}

func (w *outboxWriter) openLane(ticket tracker.TicketKey) error {
	return w.Later("opening a lane", "INSERT INTO lane (host, ticket_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
		ticket.Host, ticket.ID)
}

func (w *outboxWriter) followLane(ticket tracker.TicketKey) error {
	return w.followLanes("host = ? AND ticket_id = ?", ticket.Host, ticket.ID)
}

// followLanes makes lanes repeat what their heads say. Every change of a
// delivery ends with it.
func (w *outboxWriter) followLanes(where string, args ...any) error {
	// In a statement of its own, so that the next one sees what others did until then.
	if err := lockLanes(&w.reader, where, args...); err != nil {
		return err
	}
	return w.Later("updating a lane", followLanes+where, args...)
}
