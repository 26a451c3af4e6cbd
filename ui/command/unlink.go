package command

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// CannotUnlink says why a ticket cannot be unlinked, empty when it can.
func CannotUnlink(ticket tracker.TicketID, stories []tracker.StoryRef) string {
	if len(stories) == 0 {
		return fmt.Sprintf("%s has no linked story", ticket)
	}
	return ""
}

// UnlinkStory asks which ticket to unlink from a story, where there are several.
func UnlinkStory(h *Commands, d tracker.StoryDetail) tea.Cmd {
	links := d.Story.Tickets
	if len(links) == 1 {
		return askUnlink(h, d.Story.ID, links[0].Ticket)
	}
	rows := make([]dialog.Choice, len(links))
	for i, l := range links {
		rows[i] = dialog.Choice{Key: present.Cell(kind.LinkLabel(l)), Text: present.Cell(d.Tickets[i].Subject), Note: present.Cell(l.Integration)}
	}
	return h.Open(dialog.NewChooser(h.Host, "Unlink which ticket?", rows, func(i int) tea.Cmd {
		return askUnlink(h, d.Story.ID, links[i].Ticket)
	}), pane.Overlay)
}

// UnlinkTicket asks from which story to unlink a ticket, where there are several.
func UnlinkTicket(h *Commands, ticket tracker.TicketKey, stories []tracker.StoryRef) tea.Cmd {
	if len(stories) == 1 {
		return askUnlink(h, stories[0].ID, ticket)
	}
	rows := make([]dialog.Choice, len(stories))
	for i, st := range stories {
		rows[i] = dialog.Choice{Key: st.ID.String(), Text: present.Cell(st.Name), Note: string(st.State)}
	}
	title := fmt.Sprintf("Unlink %s from which story?", ticket.ID)
	return h.Open(dialog.NewChooser(h.Host, title, rows, func(i int) tea.Cmd { return askUnlink(h, stories[i].ID, ticket) }), pane.Overlay)
}

// askUnlink asks whether to unlink a ticket from a story.
func askUnlink(h *Commands, id tracker.StoryID, ticket tracker.TicketKey) tea.Cmd {
	service := h.Service
	unlink := func(ctx context.Context, drop bool) pane.Done {
		err := service.Stories.UnlinkTicket(ctx, []tracker.StoryID{id}, ticket, drop)
		return pane.Done{Said: fmt.Sprintf("%s unlinked from %s", id, ticket.ID), Err: err, What: Outcome{Story: id}}
	}
	ask := fmt.Sprintf("Unlink %s from %s? Private comments already sent stay on the ticket.", ticket.ID, id)
	return askSettle(h, ask, fmt.Sprintf("unlink %s", ticket.ID), unlink, tracker.DeliveryQuery{Story: id, Ticket: ticket})
}
