package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// opener opens any ticket or story by its number, on every screen: S-14 is a story, #1042
// a ticket, and a bare number whichever is on the board.
type opener struct {
	*host
	board *board.Board
}

// panel is the integration whose tickets are meant: that of the ticket that the cursor is
// on, else the one that the board shows; 0 for none.
func (o *opener) panel() tracker.IntegrationID {
	if p, ok := o.Top().(pane.Pointing); ok {
		if on := p.Subject(); on.Integration != 0 {
			return on.Integration
		}
	}
	return o.board.Panel()
}

// ask asks for a number.
func (o *opener) ask() tea.Cmd {
	panel := o.panel()
	p := dialog.NewPrompt(o.Host, "Open #1042, S-14 or 14", "", func(text string) tea.Cmd { return o.open(text, panel) })
	p.Reads = true
	return o.Open(p, pane.Line)
}

// open opens what has a number, a ticket of that integration.
func (o *opener) open(text string, panel tracker.IntegrationID) tea.Cmd {
	if ticket, ok := o.ticket(text, panel); ok {
		return o.GoTo(intent.OpenTicket{Integration: panel, ID: ticket})
	}
	story, err := tracker.ParseStoryID(text)
	if err != nil {
		return o.Fail(fmt.Errorf("%q is not a ticket or story number", text))
	}
	if ticket, err := tracker.ParseTicketID(text); err == nil && panel != 0 {
		return o.storyElseTicket(story, intent.OpenTicket{Integration: panel, ID: ticket})
	}
	return o.GoTo(intent.OpenStory{ID: story})
}

// ticket reads the number of a ticket that is meant or on the board.
func (o *opener) ticket(text string, panel tracker.IntegrationID) (tracker.TicketID, bool) {
	id, err := tracker.ParseTicketID(text)
	if err != nil || panel == 0 {
		return 0, false
	}
	if len(text) > 0 && text[0] == '#' {
		return id, true
	}
	return id, panel == o.board.Panel() && o.board.Lists(id)
}

// numberRead says what a bare number is the number of.
type numberRead struct {
	story  tracker.StoryID
	ticket intent.OpenTicket
	// known is true where there is such a story.
	known bool
}

// storyElseTicket opens a story, or the ticket with its number where there is no
// such story.
func (o *opener) storyElseTicket(story tracker.StoryID, ticket intent.OpenTicket) tea.Cmd {
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
	return o.GoTo(msg.ticket)
}
