package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/find"
	"storydesk/ui/integrations"
	"storydesk/ui/intent"
	"storydesk/ui/links"
	"storydesk/ui/newstory"
	"storydesk/ui/pane"
	"storydesk/ui/setting"
	"storydesk/ui/story"
	"storydesk/ui/ticket"
)

// visit opens what a navigation intent leads to.
func (a *app) visit(in intent.Intent) tea.Cmd {
	switch in := in.(type) {
	case intent.OpenTicket:
		return a.Open(ticket.New(a.Commands, a.Service.ticket(), in.Integration, in.ID), pane.Side)
	case intent.OpenStory:
		return a.openStory(in)
	case intent.OpenBeside:
		return a.openBeside(in.By)
	case intent.NewStory:
		return newstory.Read(a.Host, in.Place, nil)
	case intent.NewIntegration:
		return integrations.ChooseKind(a.Commands, a.Service.integrations())
	case intent.CheckLinks:
		return pane.OpenOnce(a.Host, func() *links.Pane { return links.New(a.Commands, a.Service.links()) })
	case intent.Find:
		return a.Open(find.New(a.Commands, a.Service.find()).Searching(in.Query), pane.Body)
	case intent.MoveOnBoard:
		closed := a.CloseTo(1)
		picked, _ := a.board.Handle(intent.Grab{Row: in.Row, Alone: true})
		return tea.Batch(closed, picked)
	case intent.OpenSandbox:
		a.ending.reason = ExitToSandbox
		return tea.Quit
	}
	return nil
}

// newStory opens the form of a new story.
func (a *app) newStory(d newstory.Draft) tea.Cmd {
	return newstory.Open(a.Commands, a.Service.newStory(), d, a.board.PlaceOnScreen)
}

// newStoryAgain opens the form again whose story was not created, unless the user has
// gone on: then it is a draft.
func (a *app) newStoryAgain(ended pane.Done) tea.Cmd {
	again, ok := ended.What.(newstory.Again)
	if !ok || a.Top() != pane.Pane(a.board) {
		return nil
	}
	return newstory.Read(a.Host, again.Place, ended.Err)
}

// details make what the board previews.
func (h *host) details() board.Details {
	return board.Details{
		Ticket: func(in tracker.IntegrationID, t tracker.TicketRow) board.Detail {
			return ticket.NewPreview(h.Commands, h.Service.ticket(), in, t)
		},
		Story: func(c tracker.Card) board.Detail { return story.NewPreview(h.Commands, h.Service.story(), c) },
	}
}

// openBeside moves the cursor of the board and opens what it is on then, in place of
// the detail that is open.
func (a *app) openBeside(by int) tea.Cmd {
	if len(a.Layers) != 2 {
		return a.Refuse("this was opened from another detail; go back first")
	}
	if !a.board.Step(by) {
		return a.Refuse(setting.When(by > 0, "this is the last row") + setting.When(by < 0, "this is the first row"))
	}
	closed := a.CloseTo(1)
	opened, _ := a.board.Handle(intent.Act{ID: intent.ActOpen})
	return tea.Batch(closed, opened)
}

// openStory opens a story and does there what is asked.
func (a *app) openStory(in intent.OpenStory) tea.Cmd {
	detail := story.New(a.Commands, a.Service.story(), in.ID)
	opened := a.Open(detail, pane.Side)
	if in.Then == "" {
		return opened
	}
	then, _ := detail.Handle(intent.Act{ID: in.Then})
	return tea.Batch(opened, then)
}
