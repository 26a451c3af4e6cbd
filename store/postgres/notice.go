package postgres

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"golang.org/x/time/rate"
)

// A commit is announced to who listens, so that they look at once instead of with their
// next poll. Nothing depends on it: an announcement that is left out or lost costs others
// up to watchEvery. Servers that cannot do it, such as CockroachDB, are polled alone.
const (
	channel = "storydesk"
	// noticesAtOnce is how many announcements are made or heard in a row; after that there
	// is one in watchEvery, so that what changes much makes no terminal read all the time.
	noticesAtOnce = 5
	// noticeTime is how long an announcement may take, and longestSilence how long to
	// wait at most before listening is tried again.
	noticeTime     = 2 * time.Second
	firstSilence   = time.Second
	longestSilence = 30 * time.Second
)

func noticeLimit() *rate.Limiter { return rate.NewLimiter(rate.Every(watchEvery), noticesAtOnce) }

// Announce tells others, beside the program, that this handle has committed a change.
func (s *Server) Announce() {
	if !s.listens.Load() || !s.notices.Allow() {
		return
	}
	s.announcing.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), noticeTime)
		defer cancel()
		_, err := s.Writers.ExecContext(ctx, "SELECT pg_notify($1, $2)", channel, s.me)
		s.refusedNotices(err)
	})
}

// refusedNotices ends announcing and listening where the server does not know them.
func (s *Server) refusedNotices(err error) {
	var refused *pgconn.PgError
	if errors.As(err, &refused) && (refused.Code == "42883" || refused.Code == "0A000" || refused.Code == "42601") {
		s.listens.Store(false)
	}
}

// listen receives what others announce, on a connection of its own, and leaves a token in
// told for it. It returns when ctx ends, or when the server does not offer it.
func (s *Server) listen(ctx context.Context, told chan<- struct{}) {
	silence := firstSilence
	for s.listens.Load() {
		begun := time.Now()
		s.refusedNotices(s.hear(ctx, told))
		if time.Since(begun) > longestSilence {
			silence = firstSilence
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(silence):
		}
		silence = min(2*silence, longestSilence)
	}
}

// hear listens until the connection breaks or ctx ends.
func (s *Server) hear(ctx context.Context, told chan<- struct{}) error {
	conn, err := pgx.ConnectConfig(ctx, s.connection.Copy())
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), noticeTime)
		defer cancel()
		_ = conn.Close(ctx) // nothing is lost with it
	}()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	limit := noticeLimit()
	for {
		notice, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		if notice.Payload == s.me || !limit.Allow() {
			continue
		}
		select {
		case told <- struct{}{}:
		default:
		}
	}
}
