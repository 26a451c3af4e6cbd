package tracker

import (
	"context"
	"fmt"
	"slices"
)

// LinkTicket ties a ticket to a story; nothing is sent. CodeNotFound when the
// desk has no such ticket (one that cannot be asked is believed to have it),
// CodeConflict when it is linked already.
func (s *Service) LinkTicket(ctx context.Context, id StoryID, in Integration, ticket TicketID) (Story, error) {
	if _, err := s.LinkTickets(ctx, []StoryID{id}, in, []TicketID{ticket}); err != nil {
		return Story{}, err
	}
	return s.reread(ctx, id)
}

// LinkTickets ties each of some tickets to each of some stories as LinkTicket
// does, and returns how many links that made: what is linked already stays so.
// CodeConflict when all of them were.
func (s *Service) LinkTickets(ctx context.Context, ids []StoryID, in Integration, tickets []TicketID) (int, error) {
	if err := s.knowTickets(ctx, in, tickets); err != nil {
		return 0, err
	}
	var done deed
	err := s.write(ctx, HintStories|HintTickets|HintDeliveries, func(w Writer) (err error) {
		done, err = s.insertLinks(w, ids, in, tickets)
		return err
	})
	if err == nil {
		s.history.add(done)
	}
	return len(done), err
}

// knowTickets sees to it that tickets exist as far as the desk can be asked.
func (s *Service) knowTickets(ctx context.Context, in Integration, tickets []TicketID) error {
	for _, ticket := range tickets {
		if _, _, err := s.knownTicket(ctx, in.ID, ticket); CodeOf(err) == CodeNotFound {
			return err
		}
	}
	return nil
}

// insertLinks makes the links that are missing, each with its activity.
func (s *Service) insertLinks(w Writer, ids []StoryID, in Integration, tickets []TicketID) (deed, error) {
	var done deed
	var linked error
	for _, id := range ids {
		st, _, err := versioned(w, id, 0)
		if err != nil {
			return nil, err
		}
		for _, ticket := range tickets {
			l, err := s.insertLink(w, st, in, ticket)
			if CodeOf(err) == CodeConflict {
				linked = err
				continue
			}
			if err == nil {
				err = s.recordLink(w, "linked", l)
			}
			if err != nil {
				return nil, err
			}
			done = append(done, change{verb: "linked", story: id, link: &l})
		}
	}
	if len(done) == 0 {
		return nil, linked
	}
	return done, nil
}

// LinkInstead ties the tickets of a story that was just made of them to another
// story and takes the new one away: the ticket had its story already.
// CodeRefused when the new one was worked on since it was created.
func (s *Service) LinkInstead(ctx context.Context, created, id StoryID) (Story, error) {
	var done deed
	err := s.write(ctx, HintStories|HintTickets, func(w Writer) error {
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
		return Story{}, err
	}
	s.history.forget(created)
	s.history.add(done)
	return s.reread(ctx, id)
}

// untouched fails with CodeRefused when more was done to a story than to create it.
func (s *Service) untouched(r Reader, st Story) error {
	activities, err := r.Activities(st.ID)
	if err == nil && len(activities) > 1 {
		err = Errorf(CodeRefused, "%s has changed since it was created; link the ticket and delete %s instead", st.ID, st.ID)
	}
	return err
}

// moveLinks ties the tickets of one story to another as well.
func (s *Service) moveLinks(w Writer, from Story, id StoryID) (deed, error) {
	if _, err := w.Story(id); err != nil {
		return nil, err
	}
	var done deed
	for _, l := range from.Tickets {
		l.StoryID, l.CreatedAt = id, s.Now()
		err := addLink(w, &l)
		if CodeOf(err) == CodeConflict {
			continue
		}
		if err == nil {
			err = s.recordLink(w, "linked", l)
		}
		if err != nil {
			return nil, err
		}
		done = append(done, change{verb: "linked", story: id, link: &l})
	}
	return done, nil
}

// UnlinkTicket unties a ticket. While notes to it have not left it is
// CodeRefused, unless drop gives them up. CodeNotFound when it is not linked.
func (s *Service) UnlinkTicket(ctx context.Context, id StoryID, ticket TicketKey, drop bool) (Story, error) {
	if err := s.UnlinkTicketFrom(ctx, []StoryID{id}, ticket, drop); err != nil {
		return Story{}, err
	}
	return s.reread(ctx, id)
}

// UnlinkTicketFrom unties a ticket from several stories as UnlinkTicket does,
// from those that it is linked to. CodeNotFound when that is none.
func (s *Service) UnlinkTicketFrom(ctx context.Context, ids []StoryID, ticket TicketKey, drop bool) error {
	var done deed
	err := s.write(ctx, HintStories|HintTickets|HintDeliveries, func(w Writer) (err error) {
		done, err = s.removeLinks(w, ids, ticket, drop)
		return err
	})
	if err == nil {
		s.history.add(done)
	}
	return err
}

func (s *Service) removeLinks(w Writer, ids []StoryID, ticket TicketKey, drop bool) (deed, error) {
	var done deed
	var notes []DeliveryQuery
	for _, id := range ids {
		st, err := w.Story(id)
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(st.Tickets, func(l Link) bool { return l.Ticket == ticket }); i >= 0 {
			done = append(done, change{verb: "unlinked", story: id, link: &st.Tickets[i], unlinked: true})
			notes = append(notes, DeliveryQuery{Story: id, Ticket: ticket})
		}
	}
	if err := settleUnsent(w, drop, fmt.Sprintf("unlink %s", ticket.ID), notes...); err != nil {
		return nil, err
	}
	for _, c := range done {
		if err := w.RemoveLink(c.story, ticket); err != nil {
			return nil, err
		}
		if err := s.recordLink(w, "unlinked", *c.link); err != nil {
			return nil, err
		}
	}
	if len(done) == 0 && len(ids) > 0 {
		return nil, w.RemoveLink(ids[0], ticket) // says what is missing
	}
	return done, nil
}

// reread reads a story as it is after a change.
func (s *Service) reread(ctx context.Context, id StoryID) (Story, error) {
	var st Story
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		st, err = r.Story(id)
		return err
	})
	return st, err
}

func (s *Service) recordLink(w Writer, verb string, l Link) error {
	return s.record(w, l.StoryID, verb, []FieldChange{{Field: "ticket", New: l.Ticket.String()}})
}

func (i Integration) ticketKey(id TicketID) TicketKey { return TicketKey{Host: i.Host, ID: id} }

func (s *Service) insertLink(w Writer, st Story, in Integration, ticket TicketID) (Link, error) {
	if st.ProjectID != in.ProjectID {
		return Link{}, Errorf(CodeRefused, "%s and %s are in different projects", st.ID, in.Name)
	}
	l := Link{
		StoryID: st.ID, Ticket: in.ticketKey(ticket), IntegrationID: in.ID, Integration: in.Name,
		URL: s.Desks.TicketURL(in.URL, ticket), CreatedAt: s.Now(),
	}
	return l, addLink(w, &l)
}

// addLink ties a ticket, whose news begin now.
func addLink(w Writer, l *Link) error {
	if err := w.AddLink(l); err != nil {
		return err
	}
	t, err := w.Ticket(l.Ticket)
	if CodeOf(err) == CodeNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return w.SeeTicket(l.Ticket, t.UpdatedAt)
}

// RelinkTicket ties a story to another ticket of the account in place of one that
// it is linked to, such as the one that this was merged into. One undo takes both
// back. It fails as linking and unlinking do.
func (s *Service) RelinkTicket(ctx context.Context, id StoryID, from Link, to TicketID, drop bool) error {
	var in Integration
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		in, err = r.Integration(from.IntegrationID)
		return err
	})
	if err != nil {
		return err
	}
	if err := s.knowTickets(ctx, in, []TicketID{to}); err != nil {
		return err
	}
	var done deed
	stories := []StoryID{id}
	err = s.write(ctx, HintStories|HintTickets|HintDeliveries, func(w Writer) error {
		linked, err := s.insertLinks(w, stories, in, []TicketID{to})
		if err != nil && CodeOf(err) != CodeConflict {
			return err
		}
		unlinked, err := s.removeLinks(w, stories, from.Ticket, drop)
		done = append(linked, unlinked...)
		return err
	})
	if err == nil {
		s.history.add(done)
	}
	return err
}
