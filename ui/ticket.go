package ui

import (
	"context"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/conversation"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
)

// conversationTime is how long reading a conversation may take.
const conversationTime = 60 * time.Second

// ticketPane shows one ticket of an integration with its conversation and the
// stories that it is linked to.
type ticketPane struct {
	*shell
	integration tracker.IntegrationID
	id          tracker.TicketID
	// asked and heard are the generations of the last readings of the ticket
	// and of its conversation.
	asked, heard int
	// detail is nil until the ticket was read.
	detail   *tracker.TicketDetail
	carriers present.Carriers
	said     thread
	// hearing is true while the conversation is being read.
	hearing bool
	// problem and unheard are the sentences of the errors that the last
	// readings ended with.
	problem, unheard string
	// hangUp ends the reading of the conversation.
	hangUp context.CancelFunc
	doc    document.Document
}

// ticketRead brings a ticket as last seen.
type ticketRead struct {
	asked        int
	detail       tracker.TicketDetail
	integrations []tracker.Integration
	err          error
}

// conversationRead brings a ticket's comments from the desk.
type conversationRead struct {
	heard int
	said  conversation.Conversation
	err   error
}

func newTicketPane(s *shell, in tracker.IntegrationID, id tracker.TicketID) *ticketPane {
	return &ticketPane{shell: s, integration: in, id: id, said: thread{pages: 1}, hangUp: func() {}}
}

// Init reads the ticket as last seen and asks the desk for its conversation.
func (p *ticketPane) Init() tea.Cmd { return tea.Batch(p.reload(), p.converse(), p.see()) }

// see notes that the ticket is looked at.
func (p *ticketPane) see() tea.Cmd {
	in, id, service := p.integration, p.id, p.service
	return p.do(func(ctx context.Context) tea.Msg { return done{err: service.Views.SeeTicket(ctx, in, id)} })
}

func (p *ticketPane) reload() tea.Cmd {
	p.asked = p.next()
	asked, in, id, service := p.asked, p.integration, p.id, p.service
	return p.do(func(ctx context.Context) tea.Msg {
		read := ticketRead{asked: asked}
		if read.detail, read.err = service.Views.Ticket(ctx, in, id); read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

func (p *ticketPane) converse() tea.Cmd {
	p.hangUp()
	ctx, cancel := context.WithTimeout(p.ctx, conversationTime)
	p.hangUp, p.hearing, p.heard = cancel, true, p.next()
	heard, in, id, pages, service := p.heard, p.integration, p.id, p.said.pages, p.service
	return func() tea.Msg {
		defer cancel()
		said, err := conversation.Read(ctx, service, in, id, pages)
		return conversationRead{heard, said, err}
	}
}

// Working while the ticket or its conversation is read.
func (p *ticketPane) Working() bool { return p.hearing || p.detail == nil && p.problem == "" }

// Update follows what changes.
func (p *ticketPane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changed:
		if msg.hint.Has(tracker.HintStories | tracker.HintTickets) {
			return p.reload()
		}
	case spun:
		p.doc.Changed()
	case ticked:
		p.doc.Aged(p.service.Now())
	case ticketRead:
		if msg.asked == p.asked {
			return p.show(msg)
		}
	case conversationRead:
		if msg.heard == p.heard {
			p.hear(msg)
		}
	}
	return nil
}

// show takes what was read. A ticket that does not exist takes its pane with it.
func (p *ticketPane) show(msg ticketRead) tea.Cmd {
	p.doc.Changed()
	p.problem = ""
	if msg.err == nil {
		p.detail, p.carriers = &msg.detail, present.CarriersOf(msg.integrations)
		return nil
	}
	p.problem = draw.Line(msg.err.Error())
	if p.detail == nil && p.top() == pane(p) && tracker.CodeOf(msg.err) == tracker.CodeNotFound {
		return tea.Batch(p.close(), p.warn(p.problem))
	}
	return nil
}

func (p *ticketPane) hear(msg conversationRead) {
	p.doc.Changed()
	p.hearing, p.unheard = false, ""
	if msg.err != nil {
		p.unheard = draw.Line(msg.err.Error())
		return
	}
	p.doc.Anchored = p.said.read && len(msg.said.Comments) > len(p.said.Comments) && p.doc.Offset > 0
	p.said.Conversation, p.said.read = msg.said, true
}

// Handle does what is asked of the ticket.
func (p *ticketPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	switch in := in.(type) {
	case intent.Act:
		return p.act(in.ID)
	case openLink:
		return p.openLink(in), true
	case fold:
		p.said.toggleFold(in)
		p.doc.Changed()
		return nil, true
	}
	return nil, false
}

// act does an action on the ticket.
func (p *ticketPane) act(id intent.ActionID) (tea.Cmd, bool) {
	switch id {
	case intent.ActBack:
		return p.close(), true
	case intent.ActRefresh:
		p.doc.Changed()
		return tea.Batch(p.reload(), p.converse()), true
	case intent.ActOpen:
		return p.pursue(p, p.doc.Cursor), true
	case actLinks:
		return p.chooseLink(), true
	case actFold:
		p.said.toggleFolds()
		p.doc.Changed()
		return nil, true
	case actOlder:
		return p.readOlder(), true
	case intent.ActBacklog:
		return p.toStory(tracker.Backlog), true
	case intent.ActIcebox:
		return p.toStory(tracker.Icebox), true
	case intent.ActMove:
		return p.moveOnBoard(intent.SelectRow{Part: intent.PaneTickets, Key: p.id}), true
	case intent.ActLink:
		return p.linkTickets(p.carriers[p.integration], []tracker.TicketID{p.id}, []string{p.detail.Ticket.Subject}), true
	case intent.ActUnlink:
		return p.unlinkTicket(p.detail.Ticket.TicketKey, p.detail.Stories), true
	case intent.ActBrowse:
		return p.browse(p.detail.Ticket.URL), true
	case intent.ActCopyID:
		return p.copyText(p.id.String()), true
	case intent.ActCopyURL:
		return p.copyText(p.detail.Ticket.URL), true
	default:
		return nil, false
	}
}

// readOlder reads another page of the conversation. What is in sight stays
// where it is.
func (p *ticketPane) readOlder() tea.Cmd {
	if p.hearing || !p.said.Older {
		return nil
	}
	p.said.pages++
	p.doc.Changed()
	return p.converse()
}

// toStory makes a story of the ticket, and asks first where there is one.
func (p *ticketPane) toStory(to tracker.Column) tea.Cmd {
	from := tracker.FromTickets{Integration: p.integration, Tickets: []tracker.TicketID{p.id}, Place: tracker.Place{Column: to}}
	stories := p.detail.Stories
	if len(stories) == 0 {
		return p.makeStory(from)
	}
	from.Again = true
	last := stories[len(stories)-1]
	ask := fmt.Sprintf("%s has %s (%s) already. Make another?", p.id, last.ID, last.State)
	return p.open(newQuestion(p.shell, ask, func() tea.Cmd { return p.makeStory(from) }), placeLine)
}

// moveOnBoard goes back to the board and picks a row up there, whatever is
// marked there.
func (s *shell) moveOnBoard(row intent.SelectRow) tea.Cmd {
	closed := s.closeTo(1)
	picked, _ := s.top().Handle(intent.Grab{Row: row, Alone: true})
	return tea.Batch(closed, picked)
}

// Disabled says why an action cannot be done on the ticket now.
func (p *ticketPane) Disabled(id intent.ActionID) string {
	switch id {
	case intent.ActAdvance, intent.ActPreview, intent.ActReject, intent.ActEstimate, intent.ActComment, intent.ActEdit, intent.ActWrite, intent.ActDelete:
		return fmt.Sprintf("%s is a ticket; this works on stories only", p.id)
	case actLinks:
		if len(p.said.links) == 0 {
			return "the conversation has no links"
		}
	case actOlder:
		if !p.said.Older {
			return "the whole conversation is loaded"
		}
	case intent.ActBacklog, intent.ActIcebox, intent.ActLink, intent.ActUnlink, intent.ActBrowse, intent.ActCopyURL:
		if p.detail == nil {
			return "the ticket is still loading"
		}
		if id == intent.ActUnlink {
			return cannotUnlink(p.id, p.detail.Stories)
		}
	default:
	}
	return ""
}

// Scopes names the keys of a detail.
func (p *ticketPane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeConversation, keymap.ScopeStops, keymap.ScopeDetail, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal}
}

// Close ends the reading of the conversation.
func (p *ticketPane) Close() tea.Cmd {
	p.hangUp()
	return nil
}
