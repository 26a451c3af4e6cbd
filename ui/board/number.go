package board

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// opener opens any ticket or story by its number: S-14 is a story, #1042 a ticket,
// and a bare number whichever is on the board.
type opener struct {
	*host
	panel *panel
}

// ask asks for a number.
func (o *opener) ask() tea.Cmd {
	p := dialog.NewPrompt(o.Host, "Open #1042, S-14 or 14", "", o.open)
	p.Reads = true
	return o.Open(p, pane.Line)
}

// open opens what has a number.
func (o *opener) open(text string) tea.Cmd {
	if ticket, ok := o.ticket(text); ok {
		return o.openTicket(ticket)
	}
	story, err := tracker.ParseStoryID(text)
	if err != nil {
		return o.Fail(fmt.Errorf("%q is not a ticket or story number", text))
	}
	if ticket, err := tracker.ParseTicketID(text); err == nil && o.panel.id != 0 {
		return o.storyElseTicket(story, ticket)
	}
	return o.GoTo(intent.OpenStory{ID: story})
}

// ticket reads the number of a ticket that is meant or on the board.
func (o *opener) ticket(text string) (tracker.TicketID, bool) {
	id, err := tracker.ParseTicketID(text)
	if err != nil || o.panel.id == 0 {
		return 0, false
	}
	if len(text) > 0 && text[0] == '#' {
		return id, true
	}
	_, known := o.panel.tickets.Find(id)
	return id, known
}

func (o *opener) openTicket(id tracker.TicketID) tea.Cmd {
	return o.GoTo(intent.OpenTicket{Integration: o.panel.id, ID: id})
}

// numberRead says what a bare number is the number of.
type numberRead struct {
	story  tracker.StoryID
	ticket tracker.TicketID
	// known is true where there is such a story.
	known bool
}

// storyElseTicket opens a story, or the ticket with its number where there is no
// such story.
func (o *opener) storyElseTicket(story tracker.StoryID, ticket tracker.TicketID) tea.Cmd {
	service := o.Service
	return o.Ask(func(ctx context.Context) tea.Msg {
		_, err := service.Stories.Locate(ctx, story)
		return numberRead{story, ticket, tracker.CodeOf(err) != tracker.CodeNotFound}
	})
}

// took opens what a bare number is the number of.
func (o *opener) took(msg numberRead) tea.Cmd {
	if msg.known {
		return o.GoTo(intent.OpenStory{ID: msg.story})
	}
	return o.openTicket(msg.ticket)
}
