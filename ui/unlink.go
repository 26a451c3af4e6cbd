package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/present"
)

// cannotUnlink says why a ticket cannot be untied, empty when it can.
func cannotUnlink(ticket tracker.TicketID, stories []tracker.StoryRef) string {
	if len(stories) == 0 {
		return fmt.Sprintf("%s has no linked story", ticket)
	}
	return ""
}

// unlinkStory asks which ticket to untie from a story, where there are several.
func (s *shell) unlinkStory(d tracker.StoryDetail) tea.Cmd {
	links := d.Story.Tickets
	if len(links) == 1 {
		return s.askUnlink(d.Story.ID, links[0].Ticket)
	}
	rows := make([]choice, len(links))
	for i, l := range links {
		rows[i] = choice{key: l.Ticket.ID.String(), text: present.Cell(d.Tickets[i].Subject), note: present.Cell(l.Integration)}
	}
	return s.open(newChooser(s, "Unlink which ticket?", rows, func(i int) tea.Cmd {
		return s.askUnlink(d.Story.ID, links[i].Ticket)
	}), placeOverlay)
}

// unlinkTicket asks from which story to untie a ticket, where there are several.
func (s *shell) unlinkTicket(ticket tracker.TicketKey, stories []tracker.StoryRef) tea.Cmd {
	if len(stories) == 1 {
		return s.askUnlink(stories[0].ID, ticket)
	}
	rows := make([]choice, len(stories))
	for i, st := range stories {
		rows[i] = choice{key: st.ID.String(), text: present.Cell(st.Name), note: string(st.State)}
	}
	title := fmt.Sprintf("Unlink %s from which story?", ticket.ID)
	return s.open(newChooser(s, title, rows, func(i int) tea.Cmd { return s.askUnlink(stories[i].ID, ticket) }), placeOverlay)
}

// askUnlink asks whether to untie a ticket from a story.
func (s *shell) askUnlink(id tracker.StoryID, ticket tracker.TicketKey) tea.Cmd {
	service := s.service
	untie := func(ctx context.Context, drop bool) done {
		_, err := service.Stories.UnlinkTicket(ctx, id, ticket, drop)
		return done{said: fmt.Sprintf("%s unlinked from %s", id, ticket.ID), err: err, story: id}
	}
	ask := fmt.Sprintf("Unlink %s from %s? Private comments already sent stay on the ticket.", ticket.ID, id)
	return s.open(newQuestion(s, ask, func() tea.Cmd {
		return s.settle(fmt.Sprintf("unlink %s", ticket.ID), untie, tracker.DeliveryQuery{Story: id, Ticket: ticket})
	}), placeLine)
}
