package board

import (
	"cmp"
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/pane"
)

// askOrder asks how to sort the tickets.
func (p *panel) askOrder() tea.Cmd {
	service, id := p.Service, p.id
	orders := p.orders()
	rows := make([]dialog.Choice, len(orders))
	for i, o := range orders {
		rows[i] = dialog.Choice{Name: string(o), Text: orderHelp(o), Current: o == cmp.Or(p.order, tracker.OrderView)}
	}
	return p.Open(dialog.NewChooser(p.Host, "Sort tickets by", rows, func(i int) tea.Cmd {
		p.Change(func(ctx context.Context) pane.Done {
			return pane.Done{Err: service.Views.SetTicketOrder(ctx, id, orders[i])}
		})
		return nil
	}), pane.Overlay)
}

// orders are those that the tickets can be put into.
func (p *panel) orders() []tracker.TicketOrder {
	var list tracker.TicketList
	for _, r := range p.tickets.All {
		list.Tickets = append(list.Tickets, *r.Ticket)
	}
	return list.Orders()
}

// orderHelp says what comes first in an order.
func orderHelp(o tracker.TicketOrder) string {
	switch o {
	case tracker.OrderView:
		return "the view's order in Zendesk"
	case tracker.OrderNewest:
		return "newest first"
	case tracker.OrderOldest:
		return "longest waiting first"
	case tracker.OrderUpdated:
		return "last changed first"
	case tracker.OrderPriority:
		return "urgent first"
	case tracker.OrderSLA:
		return "next breach first"
	case tracker.OrderWaiting:
		return "longest without an answer first"
	case tracker.OrderRequester, tracker.OrderOrganization:
		return "by name, unassigned last"
	case tracker.OrderStatus:
		return "from new to closed"
	}
	return ""
}

// orderFact says the order of the tickets in their title, empty for the view's.
func (p *panel) orderFact() string {
	switch p.order {
	case "", tracker.OrderView:
		return ""
	case tracker.OrderNewest, tracker.OrderOldest:
		return fmt.Sprintf(" · %s first", p.order)
	case tracker.OrderSLA:
		return " · by SLA"
	case tracker.OrderWaiting:
		return " · by waiting time"
	default:
		return fmt.Sprintf(" · by %s", p.order)
	}
}

// cannotSort says why there are no tickets to sort.
func (p *panel) cannotSort() string {
	if p.id == 0 {
		return "no integration is shown"
	}
	return ""
}
