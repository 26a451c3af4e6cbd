package tracker

import "time"

// SLA is the target of an SLA policy that a ticket breaches next.
type SLA struct {
	// Told is false where Zendesk says nothing of SLAs, as on plans without them.
	Told bool
	// Metric is what the target measures, in Zendesk's word such as
	// "next_reply_time"; empty where no target is open.
	Metric string
	// BreachAt is when the target is breached or was; zero where a paused one has none.
	BreachAt time.Time
	Paused   bool
}

// SLAState says how a ticket's target stands.
type SLAState string

// The states of an SLA's target.
const (
	SLANone     SLAState = ""
	SLARunning  SLAState = "running"
	SLAPaused   SLAState = "paused"
	SLABreached SLAState = "breached"
)

// State returns how the target stands at a time. One that is paused does not
// become breached.
func (s SLA) State(now time.Time) SLAState {
	switch {
	case s.Metric == "":
		return SLANone
	case s.Paused:
		return SLAPaused
	case now.Before(s.BreachAt):
		return SLARunning
	}
	return SLABreached
}

// Progress is what Zendesk measured of a ticket.
type Progress struct {
	// Told is false where Zendesk says nothing of it, as on plans without metric sets.
	Told bool
	// RepliedAt is when the customer wrote last, SolvedAt when the ticket was
	// solved, zero while it is not.
	RepliedAt, SolvedAt time.Time
}

// WaitingSince returns since when the customer waits for an answer: since the last
// reply, while it is our turn. It is zero otherwise, and where Zendesk does not say.
func (t Ticket) WaitingSince() time.Time {
	switch t.Status {
	case TicketPending, TicketSolved, TicketClosed:
		return time.Time{}
	case TicketNew, TicketOpen, TicketHold:
	}
	return t.Progress.RepliedAt
}
