package ticket

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// Pane shows one ticket of an integration with its conversation and the
// stories that it is linked to.
type Pane struct {
	*host
	actions     pane.Actions[*Pane]
	integration tracker.IntegrationID
	id          tracker.TicketID
	// asked is the generation of the last reading of the ticket.
	asked int
	// brief leaves out what a preview has no room for.
	brief bool
	// detail is nil until the ticket was read.
	detail   *tracker.TicketDetail
	carriers present.Carriers
	// problem is the sentence of the error that the last reading ended with.
	problem string
	thread  thread
	doc     document.Document
}

// ticketRead brings a ticket as last seen.
type ticketRead struct {
	asked        int
	detail       tracker.TicketDetail
	integrations []tracker.Integration
	err          error
}

// conversationRead brings a ticket's comments from Zendesk.
type conversationRead struct {
	asked        int
	conversation tracker.Conversation
	err          error
}

// New makes the detail of a ticket, to be opened with [pane.Side].
func New(c *command.Commands, s UseCases, in tracker.IntegrationID, id tracker.TicketID) *Pane {
	return &Pane{host: &host{c, s}, actions: actions(), integration: in, id: id, thread: newThread()}
}

// Init reads the ticket as last seen and asks Zendesk for its conversation.
func (p *Pane) Init() tea.Cmd { return tea.Batch(p.reload(), p.converse(), p.see()) }

// see records that the user has looked at the ticket.
func (p *Pane) see() tea.Cmd {
	in, id, service := p.integration, p.id, p.Service
	return p.Do(func(ctx context.Context) tea.Msg { return pane.Done{Err: service.Views.SeeTicket(ctx, in, id)} })
}

func (p *Pane) reload() tea.Cmd {
	p.asked = p.Next()
	asked, in, id, service := p.asked, p.integration, p.id, p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		read := ticketRead{asked: asked}
		if read.detail, read.err = service.Views.Ticket(ctx, in, id); read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

func (p *Pane) converse() tea.Cmd { return p.thread.load(p.host, p.integration, p.id) }

// Working while the ticket or its conversation is read.
func (p *Pane) Working() bool { return p.thread.loading || p.detail == nil && p.problem == "" }

// Update follows what changes.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories | tracker.HintTickets | tracker.HintDeliveries) {
			return p.reload()
		}
	case pane.Spun:
		p.doc.Changed()
	case pane.Ticked:
		p.doc.Aged(p.Now())
	case ticketRead:
		if msg.asked == p.asked {
			return p.show(msg)
		}
	case conversationRead:
		if msg.asked == p.thread.asked {
			p.showThread(msg)
		}
	}
	return nil
}

// show takes what was read. A ticket that does not exist takes its pane with it.
func (p *Pane) show(msg ticketRead) tea.Cmd {
	p.doc.Changed()
	p.problem = ""
	if msg.err == nil {
		p.detail, p.carriers = &msg.detail, present.CarriersOf(msg.integrations)
		return nil
	}
	p.problem = draw.Line(msg.err.Error())
	if p.detail == nil && p.Top() == pane.Pane(p) && tracker.CodeOf(msg.err) == tracker.CodeNotFound {
		return tea.Batch(p.Close(), p.Warn(p.problem))
	}
	return nil
}

// showThread takes the conversation. What is in sight stays where it is when older
// comments come above it.
func (p *Pane) showThread(msg conversationRead) {
	p.doc.Changed()
	if grown := p.thread.take(msg); msg.err == nil {
		p.doc.Anchored = grown && p.doc.Offset > 0
	}
}

// Handle does what is asked of the ticket.
func (p *Pane) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case openLink:
		return p.openLink(in), true
	case fold:
		p.thread.toggleFold(in)
		p.doc.Changed()
		return nil, true
	}
	if p.doc.Handle(in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// readOlder reads another page of the conversation. What is in sight stays
// where it is.
func (p *Pane) readOlder() tea.Cmd {
	if p.thread.loading || !p.thread.Older {
		return nil
	}
	p.thread.pages++
	p.doc.Changed()
	return p.converse()
}

// toStory makes a story of the ticket, and asks first where there is one.
func (p *Pane) toStory(to tracker.Column) tea.Cmd {
	from := tracker.FromTickets{Integration: p.integration, Tickets: []tracker.TicketID{p.id}, Place: tracker.Place{Column: to}}
	stories := p.detail.Stories
	if len(stories) == 0 {
		return command.MakeStory(p.Commands, from)
	}
	from.Again = true
	last := stories[len(stories)-1]
	ask := fmt.Sprintf("%s has %s (%s) already. Make another?", p.id, last.ID, last.State)
	return p.Open(dialog.NewQuestion(p.Host, ask, func() tea.Cmd { return command.MakeStory(p.Commands, from) }), pane.Line)
}

// Disabled says why an action cannot be done on the ticket now.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

// Scopes names the keys of a detail.
func (p *Pane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeConversation, keymap.ScopeStops, keymap.ScopeDetail, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal}
}

// Closed ends the reading of the conversation.
func (p *Pane) Closed() tea.Cmd {
	p.thread.stop()
	return nil
}
