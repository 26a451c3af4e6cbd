package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"storydesk/store/fault"
	"storydesk/tracker"
)

// errNotCommitted is the failure of a commit that had no effect: the transaction may be done again.
var errNotCommitted = errors.New("the connection broke before the commit")

// Again reports whether a commit failed without any effect because of another transaction or
// of a broken connection, so that it may succeed when it is done again.
func Again(err error) bool {
	return fault.Transient(err) || errors.Is(err, errNotCommitted) || errors.Is(err, errNotRaised)
}

// Conclude commits what others need not hear of, and what may be lost.
func (s *Server) Conclude(ctx context.Context, tx *sql.Tx) error {
	return s.fault(ctx, "committing", tx.Commit())
}

// Commit raises a row of this handle's in the revision and commits. It fails with CodeRefused
// when a newer storydesk has changed the schema since this one opened it. When the connection
// breaks meanwhile it asks the server whether the transaction was committed.
func (s *Server) Commit(ctx context.Context, tx *sql.Tx) error {
	in := s.rows.take(s.me)
	defer s.rows.leave(in)
	before := in.raised
	at, err := s.raise(ctx, tx, in)
	if fault.Broke(err) {
		return fmt.Errorf("%w: %w", errNotCommitted, err)
	} else if err != nil {
		return s.fault(ctx, "raising the revision", err)
	}
	if before == 0 {
		before = *at - 1
	}
	err = tx.Commit()
	switch {
	case err == nil:
		in.raised = *at
		return nil
	case notRaised(err):
		in.raised = 0
		return fmt.Errorf("%w: %w", errNotRaised, err)
	case fault.FromServer(err), errors.Is(err, sql.ErrTxDone):
		return s.fault(ctx, "committing", err)
	}
	in.raised, err = s.settle(ctx, in.writer, before, err)
	if !errors.Is(err, errNotCommitted) {
		return err
	}
	if ctx.Err() != nil {
		return s.fault(ctx, "committing", err)
	}
	return &tracker.Error{
		Code: tracker.CodeUnavailable, Reason: tracker.ReasonOffline, Err: err,
		Message: fmt.Sprintf("the connection to the database %s broke before the change was saved: try again", s.Name),
	}
}

const (
	// settleTime is how long to ask a server whether a transaction was committed.
	settleTime = 10 * time.Second
	settleStep = 200 * time.Millisecond
)

// settle finds out how a commit ended whose answer was lost. The row that it was to raise tells:
// only this handle's commits with that row, which come one after the other, change the time
// in it; before is that of the commit before. It returns the time, 0 where it is not known.
// While the server still works on the commit, the question waits for it: for the row, or,
// where the commit adds that, for the first one, which is locked then.
func (s *Server) settle(ctx context.Context, writer string, before int64, lost error) (at int64, err error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTime)
	defer cancel()
	for {
		// On another pool than that of the changes, which may all wait for this one.
		_, err = s.Readers.ExecContext(ctx, "SELECT writer FROM revision WHERE writer = '' FOR UPDATE")
		if err == nil {
			err = s.Readers.QueryRowContext(ctx, "SELECT changed_at FROM revision WHERE writer = $1 FOR UPDATE", writer).Scan(&at)
		}
		switch {
		case err == nil && at > before:
			return at, nil
		case err == nil, errors.Is(err, sql.ErrNoRows):
			return at, errNotCommitted
		}
		select {
		case <-ctx.Done():
			return 0, &tracker.Error{
				Code: tracker.CodeUnavailable, Reason: tracker.ReasonOffline, Err: fmt.Errorf("committing: %w; %w", lost, err),
				Message: fmt.Sprintf("the connection to the database %s broke while saving: look whether the change is there before you make it again", s.Name),
			}
		case <-time.After(settleStep):
		}
	}
}
