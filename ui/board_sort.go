package ui

import (
	"cmp"
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// askOrder asks how to sort the tickets of the panel.
func (b *board) askOrder() tea.Cmd {
	service, panel := b.service, b.panel
	orders := tracker.TicketOrders()
	rows := make([]choice, len(orders))
	for i, o := range orders {
		rows[i] = choice{name: string(o), text: orderHelp(o), current: o == cmp.Or(b.order, tracker.OrderView)}
	}
	return b.open(newChooser(b.shell, "Sort tickets by", rows, func(i int) tea.Cmd {
		return b.change(func(ctx context.Context) done {
			return done{err: service.Views.SetTicketOrder(ctx, panel, orders[i])}
		})
	}), placeOverlay)
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
	case tracker.OrderRequester, tracker.OrderOrganization:
		return "by name, unassigned last"
	case tracker.OrderStatus:
		return "from new to closed"
	}
	return ""
}

// orderFact says the order of the tickets in their title, empty for the view's.
func (b *board) orderFact() string {
	switch b.order {
	case "", tracker.OrderView:
		return ""
	case tracker.OrderNewest, tracker.OrderOldest:
		return fmt.Sprintf(" · %s first", b.order)
	default:
		return fmt.Sprintf(" · by %s", b.order)
	}
}
