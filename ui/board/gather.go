package board

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
)

// toStory makes a story of tickets. Of several it asks whether they become one
// or one each; where one has a story already that is shown and the user is asked.
func (b *Board) toStory(tickets []tracker.TicketID, to tracker.Place) tea.Cmd {
	from := tracker.FromTickets{Integration: b.panel, Tickets: tickets, Place: to}
	linked := b.linkedOf(tickets)
	if len(linked) > 0 {
		from.Again = true
		b.selectStory(linked[0].Linked.ID)
	}
	switch {
	case len(tickets) > 1:
		return b.askTogether(from, linked)
	case len(linked) > 0:
		was := linked[0]
		ask := fmt.Sprintf("%s has story %s (%s). Make another?", was.ID, was.Linked.ID, was.Linked.State)
		return b.Open(dialog.NewQuestion(b.Host, ask, func() tea.Cmd { return command.MakeStory(b.Host, from) }), pane.Line)
	}
	return command.MakeStory(b.Host, from)
}

// linkedOf are those of some tickets that have a story.
func (b *Board) linkedOf(tickets []tracker.TicketID) []row.Ticket {
	return slices.DeleteFunc(b.rowsOf(tickets), func(t row.Ticket) bool { return t.Linked.ID == 0 })
}

// askTogether asks whether several tickets become one story or one each.
func (b *Board) askTogether(from tracker.FromTickets, linked []row.Ticket) tea.Cmd {
	ask := present.TicketCount(len(from.Tickets))
	if len(linked) > 0 {
		has := make([]string, len(linked))
		for i, t := range linked {
			has[i] = fmt.Sprintf("%s has %s", t.ID, t.Linked.ID)
		}
		const most = 2
		if more := len(has) - most; more > 0 {
			has = append(has[:most], fmt.Sprintf("%d more have one", more))
		}
		ask += fmt.Sprintf(" (%s)", strings.Join(has, ", "))
	}
	return b.Open(&dialog.Question{Host: b.Host, Text: ask + ": one story or one each?", Asked: keymap.ScopeGather, Answers: []dialog.Answer{
		{ID: intent.ActTogether, Text: "one story", Do: func() tea.Cmd { return command.MakeStory(b.Host, from) }},
		{ID: intent.ActApart, Text: "one each", Do: func() tea.Cmd { return command.MakeStories(b.Host, from) }},
		{ID: intent.ActNo, Text: "neither"},
	}}, pane.Line)
}

// chosen are the marked tickets, else the selected one.
func (b *Board) chosen(t row.Ticket) []tracker.TicketID {
	if marks := b.tickets.List.Marks(); len(marks) > 0 {
		return marks
	}
	return []tracker.TicketID{t.ID}
}

// rowsOf are the rows of some tickets.
func (b *Board) rowsOf(tickets []tracker.TicketID) []row.Ticket {
	rows := make([]row.Ticket, 0, len(tickets))
	for _, id := range tickets {
		if row, ok := b.tickets.Find(id); ok {
			rows = append(rows, row)
		}
	}
	return rows
}
