package views

import (
	"context"
	"slices"

	"storydesk/tracker"
)

// ticketsAtOnce is how many tickets one request for tickets by number names.
const ticketsAtOnce = 100

// followLinked reads the linked tickets that are not in the view, which one request does
// for a hundred, and then what happened on those that have changed, wherever they stand.
func (s *Service) followLinked(ctx context.Context, account tracker.Account, r *viewReading) error {
	ids, err := outside(ctx, s.Store, r)
	if err != nil {
		return err
	}
	r.fetch.Beside = (len(ids) + ticketsAtOnce - 1) / ticketsAtOnce
	if len(ids) > 0 {
		tickets, err := account.Tickets(ctx, ids)
		if err != nil {
			return err
		}
		if err := s.SawTickets(ctx, tickets); err != nil {
			return err
		}
	}
	requests, err := s.follower.Follow(ctx, account, r.in.Host, mostFollowed(s.accounts.Requests(r.in.Host)))
	r.fetch.Beside += requests
	return err
}

// outside lists the linked tickets that a reading did not see, those left out on which
// nothing happens any more: their stories are accepted and they were closed.
func outside(ctx context.Context, store tracker.Store, r *viewReading) (ids []tracker.TicketID, err error) {
	err = store.Read(ctx, func(reader tracker.Reader) error {
		linked, err := reader.LinkedStories(r.in.Host)
		if err != nil {
			return err
		}
		followed, err := reader.Followed(r.in.Host)
		closed := make(map[tracker.TicketID]bool)
		for _, f := range followed {
			closed[f.Ticket.ID] = f.Ticket.Status == tracker.TicketClosed
		}
		for id, stories := range linked {
			unfinished := slices.ContainsFunc(stories, func(st tracker.StoryRef) bool { return st.State != tracker.Accepted })
			if !r.seen[id] && (unfinished || !closed[id]) {
				ids = append(ids, id)
			}
		}
		return err
	})
	slices.Sort(ids)
	return ids, err
}

// mostFollowed is of how many tickets the comments are read at once: half of what
// readings may take in a minute.
func mostFollowed(requests tracker.Allowance) int {
	const half = 2
	return max(1, requests.Limit()/tracker.ReadingShare/half)
}
