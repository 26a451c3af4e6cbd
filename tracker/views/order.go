package views

import (
	"cmp"
	"context"
	"fmt"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

// settingOrder remembers the order of an integration's tickets.
func settingOrder(id tracker.IntegrationID) string { return fmt.Sprintf("ticket_order_%d", id) }

// TicketOrder is the order in which an integration's tickets are shown.
func (s *Service) TicketOrder(ctx context.Context, id tracker.IntegrationID) (tracker.TicketOrder, error) {
	order := tracker.OrderView
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		order, err = ReadTicketOrder(r, id, tracker.OrderView)
		return err
	})
	return order, err
}

// ReadTicketOrder is TicketOrder in a transaction; usual is the order where none was
// chosen, empty for the view's.
func ReadTicketOrder(r tracker.Reader, id tracker.IntegrationID, usual tracker.TicketOrder) (tracker.TicketOrder, error) {
	saved, err := r.Setting(settingOrder(id))
	if err != nil {
		return tracker.OrderView, err
	}
	if saved == "" {
		return cmp.Or(usual, tracker.OrderView), nil
	}
	o, err := search.ParseTicketOrder(saved)
	if err != nil {
		return tracker.OrderView, nil //nolint:nilerr // an order that another version knows is as good as none
	}
	return o, nil
}

// SetTicketOrder remembers the order in which an integration's tickets are shown.
func (s *Service) SetTicketOrder(ctx context.Context, id tracker.IntegrationID, o tracker.TicketOrder) error {
	return s.Write(ctx, tracker.HintTickets, func(w tracker.Writer) error { return w.SaveSetting(settingOrder(id), string(o)) })
}
