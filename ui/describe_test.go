package ui

import (
	"strings"
	"testing"

	"storydesk/tracker"
)

// tabular are two tickets whose first comments have a table, which Zendesk's own
// descriptions have lost.
func tabular(w *world) *world {
	tickets := usual()[:2]
	for i := range tickets {
		tickets[i].Description = "Seats:\n\nplan seats\nTeam 5\nEnterprise 1,200"
		w.account.comments[tickets[i].ID] = []tracker.TicketComment{
			{ID: 2, Author: "Ada", Text: "Looking.", HTML: "<p>Looking.</p>", Public: true, CreatedAt: testNow()},
			{ID: 1, Author: "Sam", Text: tickets[i].Description, Public: true, CreatedAt: testNow(), HTML: "<p>Seats:</p><table><tr><th>plan</th><th>seats</th></tr>" +
				"<tr><td>Team</td><td>5</td></tr><tr><td>Enterprise</td><td>1,200</td></tr></table>"},
		}
	}
	return w.withTickets(tickets...)
}

// A story made of a ticket is there before Zendesk has answered what its tables
// look like, and shows them as the conversation does after that.
func TestAStoryShowsTheTablesOfItsTicket(t *testing.T) {
	w := tabular(newWorld(t))
	answer := make(chan struct{})
	w.account.hold = answer
	w.start(120, 40).press("1", "b")
	w.see("Story S-1 created")
	w.idle()
	if got := w.read(1).Story.Description; !strings.Contains(got, "plan seats\nTeam 5") {
		t.Errorf("before the answer: %q", got)
	}
	close(answer)
	w.detail(1)
	for _, row := range []string{"plan       | seats", "Team       | 5", "Enterprise | 1,200"} {
		w.see(row)
	}
	w.press("esc", "u")
	w.see("S-1 removed")
}

func TestStoriesOfSeveralTicketsShowTheirTables(t *testing.T) {
	w := tabular(newWorld(t)).start(120, 40)
	w.press("1", "ctrl+a", "b")
	w.see("one story or one each?")
	w.press("e")
	w.see("2 stories created")
	for id := range tracker.StoryID(2) {
		w.detail(id + 1).see("Enterprise | 1,200")
		w.press("esc")
	}
}
