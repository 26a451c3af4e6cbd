package delivery

import (
	"time"

	"storydesk/tracker"
	"storydesk/tracker/wording"
	"storydesk/ui/cli/output"
)

type deliveryRecord struct {
	ID            tracker.DeliveryID    `json:"id"`
	Operation     string                `json:"operation"`
	StoryID       tracker.StoryID       `json:"story_id"`
	Host          string                `json:"host"`
	TicketID      tracker.TicketID      `json:"ticket_id"`
	Integration   *string               `json:"integration"`
	Kind          tracker.DeliveryKind  `json:"kind"`
	State         tracker.DeliveryState `json:"state"`
	Attempts      int                   `json:"attempts"`
	Behind        *tracker.DeliveryID   `json:"behind"`
	Late          bool                  `json:"late"`
	AuditID       *tracker.AuditID      `json:"audit_id"`
	Public        *bool                 `json:"public"`
	LastAttemptAt *time.Time            `json:"last_attempt_at"`
	NextAttemptAt *time.Time            `json:"next_attempt_at"`
	Reason        *string               `json:"reason"`
	Text          *string               `json:"text"`
	CreatedAt     *time.Time            `json:"created_at"`
	DeliveredAt   *time.Time            `json:"delivered_at"`
	changeRecord
}

// changeRecord is what a delivery tells of.
type changeRecord struct {
	By     *string `json:"by"`
	Change *string `json:"change"`
}

func recordDelivery(d tracker.Delivery) any { return deliveryRecordOf(d) }

func deliveryRecordOf(d tracker.Delivery) deliveryRecord {
	r := deliveryRecord{
		ID: d.ID, Operation: d.Operation, StoryID: d.StoryID, Host: d.Ticket.Host, TicketID: d.Ticket.ID,
		Integration: output.OrNull(d.Integration), Kind: d.Kind, State: d.State, Attempts: d.Attempts, Behind: output.OrNull(d.Behind),
		Late: d.Late, LastAttemptAt: output.Stamp(d.SentAt), AuditID: output.OrNull(d.AuditID), Public: d.Public, Reason: output.OrNull(d.Reason), Text: output.OrNull(d.Text),
		CreatedAt: output.Stamp(d.CreatedAt),
	}
	who, what := wording.Change(d)
	r.By, r.Change = output.OrNull(who), output.OrNull(what)
	if d.State.InLane() {
		r.NextAttemptAt = output.Stamp(d.NotBefore)
	}
	if d.DeliveredAt != nil {
		r.DeliveredAt = output.Stamp(*d.DeliveredAt)
	}
	return r
}

// deliveryTrail is a delivery with its last attempts.
type deliveryTrail struct {
	deliveryRecord
	Trail []attemptRecord `json:"attempt_history"`
}

// attemptRecord is one try.
type attemptRecord struct {
	At      *time.Time            `json:"at"`
	Outcome tracker.DeliveryState `json:"outcome"`
	Code    *tracker.Code         `json:"code"`
	Reason  *string               `json:"reason"`
}

// withAttempts is the presenter of deliveries that records their attempts, too.
func withAttempts(attempts map[tracker.DeliveryID][]tracker.DeliveryAttempt) output.Presenter[tracker.Delivery] {
	how := Presenter()
	how.Record = func(d tracker.Delivery) any {
		trail := make([]attemptRecord, len(attempts[d.ID]))
		for i, a := range attempts[d.ID] {
			trail[i] = attemptRecord{output.Stamp(a.At), a.State, output.OrNull(a.Code), output.OrNull(a.Reason)}
		}
		return deliveryTrail{deliveryRecordOf(d), trail}
	}
	return how
}
