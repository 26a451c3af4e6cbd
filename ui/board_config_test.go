package ui_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/config"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/row"
	"storydesk/ui/uitest"
)

// The config file says which columns the panes have, in which order, and by what the
// tickets are sorted at first.
func TestColumnsAndOrderComeFromTheConfig(t *testing.T) {
	t.Parallel()
	tickets := uitest.Usual()
	tickets[0].Priority, tickets[3].Priority = "low", "urgent"
	w := uitest.New(t).WithTickets(tickets...)
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Options.Config = config.Config{
		Columns: map[string][]string{"tickets": {"age", "number", "subject"}, "backlog": {"name", "number", "state"}},
		Sort:    map[string]string{"tickets": "priority"},
	}
	w.Start(160, 30)
	w.Shows("1 Tickets · by priority")
	if row := strings.Join(strings.Fields(w.Row("#1028")), " "); !strings.Contains(row, "5w #1028 The invoice") || !strings.Contains(row, "urg!") {
		t.Errorf("the columns of tickets: %s", row)
	}
	if row := w.Row("Rotate the keys"); !strings.Contains(row, "S-1 unstarted") || strings.Contains(row, "Start ") {
		t.Errorf("the columns of stories: %s", row)
	}
	first := func() any { return w.Part(intent.PaneTickets).Rows[0] }
	if first() != tracker.TicketID(1028) {
		t.Errorf("%v comes first", first())
	}
	// What is chosen on the board holds from then on, the view's order too.
	w.Press("S").Write("view").Press("enter")
	w.Until("the view's order is there", func() bool { return first() == tracker.TicketID(1042) })
	w.Idle()
	w.Start(160, 30)
	if first() != tracker.TicketID(1042) {
		t.Errorf("the next start begins with %v", first())
	}
}

// An order by what Zendesk does not tell is the view's, and does not say otherwise.
func TestAnOrderThatIsNotToldIsTheViews(t *testing.T) {
	t.Parallel()
	w := uitest.New(t).WithTickets(uitest.Usual()...)
	w.Options.Config = config.Config{Sort: map[string]string{"tickets": "sla"}}
	w.Start(140, 30)
	if strings.Contains(w.Screen(), "by SLA") {
		t.Error("tickets are sorted by SLAs that are not told")
	}
	w.Account.List[2].SLA = tracker.SLA{Told: true, Metric: "next_reply_time", BreachAt: uitest.Now().Add(-time.Hour)}
	w.Press("r")
	w.See("1 Tickets · by SLA")
	if row := w.Row("#1031"); !strings.Contains(row, "-1h") || w.Part(intent.PaneTickets).Rows[0] != tracker.TicketID(1031) {
		t.Errorf("the breached ticket: %s", row)
	}
}

// Every column that the config file offers can be shown, and the usual ones are among them.
func TestTheConfigOffersTheColumnsThatThereAre(t *testing.T) {
	t.Parallel()
	told := tracker.TicketRow{Stories: []tracker.StoryRef{{ID: 1, State: tracker.Started}}}
	told.Priority, told.Requester, told.Organization, told.UpdatedAt = "high", "Mia", "Globex", uitest.Now()
	told.SLA, told.Progress = tracker.SLA{Told: true, Metric: "next_reply_time"}, tracker.Progress{Told: true}
	facts := row.TicketFactsOf([]row.Ticket{row.NewTicket(told)}, tracker.OrderView)
	for _, name := range config.TicketColumns() {
		if name != "subject" && row.NewTicketPlanner([]string{name}).Plan(80, facts).Version == row.NewTicketPlanner([]string{"?"}).Plan(80, facts).Version {
			t.Errorf("tickets have no column %s", name)
		}
	}
	card := tracker.Card{ID: 1, Tickets: 1, Owners: []string{"Ada"}}
	stories := row.StoryFactsOf(row.Aligned([]row.Story{row.NewStory(card, tracker.Project{})}))
	for _, name := range config.StoryColumns() {
		if name != "name" && row.NewStoryPlanner([]string{name}).Plan(80, stories).Version == row.NewStoryPlanner([]string{"?"}).Plan(80, stories).Version {
			t.Errorf("stories have no column %s", name)
		}
	}
	for _, part := range layout.Parts() {
		usual := row.UsualTicketColumns()
		offered := config.TicketColumns()
		if part.Cards != nil {
			usual, offered = row.UsualStoryColumns(), config.StoryColumns()
		}
		for _, c := range usual {
			if !strings.Contains(strings.Join(offered, " "), string(c)) {
				t.Errorf("the config does not offer the column %s of %s", c, part.Name)
			}
		}
	}
}
