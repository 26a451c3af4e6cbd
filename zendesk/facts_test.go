package zendesk_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// readTickets reads the unresolved tickets, by number.
func readTickets(t *testing.T, d tracker.Account) map[tracker.TicketID]tracker.Ticket {
	t.Helper()
	tickets := map[tracker.TicketID]tracker.Ticket{}
	for page, err := range d.ViewTickets(t.Context(), tracker.ViewID(sandbox.ViewUnresolved), "") {
		if err != nil {
			t.Fatal(err)
		}
		for _, ticket := range page.Tickets {
			tickets[ticket.ID] = ticket
		}
	}
	return tickets
}

// A view tells SLAs and progress in the requests that bring its tickets, and a
// ticket tells the same however it is read.
func TestTicketFactsComeWithTheView(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s, d := openSandbox(t, sandbox.Options{Now: func() time.Time { return now }})
	tickets := readTickets(t, d)
	states := map[tracker.SLAState]int{}
	for id, ticket := range tickets {
		states[ticket.SLA.State(now)]++
		if !ticket.SLA.Told || !ticket.Progress.Told || ticket.Progress.RepliedAt.Before(ticket.CreatedAt) || !ticket.Progress.SolvedAt.IsZero() {
			t.Errorf("%s: %+v %+v", id, ticket.SLA, ticket.Progress)
		}
	}
	for _, state := range []tracker.SLAState{tracker.SLANone, tracker.SLARunning, tracker.SLAPaused, tracker.SLABreached} {
		if states[state] < 3 {
			t.Errorf("SLAs by state: %v", states)
		}
	}
	asked := s.Requests()
	if len(asked) != 1 || !strings.HasSuffix(asked[0].Path, "/tickets") {
		t.Errorf("the view takes the requests %+v", asked)
	}
	alone, err := d.Ticket(t.Context(), 1047)
	many, err2 := d.Tickets(t.Context(), []tracker.TicketID{1047})
	if err != nil || err2 != nil || len(many) != 1 {
		t.Fatal(err, err2, many)
	}
	listed := tickets[1047]
	for name, got := range map[string]tracker.Ticket{"alone": alone, "by number": many[0]} {
		if got.SLA != listed.SLA || got.Progress != listed.Progress || got.SLA.Metric != "first_reply_time" {
			t.Errorf("%s: %+v %+v, in the view %+v %+v", name, got.SLA, got.Progress, listed.SLA, listed.Progress)
		}
	}
}

// The customer's reply, the solution and the rating are told with their times.
func TestTicketFactsFollowTheTicket(t *testing.T) {
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	s, d := openSandbox(t, sandbox.Options{Now: func() time.Time { return now }})
	edit := func(e sandbox.Edit) tracker.Ticket {
		t.Helper()
		now = now.Add(time.Hour)
		e.Ticket = 1047
		if err := s.Edit(e); err != nil {
			t.Fatal(err)
		}
		got, err := d.Ticket(t.Context(), 1047)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := edit(sandbox.Edit{Comment: "Which export is it?", Public: true, Status: "pending"}); got.SLA.State(now) != tracker.SLAPaused || !got.WaitingSince().IsZero() {
		t.Errorf("pending: %+v, waiting since %s", got.SLA, got.WaitingSince())
	}
	got := edit(sandbox.Edit{Comment: "The one of invoices.", Customer: true})
	if want := now.Add(4 * time.Hour); got.Status != tracker.TicketOpen || got.SLA.Metric != "next_reply_time" || !got.SLA.BreachAt.Equal(want) || !got.WaitingSince().Equal(now) {
		t.Errorf("replied: %s %+v, waiting since %s", got.Status, got.SLA, got.WaitingSince())
	}
	replied := now
	got = edit(sandbox.Edit{Comment: "Fixed.", Public: true, Status: "solved"})
	solved := now
	if want := (tracker.Progress{Told: true, RepliedAt: replied, SolvedAt: solved}); got.Progress != want || got.SLA != (tracker.SLA{Told: true}) || got.Satisfaction != "" {
		t.Errorf("solved: %+v %+v %q", got.Progress, got.SLA, got.Satisfaction)
	}
	got = edit(sandbox.Edit{Satisfaction: "good"})
	if got.Satisfaction != "good" || !got.Progress.SolvedAt.Equal(solved) || !got.UpdatedAt.Equal(now) {
		t.Errorf("rated: %+v", got)
	}
}

// A plan without SLAs or metric sets tells none, and that is no error.
func TestPlansWithoutTicketFacts(t *testing.T) {
	for name, change := range map[string]func(*sandbox.Settings){
		"without SLAs":        func(o *sandbox.Settings) { o.SLAs = false },
		"without metric sets": func(o *sandbox.Settings) { o.MetricSets = false },
		"without both":        func(o *sandbox.Settings) { o.SLAs, o.MetricSets = false, false },
	} {
		s, d := openSandbox(t, sandbox.Options{})
		settle(t, s, change)
		told := map[string]bool{}
		for _, ticket := range readTickets(t, d) {
			told["SLAs"] = told["SLAs"] || ticket.SLA != tracker.SLA{}
			told["metric sets"] = told["metric sets"] || ticket.Progress != tracker.Progress{}
		}
		want := map[string]bool{"SLAs": s.Settings().SLAs, "metric sets": s.Settings().MetricSets}
		if !maps.Equal(told, want) {
			t.Errorf("%s: %v", name, told)
		}
	}
}
