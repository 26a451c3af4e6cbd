package views

import (
	"context"
	"fmt"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/search"
)

// Tickets reads the cached panel of an integration.
func (s *Service) Tickets(ctx context.Context, id tracker.IntegrationID) (tracker.TicketList, error) {
	var list tracker.TicketList
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		list, err = ReadTickets(r, id, s.Now())
		return err
	})
	return list, err
}

// ReadTickets reads the cached panel of an integration in a transaction.
func ReadTickets(r tracker.Reader, id tracker.IntegrationID, now time.Time) (tracker.TicketList, error) {
	list, _, err := readPanel(r, id, now, false)
	return list, err
}

// ToAnswer reads the tickets that [search.ToAnswer] chooses among those of an integration's
// cached panel and those that are linked to a story of its project and have left the view.
func (s *Service) ToAnswer(ctx context.Context, id tracker.IntegrationID) (due []tracker.TicketRow, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		_, due, err = ReadToAnswer(r, id, s.Now())
		return err
	})
	return due, err
}

// ReadToAnswer is ReadTickets with the tickets that are to be answered, as [Service.ToAnswer]
// reads them.
func ReadToAnswer(r tracker.Reader, id tracker.IntegrationID, now time.Time) (list tracker.TicketList, due []tracker.TicketRow, err error) {
	return readPanel(r, id, now, true)
}

// readPanel reads the cached panel of an integration and, where that is wanted, the
// tickets of its account that are to be answered.
func readPanel(r tracker.Reader, id tracker.IntegrationID, now time.Time, toAnswer bool) (list tracker.TicketList, due []tracker.TicketRow, err error) {
	if list.Integration, err = r.Integration(id); err != nil {
		return list, nil, err
	}
	if list.Fetch, err = r.Fetch(id); err != nil && tracker.CodeOf(err) != tracker.CodeNotFound {
		return list, nil, err
	}
	if list.Tickets, err = r.Tickets(id); err != nil {
		return list, nil, err
	}
	stories, err := r.LinkedStories(list.Integration.Host)
	if err != nil {
		return list, nil, err
	}
	asides, err := r.Asides(list.Integration.Host)
	if err != nil {
		return list, nil, err
	}
	complete := func(rows []tracker.TicketRow) {
		for i := range rows {
			t := &rows[i]
			t.Stories, t.Aside = stories[t.ID], aside(asides, t.Ticket, now)
		}
	}
	complete(list.Tickets)
	if !toAnswer || !kind.Of(list.Integration).Conversation {
		return list, nil, nil
	}
	outside, err := r.OutsideView(id, tracker.StatusesToAnswer()...)
	complete(outside)
	return list, search.ToAnswer(list.Tickets, outside), err
}

// aside is how a ticket was put aside, nil when it was not or has come back.
func aside(asides map[tracker.TicketID]tracker.Aside, t tracker.Ticket, now time.Time) *tracker.Aside {
	if a, ok := asides[t.ID]; ok && !a.Ended(t, now) {
		return &a
	}
	return nil
}

// Ticket reads one ticket of an integration as last seen, or from Zendesk when
// it was never seen.
func (s *Service) Ticket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (tracker.TicketDetail, error) {
	in, t, err := s.KnownTicket(ctx, id, ticket)
	if err != nil {
		return tracker.TicketDetail{}, err
	}
	d := tracker.TicketDetail{Ticket: t}
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		linked, err := r.LinkedStories(in.Host)
		if err != nil {
			return err
		}
		d.Stories = linked[ticket]
		asides, err := r.Asides(in.Host)
		if err != nil {
			return err
		}
		d.Aside = aside(asides, t, s.Now())
		upTo, err := r.SeenUpTo(t.TicketKey)
		d.Unread = t.UpdatedAt.After(upTo)
		if err != nil {
			return err
		}
		if d.Deliveries, err = r.Deliveries(tracker.DeliveryQuery{Ticket: t.TicketKey}); err != nil {
			return err
		}
		d.Events, err = r.TicketEvents(t.TicketKey)
		return err
	})
	return d, err
}

// Reached lets the private comments leave that wait for an account out of reach: it
// answered. A conversation is shown even where that fails.
func (s *Service) Reached(ctx context.Context, host string) {
	err := s.Store.Write(ctx, func(w tracker.Writer) error { return w.EndOutage(host, s.Now()) })
	if err != nil {
		s.Log.Warn("private comments still wait although Zendesk answers", "host", host, "error", err)
		return
	}
	s.WakeCourier()
}

// SawTickets saves tickets as they were just seen in Zendesk.
func (s *Service) SawTickets(ctx context.Context, tickets []tracker.Ticket) error {
	return s.Write(ctx, tracker.HintTickets, func(w tracker.Writer) error {
		for _, t := range tickets {
			if err := w.SaveTicket(t); err != nil {
				return err
			}
		}
		return nil
	})
}

// LastSeen reads an integration and one of its tickets from the cache: a ticket
// without a number where it was never seen.
func (s *Service) LastSeen(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (in tracker.Integration, t tracker.Ticket, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		if in, err = r.Integration(id); err != nil {
			return err
		}
		if t, err = r.Ticket(in.TicketKey(ticket)); tracker.CodeOf(err) == tracker.CodeNotFound {
			return nil
		}
		return err
	})
	return in, t, err
}

// KnownTicket returns an integration and one of its tickets, from the cache
// or, when it was never seen, from Zendesk.
func (s *Service) KnownTicket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (tracker.Integration, tracker.Ticket, error) {
	in, t, err := s.LastSeen(ctx, id, ticket)
	if err != nil || t.ID != 0 {
		return in, t, err
	}
	if !kind.Of(in).Asks {
		name := ticket.String()
		if kind.Made(ticket) {
			name = "of that id"
		}
		e := tracker.Errorf(tracker.CodeNotFound, "%s had no item %s when it was last read", in.Name, name)
		e.Field = "ticket"
		return in, tracker.Ticket{}, e
	}
	account, err := s.accounts.Account(ctx, in)
	if err != nil {
		return in, tracker.Ticket{}, err
	}
	if t, err = account.Ticket(ctx, ticket); err != nil {
		if tracker.CodeOf(err) == tracker.CodeNotFound {
			err = &tracker.Error{Code: tracker.CodeNotFound, Field: "ticket", Err: err,
				Message: fmt.Sprintf("%s has no ticket %s, or %s cannot see it", in.Host, ticket, in.User())}
		}
		return in, tracker.Ticket{}, err
	}
	return in, t, s.Store.Write(ctx, func(w tracker.Writer) error { return w.SaveTicket(t) })
}
