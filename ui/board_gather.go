package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/conversation"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/text"
)

// toStory makes a story of tickets. Of several it asks whether they become one
// or one each; where one has a story already that is shown and the user is asked.
func (b *board) toStory(tickets []tracker.TicketID, to tracker.Place) tea.Cmd {
	from := tracker.FromTickets{Integration: b.panel, Tickets: tickets, Place: to}
	linked := b.linkedOf(tickets)
	if len(linked) > 0 {
		from.Again = true
		b.selectStory(linked[0].linked.ID)
	}
	switch {
	case len(tickets) > 1:
		return b.askTogether(from, linked)
	case len(linked) > 0:
		was := linked[0]
		ask := fmt.Sprintf("%s has story %s (%s). Make another?", was.id, was.linked.ID, was.linked.State)
		return b.open(newQuestion(b.shell, ask, func() tea.Cmd { return b.makeStory(from) }), placeLine)
	}
	return b.makeStory(from)
}

// linkedOf are those of some tickets that have a story.
func (b *board) linkedOf(tickets []tracker.TicketID) []ticketRow {
	return slices.DeleteFunc(b.rowsOf(tickets), func(t ticketRow) bool { return t.linked.ID == 0 })
}

// askTogether asks whether several tickets become one story or one each.
func (b *board) askTogether(from tracker.FromTickets, linked []ticketRow) tea.Cmd {
	ask := present.TicketCount(len(from.Tickets))
	if len(linked) > 0 {
		has := make([]string, len(linked))
		for i, t := range linked {
			has[i] = fmt.Sprintf("%s has %s", t.id, t.linked.ID)
		}
		const most = 2
		if more := len(has) - most; more > 0 {
			has = append(has[:most], fmt.Sprintf("%d more have one", more))
		}
		ask += fmt.Sprintf(" (%s)", strings.Join(has, ", "))
	}
	return b.open(&question{shell: b.shell, text: ask + ": one story or one each?", asked: keymap.ScopeGather, answers: []answer{
		{id: intent.ActTogether, text: "one story", do: func() tea.Cmd { return b.makeStory(from) }},
		{id: intent.ActApart, text: "one each", do: func() tea.Cmd { return b.makeStories(from) }},
		{id: intent.ActNo, text: "neither"},
	}}, placeLine)
}

// madeStory is a story that was just made of tickets. Until the next change L
// ties the tickets to another one instead, above all to one that is alike. Of
// several that were made at once it has only the stories.
type madeStory struct {
	stories []tracker.Story
	created tracker.StoryID
	name    string
	tickets []tracker.TicketID
	// again is true where the user knew of another story of the tickets.
	again bool
	alike []tracker.Card
}

// of tells whether it was made of a ticket.
func (m *madeStory) of(id tracker.TicketID) bool { return m != nil && slices.Contains(m.tickets, id) }

// makeStory makes one story of tickets.
func (s *shell) makeStory(from tracker.FromTickets) tea.Cmd {
	service := s.service
	return s.changeNamed(func(ctx context.Context) done {
		st, err := service.Stories.AddStoryFromTickets(ctx, from)
		if err != nil {
			return done{err: err}
		}
		said := fmt.Sprintf("Story %s created from %s", st.ID, present.SomeOf(from.Tickets))
		made := &madeStory{created: st.ID, stories: []tracker.Story{st}, name: st.Name, tickets: from.Tickets, again: from.Again}
		return done{said: said, story: st.ID, reveal: true, tickets: from.Tickets, made: made}
	})
}

// describe completes the descriptions of stories that were just made of tickets.
// That is read from Zendesk, so it comes after the change and holds nothing up.
func describe(s *shell, made *madeStory) tea.Cmd {
	if made == nil {
		return nil
	}
	service, stories := s.service, made.stories
	return s.do(func(ctx context.Context) tea.Msg {
		conversation.Describe(ctx, service, stories...)
		return nil // the store tells of what it changed
	})
}

// alikeRead tells which stories are like one that was just made.
type alikeRead struct {
	to    tracker.StoryID
	cards []tracker.Card
	err   error
}

// findAlike looks for stories like the one that the last change made. It comes
// after the news of that, so that nobody is held up.
func (s *shell) findAlike() tea.Cmd {
	if s.made == nil || s.made.created == 0 || s.made.again {
		return nil
	}
	service, project, made := s.service, s.project.ID, *s.made
	return s.do(func(ctx context.Context) tea.Msg {
		cards, err := service.Stories.Alike(ctx, project, []string{made.name}, made.created)
		return alikeRead{made.created, cards, err}
	})
}

// offerAlike tells of stories that are like the one that was just made.
func (s *shell) offerAlike(msg alikeRead) tea.Cmd {
	switch {
	case msg.err != nil:
		return s.fail(msg.err)
	case s.made == nil || s.made.created != msg.to || len(msg.cards) == 0:
		return nil
	}
	s.made.alike = msg.cards
	like, link, undo := msg.cards[0], s.keys.Key(keymap.ScopeItem, intent.ActLink), s.keys.Key(keymap.ScopeGlobal, intent.ActUndo)
	if len(msg.cards) == 1 {
		return s.say(fmt.Sprintf("%s created · %s links to %s “%s” instead · %s undo", msg.to, link, like.ID, text.Truncate(present.Cell(like.Name), 24), undo))
	}
	return s.say(fmt.Sprintf("%s created · %s look like it, %s links there instead · %s undo", msg.to, present.StoryCount(len(msg.cards)), link, undo))
}

// makeStories makes a story of each ticket.
func (s *shell) makeStories(from tracker.FromTickets) tea.Cmd {
	service := s.service
	return s.changeNamed(func(ctx context.Context) done {
		made, err := service.Stories.AddStoryFromEach(ctx, from)
		if err != nil {
			return done{err: err}
		}
		return done{
			said:  fmt.Sprintf("%s created from %s", present.StoryCount(len(made)), present.TicketCount(len(from.Tickets))),
			story: made[0].ID, reveal: true, tickets: from.Tickets, made: &madeStory{stories: made},
		}
	})
}

// chosen are the marked tickets, else the selected one.
func (b *board) chosen(t ticketRow) []tracker.TicketID {
	if marks := b.tickets.List.Marks(); len(marks) > 0 {
		return marks
	}
	return []tracker.TicketID{t.id}
}

// rowsOf are the rows of some tickets.
func (b *board) rowsOf(tickets []tracker.TicketID) []ticketRow {
	rows := make([]ticketRow, 0, len(tickets))
	for _, id := range tickets {
		if row, ok := b.tickets.Find(id); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

func urlsOf(rows []ticketRow) []string {
	return present.Each(rows, func(t ticketRow) string { return t.url })
}
