package tracker

import (
	"context"
	"fmt"
)

// TicketList is an integration's panel: its view as last read.
type TicketList struct {
	Integration Integration
	// Fetch is the last reading; its ID is 0 before the first.
	Fetch   Fetch
	Tickets []TicketRow
}

// TicketRow is a ticket with the stories it is linked to.
type TicketRow struct {
	Ticket
	Stories []StoryRef
}

// Tickets reads the cached panel of an integration.
func (s *Service) Tickets(ctx context.Context, id IntegrationID) (TicketList, error) {
	var list TicketList
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		if list.Integration, err = r.Integration(id); err != nil {
			return err
		}
		if list.Fetch, err = r.Fetch(id); err != nil && CodeOf(err) != CodeNotFound {
			return err
		}
		tickets, err := r.Tickets(id)
		if err != nil {
			return err
		}
		stories, err := r.LinkedStories(list.Integration.Host)
		if err != nil {
			return err
		}
		list.Tickets = make([]TicketRow, len(tickets))
		for i, t := range tickets {
			list.Tickets[i] = TicketRow{Ticket: t, Stories: stories[t.ID]}
		}
		return nil
	})
	return list, err
}

// TicketDetail is a ticket with its conversation and stories.
type TicketDetail struct {
	Ticket  Ticket
	Stories []StoryRef
	// Comments are oldest first; nil when only the cache was asked.
	Comments []TicketComment
}

// Ticket reads one ticket of an integration as last seen, or from the desk when
// it was never seen.
func (s *Service) Ticket(ctx context.Context, id IntegrationID, ticket TicketID) (TicketDetail, error) {
	in, t, err := s.knownTicket(ctx, id, ticket)
	if err != nil {
		return TicketDetail{}, err
	}
	d := TicketDetail{Ticket: t}
	err = s.Store.Read(ctx, func(r Reader) error {
		linked, err := r.LinkedStories(in.Host)
		d.Stories = linked[ticket]
		return err
	})
	return d, err
}

// Reached lets the notes leave that wait for an account out of reach: it
// answered. A conversation is shown even where that fails.
func (s *Service) Reached(ctx context.Context, host string) {
	err := s.Store.Write(ctx, func(w Writer) error { return w.EndOutage(host, s.Now()) })
	if err != nil {
		s.Log.Warn("private comments still wait although Zendesk answers", "host", host, "error", err)
		return
	}
	s.wakeCourier()
}

// SawTickets keeps tickets as they were just seen on their desk.
func (s *Service) SawTickets(ctx context.Context, tickets []Ticket) error {
	return s.write(ctx, HintTickets, func(w Writer) error {
		for _, t := range tickets {
			if err := w.SaveTicket(t); err != nil {
				return err
			}
		}
		return nil
	})
}

// knownTicket returns an integration and one of its tickets, from the cache
// or, when it was never seen, from the desk.
func (s *Service) knownTicket(ctx context.Context, id IntegrationID, ticket TicketID) (Integration, Ticket, error) {
	var in Integration
	var t Ticket
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		if in, err = r.Integration(id); err != nil {
			return err
		}
		t, err = r.Ticket(in.ticketKey(ticket))
		return err
	})
	if err == nil || CodeOf(err) != CodeNotFound || in.ID == 0 {
		return in, t, err
	}
	desk, err := s.Desk(ctx, in)
	if err != nil {
		return in, Ticket{}, err
	}
	if t, err = desk.Ticket(ctx, ticket); err != nil {
		if CodeOf(err) == CodeNotFound {
			err = &Error{Code: CodeNotFound, Field: "ticket", Err: err,
				Message: fmt.Sprintf("%s has no ticket %s, or %s cannot see it", in.Host, ticket, in.User())}
		}
		return in, Ticket{}, err
	}
	return in, t, s.Store.Write(ctx, func(w Writer) error { return w.SaveTicket(t) })
}
