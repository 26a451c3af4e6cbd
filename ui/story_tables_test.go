package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

// tabular are two tickets whose first comments have a table, which Zendesk's own
// descriptions have lost.
func tabular(w *world) *world {
	tickets := uitest.Usual()[:2]
	for i := range tickets {
		tickets[i].Description = "Seats:\n\nplan seats\nTeam 5\nEnterprise 1,200"
		w.Account.Conversations[tickets[i].ID] = []tracker.TicketComment{
			{ID: 2, Author: "Ada", Text: "Looking.", HTML: "<p>Looking.</p>", Public: true, CreatedAt: uitest.Now()},
			{ID: 1, Author: "Sam", Text: tickets[i].Description, Public: true, CreatedAt: uitest.Now(), HTML: "<p>Seats:</p><table><tr><th>plan</th><th>seats</th></tr>" +
				"<tr><td>Team</td><td>5</td></tr><tr><td>Enterprise</td><td>1,200</td></tr></table>"},
		}
	}
	return w.WithTickets(tickets...)
}

// A story made of a ticket is there before Zendesk has answered what its tables
// look like, and shows them as the conversation does after that.
func TestAStoryShowsTheTablesOfItsTicket(t *testing.T) {
	t.Parallel()
	w := tabular(newWorld(t))
	answer := make(chan struct{})
	w.Account.Hold = answer
	w.Start(120, 40).Press("1", "b")
	w.See("Story S-1 created")
	w.Idle()
	if got := w.read(1).Story.Description; !strings.Contains(got, "plan seats\nTeam 5") {
		t.Errorf("before the answer: %q", got)
	}
	close(answer)
	w.detail(1)
	for _, row := range []string{"plan       | seats", "Team       | 5", "Enterprise | 1,200"} {
		w.See(row)
	}
	w.Press("esc", "u")
	w.See("S-1 removed")
}

func TestStoriesOfSeveralTicketsShowTheirTables(t *testing.T) {
	t.Parallel()
	w := tabular(newWorld(t)).Start(120, 40)
	w.Press("1", "ctrl+a", "b")
	w.See("one story or one each?")
	w.Press("e")
	w.See("2 stories created")
	for id := range tracker.StoryID(2) {
		w.detail(id + 1).See("Enterprise | 1,200")
		w.Press("esc")
	}
}
