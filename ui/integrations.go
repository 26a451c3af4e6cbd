package ui

import tea "charm.land/bubbletea/v2"

// integrationsPane lists the project's integrations.
type integrationsPane struct {
	*shell
}

func newIntegrationsPane(s *shell) *integrationsPane { return &integrationsPane{shell: s} }

// integrationActions are those of the list of integrations.
func integrationActions() []action {
	return []action{
		{id: actBack, scope: scopeIntegrations, keys: bind("esc", "back", "esc"), group: groupScreens, help: "back to the board", footer: 70},
	}
}

func (p *integrationsPane) Init() tea.Cmd          { return nil }
func (p *integrationsPane) Update(tea.Msg) tea.Cmd { return nil }

func (p *integrationsPane) Handle(in intent) (tea.Cmd, bool) {
	if in == (act{actBack}) {
		return p.close(), true
	}
	return nil, false
}

func (p *integrationsPane) Draw(c *canvas, r rect) {
	c.fill(r)
	c.box(r, box{title: "Integrations"})
}

func (p *integrationsPane) Scopes() []scope {
	return []scope{scopeIntegrations, scopeList, scopeGlobal}
}

func (p *integrationsPane) Disabled(actionID) string { return "" }
