package find

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// Actions are those of the screen.
func Actions() []keymap.Action { return screenActions().Table() }

// actions are all actions that can be done on the screen.
func actions() pane.Actions[*Pane] { return append(screenActions(), itemActions()...) }

func screenActions() pane.Actions[*Pane] {
	const scope = keymap.ScopeFind
	return pane.Actions[*Pane]{
		pane.Unless(keymap.Action{ID: intent.ActOpen, Scope: scope, Keys: keymap.Bind("enter", "open", "enter"), Group: keymap.GroupItem, Help: "open the story or ticket", Footer: 5},
			(*Pane).noneSelected, (*Pane).open),
		pane.On(keymap.Action{ID: intent.ActFilter, Scope: scope, Keys: keymap.Bind("/", "search", "/"), Group: keymap.GroupView, Help: "change the search", Footer: 50},
			(*Pane).ask),
		pane.On(keymap.Action{ID: "include-done", Scope: scope, Keys: keymap.Bind("tab", "Done", "tab"), Group: keymap.GroupView, Help: "include the stories in Done, or leave them out", Footer: 51},
			(*Pane).turnDone),
		pane.On(keymap.Action{ID: intent.ActBack, Scope: scope, Keys: keymap.Bind("esc", "back", "esc"), Group: keymap.GroupScreens, Help: "go back", Footer: 70},
			func(p *Pane) tea.Cmd { return p.Close() }),
	}
}

// itemActions are those on the selected story or ticket, as everywhere.
func itemActions() []pane.Action[*Pane] {
	onCard := func(id intent.ActionID, cannot tracker.Action, do func(*command.Commands, tracker.Card) tea.Cmd) pane.Action[*Pane] {
		return pane.Unless(command.Item(id), func(p *Pane) string { return p.cannot(cannot) }, func(p *Pane) tea.Cmd {
			h, _ := p.rows.Selected()
			return do(p.Commands, h.card)
		})
	}
	there := func(id intent.ActionID) pane.Action[*Pane] {
		return onCard(id, "", func(c *command.Commands, card tracker.Card) tea.Cmd {
			return c.GoTo(intent.OpenStory{ID: card.ID, Then: id})
		})
	}
	list := []pane.Action[*Pane]{
		onCard(intent.ActAdvance, tracker.Advance, command.Advance),
		onCard(intent.ActReject, tracker.Reject, command.Reject),
		onCard(intent.ActEstimate, tracker.Estimate, command.Estimate),
		onCard(intent.ActPreview, tracker.Advance, func(c *command.Commands, card tracker.Card) tea.Cmd { return command.PreviewNext(c, card) }),
		there(intent.ActComment),
		there(intent.ActEdit),
		there(intent.ActWrite),
		onCard(intent.ActDelete, "", command.DeleteStory),
		onCard(intent.ActLink, "", func(c *command.Commands, card tracker.Card) tea.Cmd { return command.LinkStories(c, card) }),
		pane.Unless(command.Item(intent.ActBrowse), (*Pane).cannotBrowse, (*Pane).browse),
		pane.Unless(command.Item(intent.ActCopyID), (*Pane).noneSelected, func(p *Pane) tea.Cmd {
			h, _ := p.rows.Selected()
			return p.CopyText(h.number)
		}),
		pane.Unless(command.Item(intent.ActCopyURL), (*Pane).cannotBrowse, (*Pane).copyURL),
	}
	for _, d := range command.Decisions() {
		list = append(list, pane.Unless(d.Action, (*Pane).cannotDecide, func(p *Pane) tea.Cmd { return p.decide(d.To) }))
	}
	return list
}

// open opens the selected story or ticket.
func (p *Pane) open() tea.Cmd {
	h, _ := p.rows.Selected()
	if h.story != 0 {
		return p.GoTo(intent.OpenStory{ID: h.story})
	}
	return p.GoTo(intent.OpenTicket{Integration: h.integration, ID: h.ticket})
}

// cannot says why an action cannot be done to what is selected, empty when it can; an
// action without a name can be done to every story.
func (p *Pane) cannot(do tracker.Action) string {
	h, ok := p.rows.Selected()
	switch {
	case !ok:
		return nothingSelected
	case h.story == 0:
		return "This is a ticket; " + p.Keys.Key(keymap.ScopeFind, intent.ActOpen) + " opens it"
	case do == "":
		return ""
	}
	return command.Cannot(p.Host, do, h.card)
}

func (p *Pane) cannotBrowse() string {
	h, ok := p.rows.Selected()
	switch {
	case !ok:
		return nothingSelected
	case h.story != 0 && h.card.Tickets == 0:
		return "the story is linked to no ticket"
	}
	return ""
}

func (p *Pane) browse() tea.Cmd {
	h, _ := p.rows.Selected()
	if h.story != 0 {
		return command.BrowseStory(p.Commands, h.story)
	}
	return p.Browse(h.of.URL)
}

func (p *Pane) copyURL() tea.Cmd {
	h, _ := p.rows.Selected()
	if h.story != 0 {
		return command.CopyStoryURL(p.Commands, h.story)
	}
	return p.CopyText(h.of.URL)
}

// cannotDecide says why what is selected cannot be put into a column.
func (p *Pane) cannotDecide() string {
	h, ok := p.rows.Selected()
	switch {
	case !ok:
		return nothingSelected
	case h.story == 0 && len(h.of.Stories) > 0:
		return "the ticket has a story already: " + h.of.Stories[0].ID.String()
	case h.story == 0:
		return ""
	}
	return command.Cannot(p.Host, tracker.Move, h.card)
}

// decide puts the selected story into a column, or makes a story of the selected ticket there.
func (p *Pane) decide(to tracker.Place) tea.Cmd {
	h, _ := p.rows.Selected()
	if h.story != 0 {
		return command.ToColumn(p.Commands, h.story, to)
	}
	return command.MakeStory(p.Commands, tracker.FromTickets{Integration: h.integration, Tickets: []tracker.TicketID{h.ticket}, Place: to})
}
