package ticket

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/document"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// Actions on a conversation.
const (
	actLinks intent.ActionID = "links"
	actFold  intent.ActionID = "fold"
	actOlder intent.ActionID = "older"
)

// ConversationActions are those of a ticket's conversation.
func ConversationActions() []keymap.Action { return pane.Table(conversationActions()) }

// actions are all actions of the screen.
func actions() pane.Actions[*Pane] {
	return slices.Concat(conversationActions(), detailActions(), itemActions(), storyActions(), asideActions())
}

func conversationActions() []pane.Action[*Pane] {
	const scope = keymap.ScopeConversation
	return []pane.Action[*Pane]{
		pane.Unless(keymap.Action{ID: actLinks, Scope: scope, Keys: keymap.Bind("f", "links", "f"), Group: keymap.GroupItem, Help: "open a link or file", Footer: 41},
			noLinks, (*Pane).chooseLink),
		pane.On(keymap.Action{ID: actFold, Scope: scope, Keys: keymap.Bind("F", "quotes", "F"), Group: keymap.GroupView, Help: "expand or collapse long quotes"},
			(*Pane).toggleFolds),
		pane.Unless(keymap.Action{ID: actOlder, Scope: scope, Keys: keymap.Bind("+", "older", "+"), Group: keymap.GroupView, Help: "load older comments"},
			allLoaded, (*Pane).readOlder),
	}
}

// detailActions are those that it shares with the detail of a story.
func detailActions() []pane.Action[*Pane] {
	doc := func(p *Pane) *document.Document { return &p.doc }
	return slices.Concat([]pane.Action[*Pane]{
		pane.On(command.Detail(intent.ActBack), func(p *Pane) tea.Cmd { return p.Close() }),
		pane.On(command.Detail(intent.ActRefresh), (*Pane).refresh),
		pane.On(command.Detail(intent.ActMove), pickUp),
		command.Stop(intent.ActNextStop, doc),
		command.Stop(intent.ActPrevStop, doc),
		pane.On(command.Detail(intent.ActOpen), func(p *Pane) tea.Cmd { return p.Dispatch(p, p.doc.Cursor) }),
	}, command.Beside(func(p *Pane) *pane.Host { return p.Host }))
}

// itemActions are those that the ticket has on the board, too.
func itemActions() []pane.Action[*Pane] {
	var decisions []pane.Action[*Pane]
	for _, d := range command.Decisions() {
		decisions = append(decisions, pane.Unless(d.Action, (*Pane).notRead, func(p *Pane) tea.Cmd { return p.toStory(d.To) }))
	}
	return append(decisions,
		pane.Unless(command.Item(intent.ActLink), (*Pane).notRead, (*Pane).link),
		pane.Unless(command.Item(intent.ActUnlink), cannotUnlink, func(p *Pane) tea.Cmd {
			return command.UnlinkTicket(p.Commands, p.detail.Ticket.TicketKey, p.detail.Stories)
		}),
		pane.Unless(command.Item(intent.ActBrowse), (*Pane).notRead, func(p *Pane) tea.Cmd { return p.Browse(p.detail.Ticket.URL) }),
		pane.On(command.Item(intent.ActCopyID), func(p *Pane) tea.Cmd { return p.CopyText(p.id.String()) }),
		pane.Unless(command.Item(intent.ActCopyURL), (*Pane).notRead, func(p *Pane) tea.Cmd { return p.CopyText(p.detail.Ticket.URL) }),
	)
}

// storyActions are those of the ticket's story, and one that a ticket cannot have.
func storyActions() []pane.Action[*Pane] {
	always := func(*pane.Host, tracker.Card) string { return "" }
	domain := func(a tracker.Action) func(*pane.Host, tracker.Card) string {
		return func(h *pane.Host, c tracker.Card) string { return command.Cannot(h, a, c) }
	}
	inStory := func(id intent.ActionID) func(*command.Commands, tracker.Card) tea.Cmd {
		return func(c *command.Commands, of tracker.Card) tea.Cmd {
			return c.GoTo(intent.OpenStory{ID: of.ID, Then: id})
		}
	}
	return []pane.Action[*Pane]{
		onStory(intent.ActAdvance, domain(tracker.Advance), command.Advance),
		onStory(intent.ActReject, domain(tracker.Reject), command.Reject),
		onStory(intent.ActEstimate, domain(tracker.Estimate), command.Estimate),
		onStory(intent.ActPreview, domain(tracker.Advance), func(c *command.Commands, of tracker.Card) tea.Cmd { return command.PreviewNext(c, of) }),
		onStory(intent.ActComment, always, inStory(intent.ActComment)),
		onStory(intent.ActEdit, always, inStory(intent.ActEdit)),
		onStory(intent.ActWrite, always, inStory(intent.ActWrite)),
		pane.Unless(command.Item(intent.ActDelete), isTicket, func(p *Pane) tea.Cmd { return p.Refuse(isTicket(p)) }),
	}
}

// onStory is the record of an action that is done to the ticket's story.
func onStory(id intent.ActionID, cannot func(*pane.Host, tracker.Card) string, do func(*command.Commands, tracker.Card) tea.Cmd) pane.Action[*Pane] {
	of := func(p *Pane) command.StoryAction {
		return command.StoryAction{
			Cannot: func(cards []tracker.Card) string { return cannot(p.Host, cards[0]) },
			Do:     func(cards []tracker.Card) tea.Cmd { return do(p.Commands, cards[0]) },
		}
	}
	return pane.Unless(command.Item(id), func(p *Pane) string {
		if p.detail == nil {
			return p.notRead()
		}
		return linked(p).Cannot(of(p))
	}, func(p *Pane) tea.Cmd { return linked(p).Perform(of(p)) })
}

// linked is the ticket, on whose story something is done.
func linked(p *Pane) command.Linked {
	return command.Linked{Commands: p.Commands, Tickets: []command.LinkedTicket{{ID: p.id, Stories: p.detail.Stories}}}
}

// Named names the next state by what it does to the ticket's story.
func (p *Pane) Named(id intent.ActionID) (brief, help string) {
	if p.detail == nil || id != intent.ActAdvance {
		return "", ""
	}
	return linked(p).NextStep(), ""
}

// asideActions decide what becomes of the ticket without a story.
func asideActions() []pane.Action[*Pane] {
	return command.AsideRecords(
		func(p *Pane, _ intent.ActionID) string { return p.notRead() },
		func(p *Pane) command.Aside {
			return command.Aside{Commands: p.Commands, Integration: p.integration, Tickets: []tracker.TicketID{p.id}}
		})
}

// isTicket says that this is no story.
func isTicket(p *Pane) string {
	return fmt.Sprintf("%s is a ticket; this works on stories only", p.id)
}

// noLinks says that there is no link to open, empty when there is one.
func noLinks(p *Pane) string {
	if len(p.thread.links) == 0 {
		return "the conversation has no links"
	}
	return ""
}

// allLoaded says that there are no older comments, empty when there are some.
func allLoaded(p *Pane) string {
	if !p.thread.Older {
		return "the whole conversation is loaded"
	}
	return ""
}

// notRead says that the ticket was not read yet, empty when it was.
func (p *Pane) notRead() string {
	if p.detail == nil {
		return "the ticket is still loading"
	}
	return ""
}

// cannotUnlink says why the ticket cannot be unlinked now, empty when it can.
func cannotUnlink(p *Pane) string {
	if p.detail == nil {
		return p.notRead()
	}
	return command.CannotUnlink(p.id, p.detail.Stories)
}

// refresh reads the ticket and its conversation again.
func (p *Pane) refresh() tea.Cmd {
	p.doc.Changed()
	return tea.Batch(p.reload(), p.converse())
}

// pickUp moves the ticket on the board.
func pickUp(p *Pane) tea.Cmd {
	return p.GoTo(intent.MoveOnBoard{Row: intent.SelectRow{Part: intent.PaneTickets, Key: p.id}})
}

// toggleFolds expands all long quotes, or collapses them.
func (p *Pane) toggleFolds() tea.Cmd {
	p.thread.toggleFolds()
	p.doc.Changed()
	return nil
}
