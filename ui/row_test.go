package ui

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

// A row is drawn again only when its version changes: all that it shows counts.
func TestStoryRowVersion(t *testing.T) {
	one, two := 1.0, 2.0
	plain := tracker.Card{ID: 1, Name: "n", Type: tracker.Feature, State: tracker.Started, Estimate: &one, Owners: []string{"Ada"}, Version: 3}
	project := tracker.Project{Version: 5}
	changes := map[string]func(*tracker.Card, *tracker.Project){
		"name":        func(c *tracker.Card, _ *tracker.Project) { c.Name = "m" },
		"type":        func(c *tracker.Card, _ *tracker.Project) { c.Type = tracker.Bug },
		"state":       func(c *tracker.Card, _ *tracker.Project) { c.State = tracker.Finished },
		"estimate":    func(c *tracker.Card, _ *tracker.Project) { c.Estimate = &two },
		"no estimate": func(c *tracker.Card, _ *tracker.Project) { c.Estimate = nil },
		"owner":       func(c *tracker.Card, _ *tracker.Project) { c.Owners = []string{"Grace"} },
		"no owner":    func(c *tracker.Card, _ *tracker.Project) { c.Owners = nil },
		"tickets":     func(c *tracker.Card, _ *tracker.Project) { c.Tickets = 1 },
		"unsent":      func(c *tracker.Card, _ *tracker.Project) { c.Unsent = 1 },
		"parked":      func(c *tracker.Card, _ *tracker.Project) { c.Parked = 1 },
		"news":        func(c *tracker.Card, _ *tracker.Project) { c.News = true },
		"version":     func(c *tracker.Card, _ *tracker.Project) { c.Version = 4 },
		"project":     func(_ *tracker.Card, p *tracker.Project) { p.Version = 6 },
	}
	seen := map[uint64]string{newStoryRow(plain, project).version: "nothing"}
	for what, change := range changes {
		c, p := plain, project
		change(&c, &p)
		version := newStoryRow(c, p).version
		if other, ok := seen[version]; ok {
			t.Errorf("a change of %s looks like one of %s", what, other)
		}
		seen[version] = what
	}
}

// The next actions and what stands right of them end in one column.
func TestTheRightEdgeOfStoriesIsStraight(t *testing.T) {
	owned := tracker.Card{Tickets: 12, Owners: []string{"Ada Lovelace", "Ben Okafor"}}
	rows := aligned([]storyRow{
		newStoryRow(owned, tracker.Project{}), newStoryRow(tracker.Card{}, tracker.Project{}),
		newStoryRow(tracker.Card{Tickets: 3}, tracker.Project{}), newStoryRow(tracker.Card{Owners: []string{"Ada Lovelace"}}, tracker.Project{}),
	})
	th := theme.New(theme.Options{})
	for i, want := range []string{"  AL BO ✉ 12", "            ", "        ✉  3", "  AL        "} {
		if got := rows[i].factsAfter(th); got != want {
			t.Errorf("row %d ends in %q, want %q", i, got, want)
		}
	}
}

// A ticket without a subject says so, in its row, in its detail and in its story,
// which is called by the ticket's number.
func TestATicketWithoutASubject(t *testing.T) {
	w := newWorld(t).withTickets(ticket(992, tracker.TicketNew, time.Hour, "  ")).start(200, 40)
	if row := w.row("#992"); !strings.Contains(row, "(no subject)") {
		t.Errorf("the row is %q", row)
	}
	w.press("enter")
	w.see("N (no subject)")
	w.press("esc", "b")
	w.see("S-1 created from #992")
	w.idle()
	if st := w.read(1).Story; st.Name != "Ticket #992" {
		t.Errorf("the story is called %q", st.Name)
	}
	w.detail(1)
	w.see("N #992 (no subject)")
}
