package accounts

import (
	"context"
	"errors"
	"maps"
	"slices"

	"storydesk/tracker"
)

// accountProof is how many tickets are compared at most to see that two hosts
// are of one account.
const accountProof = 20

// ErrSettled ends a reading whose account is known by another host from now on.
var ErrSettled = errors.New("the account is known by its own host now")

// addressHost is the host of an integration's address, which its credentials go to.
func addressHost(zendesk tracker.Zendesk, in tracker.Integration) string {
	_, host, err := zendesk.Address(in.URL)
	if err != nil {
		return in.Host
	}
	return host
}

// SettleAccount gives an integration whose address is a brand's, and all that
// is known of the tickets there, the host of the account itself: the brands of an
// account share its tickets and limits. It fails with ErrSettled where it has.
//
// What an answer says of its account is a claim. It decides neither where
// credentials go (to the integration's address, as ever) nor anything else unless
// the signed-in user's record says the same, the integration was not settled
// before, and tickets that are known of the claimed account are the same here.
func (s *Service) SettleAccount(ctx context.Context, account tracker.Account, in tracker.Integration, claimed string) error {
	if claimed == "" || claimed == in.Host || in.Host != addressHost(s.Zendesk, in) || !s.firstClaim(in) {
		return nil
	}
	me, err := account.Me(ctx)
	if err != nil {
		return err
	}
	same := me.Account == claimed
	if same {
		if same, err = s.sameAccount(ctx, account, claimed); err != nil {
			return err
		}
	}
	if !same {
		s.Log.Warn("an account's claim to be another one is not accepted", "host", in.Host, "said", claimed)
		return nil
	}
	if err := s.Write(ctx, tracker.HintAll, func(w tracker.Writer) error { return w.MoveHost(in.Host, claimed, "") }); err != nil {
		return err
	}
	return ErrSettled
}

// firstClaim reports whether no claim of the opened account was looked at yet.
func (s *opened) firstClaim(in tracker.Integration) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	have, open := s.accounts[in.ID]
	if !open || have.claimed {
		return false
	}
	have.claimed = true
	s.accounts[in.ID] = have
	return true
}

// sameAccount compares tickets that are known of an account with those that
// Zendesk has by the same numbers. An account of which nothing is known can be any.
func (s *Service) sameAccount(ctx context.Context, account tracker.Account, host string) (bool, error) {
	known := make(map[tracker.TicketID]tracker.Ticket)
	links := 0
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		linked, err := r.LinkedStories(host)
		if err != nil {
			return err
		}
		links = len(linked)
		for id := range linked {
			t, err := r.Ticket(tracker.TicketKey{Host: host, ID: id})
			if err == nil {
				known[id] = t
			} else if tracker.CodeOf(err) != tracker.CodeNotFound {
				return err
			}
		}
		return addTickets(r, host, known)
	})
	if err != nil || len(known) == 0 {
		return links == 0, err
	}
	ids := slices.Sorted(maps.Keys(known))
	slices.Reverse(ids) // the newest are the likeliest to be seen
	tickets, err := account.Tickets(ctx, ids[:min(accountProof, len(ids))])
	if err != nil {
		return false, err
	}
	differs := func(t tracker.Ticket) bool { return !t.CreatedAt.Equal(known[t.ID].CreatedAt) }
	return len(tickets) > 0 && !slices.ContainsFunc(tickets, differs), nil
}

// addTickets adds the tickets in the views of an account.
func addTickets(r tracker.Reader, host string, known map[tracker.TicketID]tracker.Ticket) error {
	all, err := r.Integrations(0)
	if err != nil {
		return err
	}
	for _, in := range all {
		if in.Host != host {
			continue
		}
		tickets, err := r.Tickets(in.ID)
		if err != nil {
			return err
		}
		for _, t := range tickets {
			known[t.ID] = t.Ticket
		}
	}
	return nil
}
