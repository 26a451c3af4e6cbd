package tracker_test

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func TestSLAStates(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		sla  tracker.SLA
		want tracker.SLAState
	}{
		"not told":        {tracker.SLA{}, tracker.SLANone},
		"no open target":  {tracker.SLA{Told: true}, tracker.SLANone},
		"ahead":           {tracker.SLA{Metric: "m", BreachAt: now.Add(1)}, tracker.SLARunning},
		"at the breach":   {tracker.SLA{Metric: "m", BreachAt: now}, tracker.SLABreached},
		"paused":          {tracker.SLA{Metric: "m", Paused: true}, tracker.SLAPaused},
		"paused in time":  {tracker.SLA{Metric: "m", Paused: true, BreachAt: now.Add(-1)}, tracker.SLAPaused},
		"long since then": {tracker.SLA{Metric: "m", BreachAt: now.AddDate(-1, 0, 0)}, tracker.SLABreached},
	} {
		if got := c.sla.State(now); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestWaitingSince(t *testing.T) {
	t.Parallel()
	replied := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	for status, waits := range map[tracker.TicketStatus]bool{
		tracker.TicketNew: true, tracker.TicketOpen: true, tracker.TicketHold: true, "of our own": true,
		tracker.TicketPending: false, tracker.TicketSolved: false, tracker.TicketClosed: false,
	} {
		ticket := tracker.Ticket{Status: status, Progress: tracker.Progress{Told: true, RepliedAt: replied}}
		if got := ticket.WaitingSince(); got.IsZero() == waits || waits && !got.Equal(replied) {
			t.Errorf("%s: waiting since %s", status, got)
		}
	}
}
