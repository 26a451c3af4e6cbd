package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// toStory makes a story of tickets. Of several it asks whether they become one
// or one each; where one has a story already that is shown and the user is asked.
func (b *board) toStory(tickets []tracker.TicketID, to tracker.Place) tea.Cmd {
	from := tracker.FromTickets{Integration: b.panel, Tickets: tickets, Place: to}
	linked := b.linkedOf(tickets)
	if len(linked) > 0 {
		from.Again = true
		b.revealing = linked[0].linked.ID
		b.showRevealed(tracker.HintStories)
	}
	switch {
	case len(tickets) > 1:
		return b.askTogether(from, linked)
	case len(linked) > 0:
		was := linked[0]
		text := fmt.Sprintf("%s has story %s (%s). Make another?", was.id, was.linked.ID, was.linked.State)
		return b.open(newQuestion(b.shell, text, func() tea.Cmd { return b.makeStory(from) }), placeLine)
	}
	return b.makeStory(from)
}

// linkedOf are those of some tickets that have a story.
func (b *board) linkedOf(tickets []tracker.TicketID) []ticketRow {
	var linked []ticketRow
	for _, id := range tickets {
		if row, ok := b.tickets.find(id); ok && row.linked.ID != 0 {
			linked = append(linked, row)
		}
	}
	return linked
}

// askTogether asks whether several tickets become one story or one each.
func (b *board) askTogether(from tracker.FromTickets, linked []ticketRow) tea.Cmd {
	text := ticketCount(len(from.Tickets))
	if len(linked) > 0 {
		has := make([]string, len(linked))
		for i, t := range linked {
			has[i] = fmt.Sprintf("%s has %s", t.id, t.linked.ID)
		}
		const most = 2
		if more := len(has) - most; more > 0 {
			has = append(has[:most], fmt.Sprintf("%d more have one", more))
		}
		text += fmt.Sprintf(" (%s)", strings.Join(has, ", "))
	}
	return b.open(&question{b.shell, text + ": one story or one each?", scopeGather, []answer{
		{actTogether, "o one story", func() tea.Cmd { return b.makeStory(from) }},
		{actApart, "e one each", func() tea.Cmd { return b.makeStories(from) }},
		{actNo, "n neither", nil},
	}}, placeLine)
}

// makeStories makes a story of each ticket.
func (s *shell) makeStories(from tracker.FromTickets) tea.Cmd {
	service := s.service
	return s.change(func(ctx context.Context) done {
		made, err := service.AddStoryFromEach(ctx, from)
		if err != nil {
			return done{err: err}
		}
		return done{
			said:  fmt.Sprintf("%s created from %s", storyCount(len(made)), ticketCount(len(from.Tickets))),
			story: made[0].ID, reveal: true, tickets: from.Tickets,
		}
	})
}

// chosen are the marked tickets, else the selected one. The mouse takes marked
// tickets along only when it takes hold of one of them.
func (b *board) chosen(t ticketRow, dragged bool) []tracker.TicketID {
	marks := b.tickets.list.Marks()
	if len(marks) == 0 || dragged && !slices.Contains(marks, t.id) {
		return []tracker.TicketID{t.id}
	}
	return marks
}

// urlsOf are the addresses of some tickets.
func (b *board) urlsOf(tickets []tracker.TicketID) []string {
	urls := make([]string, 0, len(tickets))
	for _, id := range tickets {
		if row, ok := b.tickets.find(id); ok {
			urls = append(urls, row.url)
		}
	}
	return urls
}
