package ui

import tea "charm.land/bubbletea/v2"

// deliveriesPane lists the ledger: every note to a ticket, newest first.
type deliveriesPane struct {
	*shell
}

func newDeliveriesPane(s *shell) *deliveriesPane { return &deliveriesPane{shell: s} }

// deliveryActions are those of the ledger.
func deliveryActions() []action {
	return []action{
		{id: actBack, scope: scopeDeliveries, keys: bind("esc", "back", "esc"), group: groupScreens, help: "back to the board", footer: 70},
	}
}

func (p *deliveriesPane) Init() tea.Cmd          { return nil }
func (p *deliveriesPane) Update(tea.Msg) tea.Cmd { return nil }

func (p *deliveriesPane) Handle(in intent) (tea.Cmd, bool) {
	if in == (act{actBack}) {
		return p.close(), true
	}
	return nil, false
}

func (p *deliveriesPane) Draw(c *canvas, r rect) {
	c.fill(r)
	c.box(r, box{title: "Deliveries"})
}

func (p *deliveriesPane) Scopes() []scope {
	return []scope{scopeDeliveries, scopeList, scopeGlobal}
}

func (p *deliveriesPane) Disabled(actionID) string { return "" }
