package tracker

import (
	"context"
	"time"
)

// A ticket has news while it was updated after the update up to which somebody
// has seen it. Both are times of the desk's clock, so that ours does not matter.
// A ticket's fields do not tell who changed it: a customer's reply and an
// agent's are news alike, and so is that it was solved. What our own notes did
// is none, unless their answer was lost.

// SeeStory notes that somebody looks at a story: what its tickets are now is no
// news any more. CodeNotFound.
func (s *Service) SeeStory(ctx context.Context, id StoryID) error {
	var keys []TicketKey
	err := s.Store.Read(ctx, func(r Reader) error {
		st, err := r.Story(id)
		for _, l := range st.Tickets {
			keys = append(keys, l.Ticket)
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.see(ctx, true, keys...)
}

// SeeTicket notes that somebody looks at a ticket, as SeeStory does. One that
// was never linked has no news.
func (s *Service) SeeTicket(ctx context.Context, id IntegrationID, ticket TicketID) error {
	var in Integration
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		in, err = r.Integration(id)
		return err
	})
	if err != nil {
		return err
	}
	return s.see(ctx, false, in.ticketKey(ticket))
}

// see notes tickets as seen, those that nobody has seen before only when told.
// Where there are no news nothing is written.
func (s *Service) see(ctx context.Context, first bool, keys ...TicketKey) error {
	news := make(map[TicketKey]time.Time)
	err := s.Store.Read(ctx, func(r Reader) error {
		for _, key := range keys {
			at, err := newsOf(r, key, first)
			if err != nil {
				return err
			}
			if !at.IsZero() {
				news[key] = at
			}
		}
		return nil
	})
	if err != nil || len(news) == 0 {
		return err
	}
	return s.write(ctx, HintStories, func(w Writer) error {
		for key, upTo := range news {
			if err := w.SeeTicket(key, upTo); err != nil {
				return err
			}
		}
		return nil
	})
}

// newsOf tells up to when there is something unseen on a ticket, the zero time
// when there is nothing or the ticket is not kept.
func newsOf(r Reader, key TicketKey, first bool) (time.Time, error) {
	t, err := r.Ticket(key)
	if CodeOf(err) == CodeNotFound {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	upTo, err := r.SeenUpTo(key)
	if err != nil || !t.UpdatedAt.After(upTo) || upTo.IsZero() && !first {
		return time.Time{}, err
	}
	return t.UpdatedAt, nil
}

// seeOwn keeps an update of ours from being news, unless others were before it.
func seeOwn(w Writer, key TicketKey, before, after time.Time) error {
	if before.IsZero() {
		return nil
	}
	upTo, err := w.SeenUpTo(key)
	if err != nil || upTo.IsZero() || upTo.Before(before) {
		return err
	}
	return w.SeeTicket(key, after)
}
