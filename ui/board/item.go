package board

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/row"
)

// item is an action on the marked or selected rows: stories, or tickets.
type item struct {
	keymap.Action
	// stories does it to stories, cannotStories says why it cannot be done to them,
	// empty when it can; nil where it always can.
	stories       func(*storyActions, []tracker.Card) tea.Cmd
	cannotStories func(*storyActions, []tracker.Card) string
	// ticket does it to the marked tickets or the selected one, cannotTicket says why
	// it cannot be done.
	ticket       func(*ticketActions, row.Ticket) tea.Cmd
	cannotTicket func(*ticketActions, row.Ticket) string
	// epic does it to an epic; nil where it is not for epics.
	epic func(*Board, row.Epic) tea.Cmd
	// do does it to whatever is selected; nil where stories and ticket do.
	do func(*Board) tea.Cmd
	// linked passes what is done to tickets on to their stories.
	linked bool
}

// record is the action as a record of the board.
func (i item) record() pane.Action[*Board] { return pane.Unless(i.Action, i.disabled, i.perform) }

func (i item) perform(b *Board) tea.Cmd {
	if e, ok := b.columns.Epic(); ok {
		return i.epic(b, e)
	}
	if i.do != nil {
		return i.do(b)
	}
	if cards := b.selection.Subjects(); len(cards) > 0 {
		return i.stories(b.onStories, cards)
	}
	switch t, ok := b.selection.Ticket(); {
	case ok && i.linked:
		return b.onTickets.linked(t).Perform(i.onStories(b))
	case ok && i.ticket != nil:
		return i.ticket(b.onTickets, t)
	}
	return nil
}

// onStories is the action as it is done to stories.
func (i item) onStories(b *Board) command.StoryAction {
	return command.StoryAction{
		Cannot: func(cards []tracker.Card) string {
			if i.cannotStories == nil {
				return ""
			}
			return i.cannotStories(b.onStories, cards)
		},
		Do: func(cards []tracker.Card) tea.Cmd { return i.stories(b.onStories, cards) },
	}
}

func (i item) disabled(b *Board) string {
	if cards := b.selection.Subjects(); len(cards) > 0 {
		return i.onStories(b).Cannot(cards)
	}
	if _, ok := b.columns.Epic(); ok {
		if i.epic == nil {
			return "this is an epic; " + b.Keys.Key(keymap.ScopeBoard, intent.ActOpen) + " shows its stories"
		}
		return ""
	}
	t, ok := b.selection.Ticket()
	switch {
	case !ok:
		return columns.NoneSelected
	case i.linked:
		return b.onTickets.linked(t).Cannot(i.onStories(b))
	case i.cannotTicket == nil:
		return ""
	}
	return i.cannotTicket(b.onTickets, t)
}

// itemActions are those that a story's detail has too.
func itemActions() pane.Actions[*Board] {
	noStory := (*ticketActions).noStory
	list := []item{
		{Action: command.Item(intent.ActAdvance), stories: (*storyActions).advance, cannotStories: cannot(tracker.Advance), linked: true},
		{Action: command.Item(intent.ActReject), stories: (*storyActions).reject, cannotStories: cannot(tracker.Reject), linked: true},
		{Action: command.Item(intent.ActEstimate), stories: (*storyActions).estimate, cannotStories: (*storyActions).cannotEstimate, linked: true},
		{Action: command.Item(intent.ActPreview), stories: (*storyActions).preview, cannotStories: cannot(tracker.Advance), linked: true},
		{Action: command.Item(intent.ActComment), stories: (*storyActions).comment, linked: true},
		{Action: command.Item(intent.ActEdit), stories: inDetail(intent.ActEdit), cannotStories: (*storyActions).oneAtATime, linked: true, epic: func(b *Board, e row.Epic) tea.Cmd { return b.onEpics.Edit(e.Epic) }},
		{Action: command.Item(intent.ActWrite), stories: inDetail(intent.ActWrite), cannotStories: (*storyActions).oneAtATime, linked: true},
		{Action: command.Item(intent.ActDelete), stories: (*storyActions).remove, cannotTicket: noStory, epic: func(b *Board, e row.Epic) tea.Cmd { return b.onEpics.Delete(e.Figures) }},
		{Action: command.Item(intent.ActLink), stories: (*storyActions).link, cannotStories: (*storyActions).cannotLink, ticket: (*ticketActions).link},
		{Action: command.Item(intent.ActUnlink), stories: (*storyActions).unlink, cannotStories: (*storyActions).cannotFollow, ticket: (*ticketActions).unlink, cannotTicket: (*ticketActions).cannotUnlink},
		{Action: command.Item(intent.ActBrowse), stories: (*storyActions).browseTickets, cannotStories: (*storyActions).cannotFollow, ticket: (*ticketActions).browse, cannotTicket: (*ticketActions).cannotBrowse},
		{Action: command.Item(intent.ActCopyID), stories: (*storyActions).copyNumbers, ticket: (*ticketActions).copyNumbers},
		{Action: command.Item(intent.ActCopyURL), stories: (*storyActions).copyAddresses, cannotStories: (*storyActions).cannotFollow, ticket: (*ticketActions).copyAddresses},
	}
	for _, d := range command.Decisions() {
		list = append(list, item{Action: d.Action, stories: toColumn(d.To), cannotStories: cannot(tracker.Move), ticket: storyIn(d.To)})
	}
	records := make(pane.Actions[*Board], len(list))
	for i, it := range list {
		records[i] = it.record()
	}
	return records
}

// cannot asks the domain whether an action can be done.
func cannot(do tracker.Action) func(*storyActions, []tracker.Card) string {
	return func(a *storyActions, cards []tracker.Card) string { return a.cannot(do, cards) }
}

func toColumn(to tracker.Place) func(*storyActions, []tracker.Card) tea.Cmd {
	return func(a *storyActions, cards []tracker.Card) tea.Cmd { return a.toColumn(cards, to) }
}

func storyIn(to tracker.Place) func(*ticketActions, row.Ticket) tea.Cmd {
	return func(a *ticketActions, t row.Ticket) tea.Cmd { return a.toColumn(t, to) }
}

func inDetail(id intent.ActionID) func(*storyActions, []tracker.Card) tea.Cmd {
	return func(a *storyActions, cards []tracker.Card) tea.Cmd { return a.inDetail(id, cards) }
}

func reorder(by int) func(*storyActions, []tracker.Card) tea.Cmd {
	return func(a *storyActions, cards []tracker.Card) tea.Cmd { return a.reorder(cards, by) }
}

func cannotReorder(by int) func(*storyActions, []tracker.Card) string {
	return func(a *storyActions, cards []tracker.Card) string { return a.cannotReorder(cards, by) }
}
