package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"storydesk/tracker"
)

// The table revision has a row for each handle that changed something lately, so that
// programs that commit at once do not wait for each other. A handle whose transactions commit
// at once has several: one that waited for another here, while that waits for a row of
// the first one's, would wait for ever, for no server sees what happens in a program. A row that was not raised for
// staleAfter is added to the first row, which has no writer, by the next handle that comes
// new: the sum that others watch stays the same, and nobody misses a change. A handle whose
// row was taken in comes new itself with its next change, in older programs too.
const staleAfter = time.Hour

// clock is the server's, in milliseconds: rows are compared by one clock, whatever the
// computers of a team think.
const clock = "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"

// row is one of a handle's in the table revision, whose writer is the handle, or that and a space
// and a number: who asks for the others' rows knows all of the handle's own, made or not yet.
// Commits with it come one after the other.
type row struct {
	writer string
	// raised is when the last change was, by the row, 0 where that is not known.
	raised int64
}

// rows are those of a handle. They are safe for concurrent use.
type rows struct {
	mutex sync.Mutex
	// made is how many there are, free are those with which nothing commits.
	made int
	free []*row
}

// take takes a row for a commit, of a handle of that name. leave gives it back.
func (r *rows) take(handle string) *row {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if last := len(r.free) - 1; last >= 0 {
		taken := r.free[last]
		r.free = r.free[:last]
		return taken
	}
	if r.made++; r.made > 1 {
		handle = fmt.Sprintf("%s %d", handle, r.made)
	}
	return &row{writer: handle}
}

func (r *rows) leave(taken *row) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.free = append(r.free, taken)
}

// errNotRaised is the failure of a commit with which no row was raised: another
// handle took it in, or a newer storydesk has changed the schema. It had no effect.
var errNotRaised = errors.New("the row of revision was not raised")

// notRaised reports whether the server failed to divide by the number of rows that were raised.
func notRaised(err error) bool {
	const divisionByZero = "22012"
	var failed *pgconn.PgError
	return errors.As(err, &failed) && failed.Code == divisionByZero
}

// raise counts a change in a row of this handle's, which belongs to this transaction until it
// ends, and returns when that was by the row: later each time, whatever the clock does. The
// value tells no change from an upgrade of the schema, which raises all of them. Where the
// handle knows its row the time is there once the transaction is committed, and the commit
// fails with errNotRaised where the row is not as it was. Its failures are not for people.
func (s *Server) raise(ctx context.Context, tx *sql.Tx, in *row) (*int64, error) {
	const raise = "UPDATE revision SET value = value + 1, changed_at = greatest(" + clock + ", changed_at + 1)" +
		" WHERE writer = $1 AND schema = $2 RETURNING changed_at"
	at := new(int64)
	if in.raised != 0 {
		_, err := tx.ExecContext(ctx, raise, returned{at}, in.writer, s.schema)
		if err == nil {
			// A statement that touches no row is no failure, and the commit goes out together with it.
			_, err = tx.ExecContext(ctx, "SELECT 1 / count(*) FROM revision WHERE writer = $1 AND schema = $2", in.writer, s.schema)
		}
		return at, err
	}
	err := tx.QueryRowContext(ctx, raise, in.writer, s.schema).Scan(at)
	if errors.Is(err, sql.ErrNoRows) {
		*at, err = comeNew(ctx, tx, s, in.writer)
	}
	return at, err
}

// comeNew is raise of a row that is not there.
func comeNew(ctx context.Context, tx *sql.Tx, s *Server, writer string) (at int64, err error) {
	// The first row is locked by who changes the schema, and by who comes new.
	var schema int64
	err = tx.QueryRowContext(ctx, "SELECT schema FROM revision WHERE writer = '' FOR UPDATE").Scan(&schema)
	if err == nil && schema != s.schema {
		return 0, tracker.Errorf(tracker.CodeRefused,
			"a newer storydesk has upgraded the database %s (schema %d, this program knows %d), so nothing can be saved: update storydesk, then start it again",
			s.Name, schema, s.schema)
	}
	if err == nil {
		err = takeIn(ctx, tx)
	}
	if err == nil {
		const add = "INSERT INTO revision (writer, value, schema, changed_at) VALUES ($1, 1, $2, " + clock + ") RETURNING changed_at"
		err = tx.QueryRowContext(ctx, add, writer, s.schema).Scan(&at)
	}
	return at, err
}

// takeIn adds stale rows to the first one, which the transaction has locked.
func takeIn(ctx context.Context, tx *sql.Tx) (err error) {
	const stale = "DELETE FROM revision WHERE writer <> '' AND changed_at < " + clock + " - $1 RETURNING value"
	rows, err := tx.QueryContext(ctx, stale, staleAfter.Milliseconds())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var sum, value int64
	for rows.Next() {
		if err := rows.Scan(&value); err != nil {
			return err
		}
		sum += value
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil || sum == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE revision SET value = value + $1 WHERE writer = ''", sum)
	return err
}
