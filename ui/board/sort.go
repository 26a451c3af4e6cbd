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

// askOrder asks how to sort the tickets of the panel.
func (b *Board) askOrder() tea.Cmd {
	service, panel := b.Service, b.panel
	orders := tracker.TicketOrders()
	rows := make([]dialog.Choice, len(orders))
	for i, o := range orders {
		rows[i] = dialog.Choice{Name: string(o), Text: orderHelp(o), Current: o == cmp.Or(b.order, tracker.OrderView)}
	}
	return b.Open(dialog.NewChooser(b.Host, "Sort tickets by", rows, func(i int) tea.Cmd {
		return b.Change(func(ctx context.Context) pane.Done {
			return pane.Done{Err: service.Views.SetTicketOrder(ctx, panel, orders[i])}
		})
	}), pane.Overlay)
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
func (b *Board) orderFact() string {
	switch b.order {
	case "", tracker.OrderView:
		return ""
	case tracker.OrderNewest, tracker.OrderOldest:
		return fmt.Sprintf(" · %s first", b.order)
	default:
		return fmt.Sprintf(" · by %s", b.order)
	}
}
