package row

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/layout"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

func noon() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }

// furnished is a ticket of which Zendesk tells everything.
func furnished() tracker.TicketRow {
	t := tracker.TicketRow{Ticket: tracker.Ticket{
		Subject: "Export fails over 10,000 rows since the last release", Status: tracker.TicketOpen, CustomStatus: "With engineering", Priority: "urgent",
		Requester: "Noah Whitlock", Organization: "Northwind Traders", CreatedAt: noon().Add(-5 * time.Hour), UpdatedAt: noon().Add(-time.Hour),
		SLA:      tracker.SLA{Told: true, Metric: "next_reply_time", BreachAt: noon().Add(-12 * time.Minute)},
		Progress: tracker.Progress{Told: true, RepliedAt: noon().Add(-3 * time.Hour)},
	}}
	t.ID = 1042
	return t
}

func drawnTicket(r Ticket, p *Plan, width int, look theme.Options) string {
	th := theme.New(look)
	w := th.Row(nil, width, theme.Plain)
	r.Draw(&w, th, p, false, noon(), nil)
	return ansi.Strip(string(w.End()))
}

// A row is drawn again only when its version changes: all that it shows counts.
func TestTicketRowVersion(t *testing.T) {
	t.Parallel()
	changes := map[string]func(*tracker.TicketRow){
		"nothing":      func(*tracker.TicketRow) {},
		"subject":      func(t *tracker.TicketRow) { t.Subject = "Another" },
		"status":       func(t *tracker.TicketRow) { t.Status = tracker.TicketPending },
		"custom":       func(t *tracker.TicketRow) { t.CustomStatus = "Waiting for a part" },
		"priority":     func(t *tracker.TicketRow) { t.Priority = "low" },
		"requester":    func(t *tracker.TicketRow) { t.Requester = "Mia" },
		"organisation": func(t *tracker.TicketRow) { t.Organization = "Globex" },
		"unread":       func(t *tracker.TicketRow) { t.Unread = true },
		"breach":       func(t *tracker.TicketRow) { t.SLA.BreachAt = noon().Add(time.Hour) },
		"no SLA":       func(t *tracker.TicketRow) { t.SLA.Metric = "" },
		"paused":       func(t *tracker.TicketRow) { t.SLA.Paused = true },
		"reply":        func(t *tracker.TicketRow) { t.Progress.RepliedAt = noon() },
		"update":       func(t *tracker.TicketRow) { t.UpdatedAt = noon() },
		"creation":     func(t *tracker.TicketRow) { t.CreatedAt = noon() },
		"story":        func(t *tracker.TicketRow) { t.Stories = []tracker.StoryRef{{ID: 7, State: tracker.Started}} },
		"chat":         func(t *tracker.TicketRow) { t.Messaging = true },
	}
	seen := map[uint64]string{}
	for what, change := range changes {
		ticket := furnished()
		change(&ticket)
		version := NewTicket(ticket).RowVersion()
		if other, ok := seen[version]; ok {
			t.Errorf("%s looks like %s", what, other)
		}
		seen[version] = what
	}
}

// The wider a pane, the more it tells, the most important first. The subject gets all the
// room that is left.
func TestTicketColumnsByWidth(t *testing.T) {
	t.Parallel()
	calm := furnished()
	calm.ID, calm.Priority, calm.SLA.BreachAt, calm.Unread, calm.Subject = 7, "normal", noon().Add(3*time.Hour), true, "Hello"
	rows := []Ticket{NewTicket(furnished()), NewTicket(calm)}
	for _, c := range []struct {
		width        int
		head, urgent string
	}{
		{30, "", " O #1042 Export fails… !×   5h"},
		{37, "", " O #1042 Export fails over 1… !×   5h"},
		{45, "no. subject pri SLA age", " O #1042 Export fails over 10… urg! -12m   5h"},
		{60, "no. subject pri who SLA age", " O #1042 Export fails over 10,000 … urg! Northwin… -12m   5h"},
		{90, "no. subject pri who SLA wait age", " O #1042 Export fails over 10,000 rows since the last … urg! Northwind Tra… -12m   3h   5h"},
		{
			130, "status no. subject pri requester organisation SLA wait age",
			" With engineer… #1042 Export fails over 10,000 rows since the last release     urg! Noah Whitlock Northwind Traders -12m   3h   5h",
		},
	} {
		planner := NewTicketPlanner(nil)
		plan := planner.Plan(c.width+lead, TicketFactsOf(rows, tracker.OrderView))
		if got := drawnTicket(rows[0], plan, c.width, theme.Options{}); c.urgent != "" && got != c.urgent {
			t.Errorf("%d cells:\n%q, want\n%q", c.width, got, c.urgent)
		}
		if plan.Headed != (c.head != "") {
			t.Errorf("%d cells: headings %v", c.width, plan.Headed)
		}
		if got := ansi.Strip(planner.Heading(theme.New(theme.Options{}))); plan.Headed && strings.Join(strings.Fields(got), " ") != c.head {
			t.Errorf("%d cells: %q, want %q", c.width, got, c.head)
		}
	}
}

// Every plan fills the row exactly, whatever was chosen.
func TestTicketRowsAreExact(t *testing.T) {
	t.Parallel()
	chat := furnished()
	chat.Messaging, chat.Stories, chat.Subject = true, []tracker.StoryRef{{ID: 3, State: tracker.Accepted}}, "漢字漢字漢字漢字漢字"
	rows := []Ticket{NewTicket(furnished()), NewTicket(chat), NewTicket(tracker.TicketRow{})}
	for _, chosen := range [][]string{nil, {"subject"}, {"age", "stories", "number"}, {"stories", "subject", "sla"}, {"priority", "waiting", "status", "subject", "stories", "organisation"}} {
		for _, order := range search.TicketOrders() {
			for width := 1; width < 160; width += 3 {
				planner := NewTicketPlanner(chosen)
				plan := planner.Plan(width+lead, TicketFactsOf(rows, order))
				for _, r := range rows {
					if got := text.Width(drawnTicket(r, plan, width, theme.Options{})); got != width {
						t.Fatalf("%v by %s: %d cells, want %d", chosen, order, got, width)
					}
				}
				if got := text.Width(ansi.Strip(planner.Heading(theme.New(theme.Options{})))); got != width+lead {
					t.Fatalf("%v by %s: the heading has %d cells, want %d", chosen, order, got, width+lead)
				}
			}
		}
	}
}

// What Zendesk does not tell has no column, not even where it was chosen or sorted by.
func TestColumnsThatAreNotToldAreNotShown(t *testing.T) {
	t.Parallel()
	plain := furnished()
	plain.SLA, plain.Progress, plain.Priority, plain.Requester = tracker.SLA{}, tracker.Progress{}, "", ""
	rows := []Ticket{NewTicket(plain)}
	for _, chosen := range [][]string{nil, {"number", "subject", "sla", "waiting", "priority", "requester", "stories"}} {
		plan := NewTicketPlanner(chosen).Plan(140, TicketFactsOf(rows, tracker.OrderSLA))
		for _, c := range []Column{ColSLA, ColWaiting, ColPriority, ColRequester, ColStories} {
			if plan.has(c) {
				t.Errorf("chosen %v: there is a column %s", chosen, c)
			}
		}
	}
}

// The column by which tickets are sorted is shown, chosen or not, at every width.
func TestTheSortedColumnIsShown(t *testing.T) {
	t.Parallel()
	rows := []Ticket{NewTicket(furnished())}
	for order, want := range map[tracker.TicketOrder]string{
		tracker.OrderPriority: "urg!", tracker.OrderSLA: "-12m", tracker.OrderWaiting: "3h", tracker.OrderOldest: "5h", tracker.OrderUpdated: "1h",
		tracker.OrderRequester: "Noah Whi", tracker.OrderOrganization: "Northwin",
	} {
		for _, chosen := range [][]string{nil, {"number", "subject"}} {
			for _, width := range []int{34, 60} {
				plan := NewTicketPlanner(chosen).Plan(width+lead, TicketFactsOf(rows, order))
				if got := drawnTicket(rows[0], plan, width, theme.Options{}); !strings.Contains(got, want) {
					t.Errorf("by %s, chosen %v, %d cells: %q does not show %q", order, chosen, width, got, want)
				}
			}
		}
	}
}

// Urgent, breached, new and done are told from others without colour, at every width
// that a pane can have and in every order.
func TestWhatMattersIsToldWithoutColour(t *testing.T) {
	t.Parallel()
	usual := furnished()
	usual.Priority, usual.SLA.BreachAt, usual.Subject = "normal", noon().Add(3*time.Hour), "Hello"
	usual.Stories = []tracker.StoryRef{{ID: 3, State: tracker.Started}}
	urgent := func(t *tracker.TicketRow) { t.Priority = "urgent" }
	breached := func(t *tracker.TicketRow) { t.SLA.BreachAt = noon().Add(-time.Hour) }
	changes := map[string]func(*tracker.TicketRow){
		"usual": func(*tracker.TicketRow) {}, "urgent": urgent, "breached": breached,
		"urgent and breached": func(t *tracker.TicketRow) { urgent(t); breached(t) },
		"high":                func(t *tracker.TicketRow) { t.Priority = "high" }, "new": func(t *tracker.TicketRow) { t.Unread = true },
		"accepted":        func(t *tracker.TicketRow) { t.Stories = []tracker.StoryRef{{ID: 3, State: tracker.Accepted}} },
		"without a story": func(t *tracker.TicketRow) { t.Stories = nil },
	}
	var rows []Ticket
	var names []string
	for name, change := range changes {
		ticket := usual
		change(&ticket)
		rows, names = append(rows, NewTicket(ticket)), append(names, name)
	}
	for _, order := range []tracker.TicketOrder{"", tracker.OrderPriority, tracker.OrderWaiting} {
		facts := TicketFactsOf(rows, order)
		for width := layout.MinPart - 2 - lead; width <= 140; width += 1 + width/60*8 { // narrow ones all
			plan := NewTicketPlanner(nil).Plan(width+lead, facts)
			for _, look := range []theme.Options{{NoColor: true}, {NoColor: true, ASCII: true}} {
				seen := map[string]string{}
				for i, r := range rows {
					row := drawnTicket(r, plan, width, look)
					if other, ok := seen[row]; ok {
						t.Errorf("%d cells, %+v, by %s: %s looks like %s: %q", width, look, order, names[i], other, row)
					}
					seen[row] = names[i]
				}
			}
		}
	}
}

// Where no ticket has a priority there still is room for the mark of breached ones.
func TestBreachedTicketsAreMarkedWithoutPriorities(t *testing.T) {
	t.Parallel()
	kept, late := furnished(), furnished()
	kept.Priority, late.Priority = "", ""
	kept.SLA.BreachAt, late.SLA.BreachAt = noon().Add(time.Hour), noon().Add(-time.Hour)
	rows := []Ticket{NewTicket(kept), NewTicket(late)}
	for width := layout.MinPart - 2 - lead; width <= 60; width++ {
		plan := NewTicketPlanner(nil).Plan(width+lead, TicketFactsOf(rows, ""))
		if one, other := drawnTicket(rows[0], plan, width, theme.Options{}), drawnTicket(rows[1], plan, width, theme.Options{}); one == other {
			t.Errorf("%d cells: both look like %q", width, one)
		}
	}
}
