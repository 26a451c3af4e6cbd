package wire

import (
	"encoding/json"

	"storydesk/tracker"
)

// SLAs are the targets of a ticket's SLA policy,
// https://developer.zendesk.com/documentation/ticketing/using-the-zendesk-api/side_loading/.
type SLAs struct{ targets List[target] }

// target is one target of an SLA policy.
type target struct {
	Metric Text `json:"metric"`
	// Stage is active, paused or achieved; there may be others.
	Stage    Text   `json:"stage"`
	BreachAt Moment `json:"breach_at"`
}

// UnmarshalJSON implements json.Unmarshaler. What cannot be read is passed over.
func (s *SLAs) UnmarshalJSON(data []byte) error {
	var body struct {
		Targets List[target] `json:"policy_metrics"`
	}
	if err := json.Unmarshal(data, &body); err != nil && !mistyped(err) {
		return err
	}
	s.targets = body.Targets
	return nil
}

// Translate returns the target that is breached next: of those that run the one
// whose breach comes first, else one that is paused.
func (s *SLAs) Translate() tracker.SLA {
	if s == nil {
		return tracker.SLA{}
	}
	next := tracker.SLA{Told: true}
	for _, t := range s.targets {
		if read, open := t.translate(); open && (next.Metric == "" || read.before(next)) {
			next = tracker.SLA(read)
		}
	}
	return next
}

// running compares targets that are open.
type running tracker.SLA

// translate reads a target; open is false for one that was met, and for one of
// which nothing is known.
func (t target) translate() (read running, open bool) {
	read = running{Told: true, Metric: string(t.Metric), BreachAt: t.BreachAt.Time, Paused: t.Stage == "paused"}
	if read.Metric == "" {
		read.Metric = "sla" // it has a target, whatever that measures
	}
	switch t.Stage {
	case "achieved", "fulfilled":
		return read, false
	case "paused":
		return read, true
	}
	return read, !t.BreachAt.IsZero()
}

func (r running) before(other tracker.SLA) bool {
	if r.Paused != other.Paused {
		return other.Paused
	}
	return !r.BreachAt.IsZero() && (other.BreachAt.IsZero() || r.BreachAt.Before(other.BreachAt))
}

// MetricSet is what was measured of a ticket,
// https://developer.zendesk.com/api-reference/ticketing/tickets/ticket_metrics/.
type MetricSet struct {
	TicketID  Number `json:"ticket_id"`
	RepliedAt Moment `json:"requester_updated_at"`
	SolvedAt  Moment `json:"solved_at"`
}

// MetricSets are what was measured, by ticket.
type MetricSets map[Number]*MetricSet

// UnmarshalJSON implements json.Unmarshaler. What cannot be read is passed over.
func (m *MetricSets) UnmarshalJSON(data []byte) error {
	var list List[MetricSet]
	if err := json.Unmarshal(data, &list); err != nil {
		return err
	}
	*m = make(MetricSets, len(list))
	for i := range list {
		if set := &list[i]; set.TicketID > 0 {
			(*m)[set.TicketID] = set
		}
	}
	return nil
}

// Progress returns what was measured of a ticket, whether it came with the ticket
// or beside it. A customer who has not written again wrote when the ticket was made.
func (t *Ticket) Progress(beside MetricSets) tracker.Progress {
	set := t.Metrics.Value
	if set == nil {
		set = beside[t.ID]
	}
	if set == nil {
		return tracker.Progress{}
	}
	p := tracker.Progress{Told: true, RepliedAt: set.RepliedAt.Time, SolvedAt: set.SolvedAt.Time}
	if p.RepliedAt.IsZero() {
		p.RepliedAt = t.CreatedAt.Time
	}
	return p
}

// Satisfaction returns the customer's rating; empty where none was asked for.
func (t *Ticket) Satisfaction() string {
	if score := string(t.Rating.Value.Score); score != "unoffered" {
		return score
	}
	return ""
}
