package board

import (
	"cmp"
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/setting"
)

// askOrder asks how to sort the tickets.
func (p *panel) askOrder() tea.Cmd {
	service, id := p.Service, p.id
	orders := p.orders()
	rows := make([]dialog.Choice, len(orders))
	for i, o := range orders {
		rows[i] = dialog.Choice{Name: string(o), Text: present.OrderHelp(o), Current: o == cmp.Or(p.order, tracker.OrderView)}
	}
	return p.Open(dialog.NewChooser(p.Host, "Sort tickets by", rows, func(i int) tea.Cmd {
		p.Change(func(ctx context.Context) pane.Done {
			return pane.Done{Err: service.Views.SetTicketOrder(ctx, id, orders[i])}
		})
		return nil
	}), pane.Overlay)
}

// sort asks how to sort the focused part: the stories that tickets ask for, or the tickets.
func (v *viewer) sort() tea.Cmd {
	if v.columns.View.Focus != intent.PaneDemand {
		return v.panel.askOrder()
	}
	orders := search.DemandOrders()
	rows := make([]dialog.Choice, len(orders))
	for i, o := range orders {
		rows[i] = dialog.Choice{Name: string(o), Text: present.DemandHelp(o), Current: o == v.columns.Demand}
	}
	return v.Open(dialog.NewChooser(v.Host, "Sort Demand by", rows, func(i int) tea.Cmd {
		v.columns.Demand = orders[i]
		v.Remember(setting.Demand, string(orders[i]))
		return v.reader.read(tracker.HintStories)
	}), pane.Overlay)
}

// cannotSort says why there is nothing to sort.
func (v *viewer) cannotSort() string {
	switch v.columns.View.Focus {
	case intent.PaneDemand:
		return ""
	case intent.PaneEpics:
		return "epics stand in the order in which you put them"
	case intent.PaneAnswer:
		return "To answer begins with the ticket that waits longest"
	default:
		return v.panel.cannotSort()
	}
}

// orders are those that the tickets can be put into.
func (p *panel) orders() []tracker.TicketOrder {
	list := tracker.TicketList{Integration: p.integration()}
	for _, r := range p.tickets.All {
		list.Tickets = append(list.Tickets, *r.Ticket)
	}
	return search.OrdersOf(list)
}

// cannotSort says why there are no tickets to sort.
func (p *panel) cannotSort() string {
	if p.id == 0 {
		return "no integration is shown"
	}
	return ""
}
