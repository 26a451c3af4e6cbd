package conversation

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"storydesk/tracker"
)

// turns hand out the requests that accounts can spare for conversations nobody
// opened, by host: in a minute as many as the readings of a view may take.
type turns struct {
	mu     sync.Mutex
	byHost map[string]*rate.Limiter
}

func newTurns() *turns { return &turns{byHost: make(map[string]*rate.Limiter)} }

// take takes so many requests of an account that allows so many in a minute. Where
// they are not there yet it takes none, and tells in how long they are.
func (t *turns) take(host string, perMinute, cost int, now time.Time) time.Duration {
	most := max(1, perMinute/tracker.ReadingShare)
	limit := rate.Every(time.Minute / time.Duration(most))
	t.mu.Lock()
	defer t.mu.Unlock()
	l := t.byHost[host]
	if l == nil {
		l = rate.NewLimiter(limit, most)
		t.byHost[host] = l
	}
	if l.Burst() != most {
		l.SetLimitAt(now, limit)
		l.SetBurstAt(now, most)
	}
	turn := l.ReserveN(now, min(cost, most))
	wait := turn.DelayFrom(now)
	if wait > 0 {
		turn.CancelAt(now)
	}
	return wait
}

// Turn tells in how long a ticket's conversation may be read that the user only
// passes by, and takes the turn when that is now: previews take no more of what the
// account allows than the readings of a view do, and nothing while little is left.
func (s *Service) Turn(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (wait time.Duration, err error) {
	in, t, err := s.views.LastSeen(ctx, id, ticket)
	if err != nil {
		return 0, err
	}
	allowed := s.accounts.Requests(in.Host)
	if rest := allowed.Rest(); rest > 0 {
		return rest, nil
	}
	cost := 1
	if t.Messaging {
		cost = 2 // the comments, and mostly one page of the log
	}
	return s.turns.take(in.Host, allowed.Limit(), cost, s.Now()), nil
}
