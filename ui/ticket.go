package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// ticketPane shows one ticket of an integration with its conversation and the
// stories that it is linked to.
type ticketPane struct {
	*shell
	integration tracker.IntegrationID
	id          tracker.TicketID
}

func newTicketPane(s *shell, in tracker.IntegrationID, id tracker.TicketID) *ticketPane {
	return &ticketPane{shell: s, integration: in, id: id}
}

func (p *ticketPane) Init() tea.Cmd          { return nil }
func (p *ticketPane) Update(tea.Msg) tea.Cmd { return nil }

func (p *ticketPane) Handle(in intent) (tea.Cmd, bool) {
	if in == (act{actBack}) {
		return p.close(), true
	}
	return nil, false
}

func (p *ticketPane) Draw(c *canvas, r rect) {
	c.fill(r)
	c.box(r, box{title: p.id.String()})
}

func (p *ticketPane) Scopes() []scope {
	return []scope{scopeDetail, scopeItem, scopeList, scopeGlobal}
}

func (p *ticketPane) Disabled(actionID) string { return "" }
