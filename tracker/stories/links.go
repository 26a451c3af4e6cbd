package stories

import (
	"context"
	"fmt"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/outbox"
)

// LinkTickets links each of some tickets to each of some stories and returns how
// many links that made: what is linked already stays so. Nothing is sent.
// CodeNotFound when Zendesk has no such ticket (while it cannot be asked, it is
// believed to have it), CodeConflict when all of them were linked.
func (s *links) LinkTickets(ctx context.Context, ids []tracker.StoryID, in tracker.Integration, tickets []tracker.TicketID) (int, error) {
	if err := s.knowTickets(ctx, in, tickets); err != nil {
		return 0, err
	}
	var done changeSet
	err := s.Write(ctx, tracker.HintStories|tracker.HintTickets|tracker.HintDeliveries, func(w tracker.Writer) (err error) {
		done, err = s.insertLinks(w, ids, in, tickets)
		return err
	})
	if err == nil {
		s.history.add(ctx, done)
	}
	return len(done), err
}

// knowTickets sees to it that tickets exist as far as Zendesk can be asked.
func (s *links) knowTickets(ctx context.Context, in tracker.Integration, tickets []tracker.TicketID) error {
	for _, ticket := range tickets {
		if _, _, err := s.views.KnownTicket(ctx, in.ID, ticket); tracker.CodeOf(err) == tracker.CodeNotFound {
			return err
		}
	}
	return nil
}

// insertLinks makes the links that are missing, each with its activity.
func (s *changes) insertLinks(w tracker.Writer, ids []tracker.StoryID, in tracker.Integration, tickets []tracker.TicketID) (changeSet, error) {
	var done changeSet
	var known error
	for _, id := range ids {
		st, _, err := versioned(w, id, 0)
		if err != nil {
			return nil, err
		}
		for _, ticket := range tickets {
			l, err := s.insertLink(w, st, in, ticket)
			if tracker.CodeOf(err) == tracker.CodeConflict {
				known = err
				continue
			}
			if err == nil {
				err = s.recordLink(w, verbLinked, l)
			}
			if err != nil {
				return nil, err
			}
			done = append(done, linked{l, verbLinked})
		}
	}
	if len(done) == 0 {
		return nil, known
	}
	return done, nil
}

// LinkInstead links the tickets of a story that was just made of them to another
// story and takes the new one away: the ticket had its story already.
// CodeRefused when the new one was worked on since it was created.
func (s *links) LinkInstead(ctx context.Context, created, id tracker.StoryID) (tracker.Story, error) {
	var done changeSet
	err := s.Write(ctx, tracker.HintStories|tracker.HintTickets, func(w tracker.Writer) error {
		made, err := w.Story(created)
		if err != nil {
			return err
		}
		if err := s.untouched(w, made); err != nil {
			return err
		}
		done, err = s.moveLinks(w, made, id)
		if err != nil {
			return err
		}
		return w.RemoveStory(created)
	})
	if err != nil {
		return tracker.Story{}, err
	}
	s.history.forget(created)
	s.history.add(ctx, done)
	return s.reread(ctx, id)
}

// untouched fails with CodeRefused when more was done to a story than to create it.
func (s *changes) untouched(r tracker.Reader, st tracker.Story) error {
	activities, err := r.Activities(st.ID)
	if err == nil && len(activities) > 1 {
		err = tracker.Errorf(tracker.CodeRefused, "%s has changed since it was created; link the ticket and delete %s instead", st.ID, st.ID)
	}
	return err
}

// moveLinks links the tickets of one story to another as well.
func (s *changes) moveLinks(w tracker.Writer, from tracker.Story, id tracker.StoryID) (changeSet, error) {
	if _, err := w.Story(id); err != nil {
		return nil, err
	}
	var done changeSet
	for _, l := range from.Tickets {
		l.StoryID, l.CreatedAt = id, s.Now()
		err := addLink(w, &l)
		if tracker.CodeOf(err) == tracker.CodeConflict {
			continue
		}
		if err == nil {
			err = s.recordLink(w, verbLinked, l)
		}
		if err != nil {
			return nil, err
		}
		done = append(done, linked{l, verbLinked})
	}
	return done, nil
}

// UnlinkTicket unlinks a ticket from those of some stories that it is linked to.
// While private comments to it have not left it is CodeRefused, unless drop gives
// them up. CodeNotFound when it is linked to none of them.
func (s *links) UnlinkTicket(ctx context.Context, ids []tracker.StoryID, ticket tracker.TicketKey, drop bool) error {
	var done changeSet
	err := s.Write(ctx, tracker.HintStories|tracker.HintTickets|tracker.HintDeliveries, func(w tracker.Writer) (err error) {
		done, err = s.removeLinks(w, ids, ticket, drop)
		return err
	})
	if err == nil {
		s.history.add(ctx, done)
	}
	return err
}

func (s *changes) removeLinks(w tracker.Writer, ids []tracker.StoryID, ticket tracker.TicketKey, drop bool) (changeSet, error) {
	var links []tracker.Link
	var deliveries []tracker.DeliveryQuery
	for _, id := range ids {
		st, err := w.Story(id)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(st.Tickets, func(l tracker.Link) bool { return l.Ticket == ticket }); i >= 0 {
			links = append(links, st.Tickets[i])
			deliveries = append(deliveries, tracker.DeliveryQuery{Story: id, Ticket: ticket})
		}
	}
	if err := outbox.SettleUnsent(w, drop, fmt.Sprintf("unlink %s", ticket.ID), deliveries...); err != nil {
		return nil, err
	}
	var done changeSet
	for _, l := range links {
		if err := w.RemoveLink(l.StoryID, ticket); err != nil {
			return nil, err
		}
		if err := s.recordLink(w, verbUnlinked, l); err != nil {
			return nil, err
		}
		done = append(done, unlinked{l, verbUnlinked})
	}
	if len(done) == 0 && len(ids) > 0 {
		return nil, w.RemoveLink(ids[0], ticket) // says what is missing
	}
	return done, nil
}

// reread reads a story as it is after a change.
func (s *links) reread(ctx context.Context, id tracker.StoryID) (tracker.Story, error) {
	var st tracker.Story
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		st, err = r.Story(id)
		return err
	})
	return st, err
}

func (s *changes) recordLink(w tracker.Writer, verb string, l tracker.Link) error {
	return s.outbox.Record(w, l.StoryID, verb, []tracker.FieldChange{{Field: "ticket", New: l.Ticket.String()}})
}

func (s *changes) insertLink(w tracker.Writer, st tracker.Story, in tracker.Integration, ticket tracker.TicketID) (tracker.Link, error) {
	if st.ProjectID != in.ProjectID {
		return tracker.Link{}, tracker.Errorf(tracker.CodeRefused, "%s and %s are in different projects", st.ID, in.Name)
	}
	l := tracker.Link{StoryID: st.ID, Ticket: in.TicketKey(ticket), IntegrationID: in.ID, Integration: in.Name, CreatedAt: s.Now()}
	if kind.Of(in).Asks {
		l.URL = s.Zendesk.TicketURL(in.URL, ticket)
	} else {
		listed, err := w.Ticket(l.Ticket)
		if err != nil {
			return tracker.Link{}, err
		}
		l.URL = listed.URL
	}
	return l, addLink(w, &l)
}

// addLink links a ticket, whose news begin now.
func addLink(w tracker.Writer, l *tracker.Link) error {
	if err := w.AddLink(l); err != nil {
		return err
	}
	t, err := w.Ticket(l.Ticket)
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return w.SeeTicket(l.Ticket, t.UpdatedAt)
}

// RelinkTicket links a story to another ticket of the account in place of one that
// it is linked to, such as the one that this was merged into. One undo takes both
// back. It fails as linking and unlinking do.
func (s *links) RelinkTicket(ctx context.Context, id tracker.StoryID, from tracker.Link, to tracker.TicketID, drop bool) error {
	var in tracker.Integration
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		in, err = r.Integration(from.IntegrationID)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.knowTickets(ctx, in, []tracker.TicketID{to}); err != nil {
		return err
	}
	var done changeSet
	stories := []tracker.StoryID{id}
	err = s.Write(ctx, tracker.HintStories|tracker.HintTickets|tracker.HintDeliveries, func(w tracker.Writer) error {
		made, err := s.insertLinks(w, stories, in, []tracker.TicketID{to})
		if err != nil && tracker.CodeOf(err) != tracker.CodeConflict {
			return err
		}
		removed, err := s.removeLinks(w, stories, from.Ticket, drop)
		done = append(made, removed...)
		return err
	})
	if err == nil {
		s.history.add(ctx, done)
	}
	return err
}
