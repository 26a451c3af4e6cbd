package triage

import (
	"context"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
	"storydesk/tracker/stories"
	"storydesk/tracker/views"
)

// Service is the use cases of tickets of which no story is made.
type Service struct {
	*kernel.Kernel
	views   *views.Service
	stories *stories.Service
}

// New returns the use cases.
func New(k *kernel.Kernel, v *views.Service, s *stories.Service) *Service { return &Service{k, v, s} }

// Dismiss takes tickets of an integration out of what is to be decided, with a reason
// that may be empty. They come back when the customer writes. CodeInvalid, field
// "reason", for a reason that is too long.
func (s *Service) Dismiss(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID, reason string) error {
	reason = strings.TrimSpace(reason)
	if n := len([]rune(reason)); n > tracker.MaxDismissReason {
		return tracker.Invalid("reason", "a reason has at most %d characters; this one has %d", tracker.MaxDismissReason, n)
	}
	return s.putAside(ctx, in, tickets, tracker.Aside{Kind: tracker.Dismissed, Reason: reason})
}

// Snooze takes tickets of an integration out of what is to be decided until a time, or
// until they change where that is zero. They come back when the customer writes, too.
// CodeInvalid, field "until", for a time that has passed.
func (s *Service) Snooze(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID, until time.Time) error {
	if !until.IsZero() && !until.After(s.Now()) {
		return tracker.Invalid("until", "%s is in the past; choose tomorrow or a later day", until.Format(time.DateOnly))
	}
	return s.putAside(ctx, in, tickets, tracker.Aside{Kind: tracker.Snoozed, Until: until})
}

// Restore brings tickets back that were dismissed or snoozed. CodeRefused when one was
// not, or has come back.
func (s *Service) Restore(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID) error {
	known, err := s.known(ctx, in, tickets)
	if err != nil {
		return err
	}
	return s.change(ctx, known, verbRestored, func(t tracker.Ticket, was *tracker.Aside) (*tracker.Aside, error) {
		if was == nil || was.Ended(t, s.Now()) {
			return nil, tracker.Errorf(tracker.CodeRefused, "%s is neither dismissed nor snoozed", t.ID)
		}
		return nil, nil
	})
}

// putAside puts tickets aside in one way.
func (s *Service) putAside(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID, as tracker.Aside) error {
	known, err := s.known(ctx, in, tickets)
	if err != nil {
		return err
	}
	as.By, as.At = s.Actor(), s.Now().Truncate(time.Millisecond)
	return s.change(ctx, known, string(as.Kind), func(t tracker.Ticket, _ *tracker.Aside) (*tracker.Aside, error) {
		now := as
		now.Ticket, now.UpdatedAt, now.RepliedAt = t.TicketKey, t.UpdatedAt, t.Progress.RepliedAt
		return &now, nil
	})
}

// known are tickets as last seen, or from Zendesk where they were never seen.
func (s *Service) known(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID) ([]tracker.Ticket, error) {
	if len(tickets) == 0 {
		return nil, tracker.Invalid("ticket", "choose a ticket")
	}
	known := make([]tracker.Ticket, 0, len(tickets))
	for i, id := range tickets {
		if slices.Contains(tickets[:i], id) {
			continue
		}
		_, t, err := s.views.KnownTicket(ctx, in, id)
		if err != nil {
			return nil, err
		}
		known = append(known, t)
	}
	return known, nil
}

// change saves in one transaction what becomes of tickets, and remembers it to be undone.
func (s *Service) change(ctx context.Context, tickets []tracker.Ticket, did string, becomes func(t tracker.Ticket, was *tracker.Aside) (*tracker.Aside, error)) error {
	var made []stories.TicketChange
	err := s.Write(ctx, tracker.HintTickets, func(w tracker.Writer) error {
		made = nil
		asides, err := w.Asides(tickets[0].Host)
		if err != nil {
			return err
		}
		for _, t := range tickets {
			c := change{ticket: t.TicketKey, did: did, was: stored(asides, t.ID)}
			if c.is, err = becomes(t, c.was); err != nil {
				return err
			}
			if err := save(w, t.TicketKey, c.is); err != nil {
				return err
			}
			made = append(made, c)
		}
		return nil
	})
	if err == nil {
		s.stories.Remember(ctx, made...)
	}
	return err
}

const verbRestored = "restored"

// change is one ticket that was put aside, or brought back.
type change struct {
	ticket tracker.TicketKey
	did    string
	// was and is are what was saved of it before and after, nil for nothing.
	was, is *tracker.Aside
}

// Ticket implements stories.TicketChange.
func (c change) Ticket() tracker.TicketID { return c.ticket.ID }

// Did implements stories.TicketChange.
func (c change) Did() string { return c.did }

// TakeBack saves what was saved before, unless somebody else has decided since.
func (c change) TakeBack(w tracker.Writer) (stories.TicketChange, error) {
	asides, err := w.Asides(c.ticket.Host)
	if err != nil {
		return nil, err
	}
	if now := stored(asides, c.ticket.ID); !alike(now, c.is) {
		by := "restored"
		if now != nil {
			by = string(now.Kind) + " by " + now.By
		}
		return nil, tracker.Errorf(tracker.CodeRefused, "%s was %s meanwhile", c.ticket.ID, by)
	}
	return change{ticket: c.ticket, did: c.did, was: c.is, is: c.was}, save(w, c.ticket, c.was)
}

// alike reports whether two decisions are the same one. What it knows of the ticket
// follows our own updates.
func alike(a, b *tracker.Aside) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Kind == b.Kind && a.By == b.By && a.At.Equal(b.At) && a.Until.Equal(b.Until)
}

func stored(asides map[tracker.TicketID]tracker.Aside, id tracker.TicketID) *tracker.Aside {
	if a, ok := asides[id]; ok {
		return &a
	}
	return nil
}

// save saves what becomes of a ticket, nil for one that was not put aside.
func save(w tracker.Writer, ticket tracker.TicketKey, a *tracker.Aside) error {
	if a != nil {
		return w.SaveAside(*a)
	}
	err := w.RemoveAside(ticket)
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return nil
	}
	return err
}
