package views

import (
	"context"
	"math"
	"slices"
	"time"

	"storydesk/tracker"
)

// SeeStory notes that the user looks at a story: what its tickets are now is no news to
// them any more, nor what happened on them up to an event, the last that was shown.
// CodeNotFound.
func (s *Service) SeeStory(ctx context.Context, id tracker.StoryID, upTo int64) error {
	var keys []tracker.TicketKey
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		st, err := r.Story(id)
		for _, l := range st.Tickets {
			keys = append(keys, l.Ticket)
		}
		return err
	})
	if err != nil {
		return err
	}
	return s.see(ctx, time.Time{}, upTo, keys...)
}

// SeeTicket notes that the user looks at a ticket, as SeeStory does, whether it is
// linked or not. shown is what they see of it; nil where they see it as it is now, in
// Zendesk.
func (s *Service) SeeTicket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID, shown *tracker.TicketDetail) error {
	var in tracker.Integration
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		in, err = r.Integration(id)
		return err
	})
	if err != nil {
		return err
	}
	if shown == nil {
		return s.see(ctx, time.Time{}, math.MaxInt64, in.TicketKey(ticket))
	}
	upTo := int64(0)
	for _, e := range shown.Events {
		upTo = max(upTo, e.ID)
	}
	return s.see(ctx, shown.Ticket.UpdatedAt, upTo, in.TicketKey(ticket))
}

// see notes tickets as seen up to an update, the zero time for the last, and what happened on
// them up to an event. Where there are no news nothing is written.
func (s *Service) see(ctx context.Context, update time.Time, upTo int64, keys ...tracker.TicketKey) error {
	news := make(map[tracker.TicketKey]time.Time)
	unread := false
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		for _, key := range keys {
			at, err := newsOf(r, key)
			if err != nil {
				return err
			}
			if !update.IsZero() && at.After(update) {
				at = update
			}
			if !at.IsZero() {
				news[key] = at
			}
			events, err := r.TicketEvents(key)
			if err != nil {
				return err
			}
			unread = unread || slices.ContainsFunc(events, func(e tracker.TicketEvent) bool { return e.Unread && e.ID <= upTo })
		}
		return nil
	})
	if err != nil || len(news) == 0 && !unread {
		return err
	}
	return s.Write(ctx, tracker.HintStories|tracker.HintTickets, func(w tracker.Writer) error { return noteSeen(w, keys, news, upTo) })
}

// noteSeen notes tickets as seen up to the times of their news, and what happened on them up
// to an event.
func noteSeen(w tracker.Writer, keys []tracker.TicketKey, news map[tracker.TicketKey]time.Time, upTo int64) error {
	for key, at := range news {
		if err := w.SeeTicket(key, at); err != nil {
			return err
		}
	}
	for _, key := range keys {
		if _, err := w.SeeTicketEvents(key, upTo); err != nil {
			return err
		}
	}
	return nil
}

// newsOf tells up to when there is something unseen on a ticket, the zero time
// when there is nothing or the ticket is not kept.
func newsOf(r tracker.Reader, key tracker.TicketKey) (time.Time, error) {
	t, err := r.Ticket(key)
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, err
	}
	upTo, err := r.SeenUpTo(key)
	if err != nil || !t.UpdatedAt.After(upTo) {
		return time.Time{}, err
	}
	return t.UpdatedAt, nil
}

// SeeOwn keeps an update of ours from being news to anybody, unless others were before it.
func SeeOwn(w tracker.Writer, key tracker.TicketKey, before, after time.Time) error {
	if before.IsZero() {
		return nil
	}
	if err := keepAside(w, key, before, after); err != nil {
		return err
	}
	return w.KeepSeen(key, before, after)
}

// keepAside keeps an update of ours from bringing a ticket back that was put aside,
// unless others were before it.
func keepAside(w tracker.Writer, key tracker.TicketKey, before, after time.Time) error {
	asides, err := w.Asides(key.Host)
	a, ok := asides[key.ID]
	if err != nil || !ok || a.UpdatedAt.Before(before) || !after.After(a.UpdatedAt) {
		return err
	}
	a.UpdatedAt = after
	return w.SaveAside(a)
}
