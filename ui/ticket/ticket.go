package ticket

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
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
	// covered is how many of the user's changes what was read knows of.
	covered int
	// brief leaves out what a preview has no room for.
	brief bool
	// detail is nil until the ticket was read; a preview has what its row knows before it is
	// whole. attended is true while the user looks at it.
	detail          *tracker.TicketDetail
	whole, attended bool
	carriers        present.Carriers
	// problem is the sentence of the error that the last reading ended with.
	problem string
	thread  thread
	doc     document.Document
}

// ticketRead brings a ticket as last seen.
type ticketRead struct {
	asked        int
	covered      int
	detail       tracker.TicketDetail
	integrations []tracker.Integration
	err          error
}

// conversationRead brings a ticket's comments from Zendesk.
type conversationRead struct {
	asked        int
	conversation tracker.Conversation
	err          error
	// wait is in how long it is a preview's turn, 0 where it was read.
	wait time.Duration
}

// turnComes reports that it may be a preview's turn now.
type turnComes struct{ asked int }

// New makes the detail of a ticket, to be opened with [pane.Side].
func New(c *command.Commands, s UseCases, in tracker.IntegrationID, id tracker.TicketID) *Pane {
	return &Pane{host: &host{c, s}, actions: actions(), integration: in, id: id, thread: newThread()}
}

// Init reads the ticket as last seen and asks Zendesk for its conversation.
func (p *Pane) Init() tea.Cmd {
	p.attended = true
	return tea.Batch(p.reload(), p.converse())
}

// see records that the user has looked at the ticket, as it was read: what came since is
// still new.
func (p *Pane) see() tea.Cmd {
	if !p.attended || !p.whole || !p.detail.Unread && !slices.ContainsFunc(p.detail.Events, func(e tracker.TicketEvent) bool { return e.Unread }) {
		return nil
	}
	in, id, service, shown := p.integration, p.id, p.Service, *p.detail
	return p.Do(func(ctx context.Context) tea.Msg { return pane.Done{Err: service.Views.SeeTicket(ctx, in, id, &shown)} })
}

func (p *Pane) reload() tea.Cmd {
	p.asked = p.Next()
	asked, in, id, service := p.asked, p.integration, p.id, p.Service
	_, ended := p.StoryChanges()
	return p.Do(func(ctx context.Context) tea.Msg {
		read := ticketRead{asked: asked, covered: ended}
		if read.detail, read.err = service.Views.Ticket(ctx, in, id); read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

func (p *Pane) converse() tea.Cmd { return p.thread.load(p.host, p.integration, p.id) }

// Working while the ticket or its conversation is read.
func (p *Pane) Working() bool {
	return p.thread.loading && !p.thread.waits || p.detail == nil && p.problem == ""
}

// Update follows what changes.
func (p *Pane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories | tracker.HintTickets | tracker.HintDeliveries) {
			return p.reload()
		}
	case pane.Done:
		if asked, _ := p.StoryChanges(); p.covered < asked {
			return p.reload() // one that failed changed nothing that would be told
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
			return p.showThread(msg)
		}
	case turnComes:
		if msg.asked == p.thread.asked {
			return p.thread.loadInTurn(p.host, p.integration, p.id)
		}
	}
	return nil
}

// show takes what was read. A ticket that does not exist takes its pane with it.
func (p *Pane) show(msg ticketRead) tea.Cmd {
	p.doc.Changed()
	p.problem, p.covered = "", msg.covered
	if msg.err == nil {
		p.detail, p.carriers, p.whole = &msg.detail, present.CarriersOf(msg.integrations), true
		return p.see()
	}
	p.problem = draw.Line(msg.err.Error())
	if p.detail == nil && p.Top() == pane.Pane(p) && tracker.CodeOf(msg.err) == tracker.CodeNotFound {
		return tea.Batch(p.Close(), p.Warn(p.problem))
	}
	return nil
}

// showThread takes the conversation. What is in sight stays where it is when older
// comments come above it. A preview whose turn it is not waits for it.
func (p *Pane) showThread(msg conversationRead) tea.Cmd {
	p.doc.Changed()
	if msg.wait > 0 {
		p.thread.waits = true
		return tea.Tick(msg.wait, func(time.Time) tea.Msg { return turnComes{msg.asked} })
	}
	if grown := p.thread.take(msg); msg.err == nil {
		p.doc.Anchored = grown && p.doc.Offset > 0
	}
	return nil
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

// toStory makes a story of the ticket, or asks what becomes of it where there is one.
func (p *Pane) toStory(to tracker.Place) tea.Cmd {
	from := tracker.FromTickets{Integration: p.integration, Tickets: []tracker.TicketID{p.id}, Place: to}
	stories := p.detail.Stories
	if len(stories) == 0 {
		return command.MakeStory(p.Commands, from)
	}
	from.Again = true
	return command.AskHasStory(p.Commands, command.HasStory{
		Ticket: p.id, Stories: stories, Link: p.link,
		Another: func() tea.Cmd { return command.MakeStory(p.Commands, from) },
	})
}

// link links the ticket to a story.
func (p *Pane) link() tea.Cmd {
	return command.LinkTickets(p.Commands, p.carriers[p.integration], []tracker.TicketID{p.id}, []string{p.detail.Ticket.Subject})
}

// Waits while the user's last change is not shown yet: the next one is made on what
// comes of it.
func (p *Pane) Waits(meant keymap.Action) bool {
	asked, _ := p.StoryChanges()
	return meant.Scope == keymap.ScopeItem && p.covered < asked && p.detail != nil && len(p.detail.Stories) > 0
}

// Disabled says why an action cannot be done on the ticket now.
func (p *Pane) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }

// Scopes names the keys of a detail.
func (p *Pane) Scopes() []keymap.Scope {
	scopes := []keymap.Scope{keymap.ScopeConversation, keymap.ScopeStops, keymap.ScopeDetail, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal}
	if p.detail == nil {
		return scopes
	}
	return append(command.TicketScopes(p.detail.Stories, p.detail.Aside), scopes...)
}

// Closed ends the reading of the conversation.
func (p *Pane) Closed() tea.Cmd {
	p.thread.stop()
	return nil
}

// Subject is the ticket.
func (p *Pane) Subject() pane.Subject {
	if p.detail == nil {
		return pane.OnTicket(p.integration, p.id, nil)
	}
	return pane.OnTicket(p.integration, p.id, p.detail.Stories)
}
