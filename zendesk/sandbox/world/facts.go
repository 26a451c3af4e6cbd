package world

import (
	"time"

	"storydesk/zendesk/sandbox/record"
)

// replyTarget is how soon the account's SLA policy wants an answer to a ticket of
// a priority; 0 where it does not apply, as without one.
func replyTarget(priority record.Word) time.Duration {
	const day = 24 * time.Hour
	return map[record.Word]time.Duration{"urgent": 4 * time.Hour, "high": 2 * day, "normal": 6 * day, "low": 21 * day}[priority]
}

// turns is who said what last on a ticket.
type turns struct {
	// customer is when the requester wrote last, agent when anybody else did, zero
	// for never; answer is the agents' last public comment.
	customer, agent, answer time.Time
	answers                 int
}

func (r *Record) turns() (t turns) {
	for i := range r.Comments {
		c := &r.Comments[i]
		if c.AuthorID == r.Ticket.RequesterID {
			t.customer = c.CreatedAt
			continue
		}
		t.agent = c.CreatedAt
		if c.Public {
			t.answer = c.CreatedAt
			t.answers++
		}
	}
	return t
}

// SLAs are the targets of the account's policy for a ticket; none where the policy
// does not apply to it.
func (r *Record) SLAs() *record.SLAs {
	slas := &record.SLAs{Metrics: []record.PolicyMetric{}}
	target := replyTarget(r.Ticket.Priority)
	if target == 0 {
		return slas
	}
	t := r.turns()
	add := func(metric, stage string, breach time.Time) {
		m := record.PolicyMetric{Metric: metric, Stage: stage}
		if stage == "active" {
			m.BreachAt = &breach
		}
		slas.Metrics = append(slas.Metrics, m)
	}
	resolved := r.Ticket.Status == "solved" || r.Ticket.Status == "closed"
	if t.answers > 0 || resolved {
		add("first_reply_time", "achieved", time.Time{})
	} else {
		add("first_reply_time", "active", r.Ticket.CreatedAt.Add(target))
	}
	if t.answers > 0 && !resolved && t.customer.After(t.answer) {
		add("next_reply_time", "active", t.customer.Add(target))
	}
	switch {
	case resolved:
		add("requester_wait_time", "achieved", time.Time{})
	case r.Ticket.Status == "pending":
		add("requester_wait_time", "paused", time.Time{})
	default:
		add("requester_wait_time", "active", r.Ticket.CreatedAt.Add(10*target))
	}
	return slas
}

// MetricSet is what was measured of a ticket.
func (r *Record) MetricSet() *record.MetricSet {
	t, id := r.turns(), 17_000_000_000_000+Scatter(r.Ticket.ID)
	changed := r.statusChanged()
	set := &record.MetricSet{
		URL: record.URL("ticket_metrics/%d", id), ID: id, TicketID: r.Ticket.ID, CreatedAt: r.Ticket.CreatedAt, UpdatedAt: r.Ticket.UpdatedAt,
		GroupStations: 1, Replies: t.answers, AssigneeUpdatedAt: unlessZero(t.agent), RequesterUpdatedAt: unlessZero(t.customer),
		StatusUpdatedAt: changed, LatestCommentAddedAt: r.Comments[len(r.Comments)-1].CreatedAt,
	}
	if r.Ticket.AssigneeID != 0 {
		set.AssigneeStations, set.InitiallyAssignedAt, set.AssignedAt = 1, unlessZero(t.agent), unlessZero(t.agent)
	}
	if r.Ticket.Status == "solved" || r.Ticket.Status == "closed" {
		set.SolvedAt = &changed
	}
	return set
}

// statusChanged is when the ticket got its status. The history of seeded tickets
// does not hold that: it was with their last comment.
func (r *Record) statusChanged() time.Time {
	for i := len(r.Audits) - 1; i >= 0; i-- {
		for _, event := range r.Audits[i].Events {
			switch e := event.(type) {
			case record.FieldChanged:
				if e.Field == "status" {
					return r.Audits[i].CreatedAt
				}
			case map[string]any: // out of a state file
				if e["type"] == "Change" && e["field_name"] == "status" {
					return r.Audits[i].CreatedAt
				}
			}
		}
	}
	return r.Comments[len(r.Comments)-1].CreatedAt
}

func unlessZero(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
