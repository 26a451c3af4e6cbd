package query

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"storydesk/store/fault"
	"storydesk/tracker"
)

// Session reads rows for the length of one transaction.
type Session struct {
	Context context.Context
	On      *Engine
	// Turn is what a transaction did that changes rows on a server, nil for any other.
	Turn *Turn
	tx   *sql.Tx
}

// In returns the session of a transaction. turn is nil unless it changes rows on a server.
func In(ctx context.Context, tx *sql.Tx, on *Engine, turn *Turn) *Session {
	return &Session{Context: ctx, On: on, Turn: turn, tx: tx}
}

// All reads the rows of a query. fields returns where a row's columns go.
func All[T any](s *Session, what string, fields func(*T) []any, query string, args ...any) (list []T, err error) {
	query, args = s.On.translate(query, args)
	rows, err := s.tx.QueryContext(s.Context, query, args...)
	if err != nil {
		return nil, s.Fault("reading "+what, err)
	}
	defer func() {
		if closed := rows.Close(); err == nil {
			err = s.Fault("reading "+what, closed)
		}
	}()
	var row T
	into := s.On.targets(fields(&row))
	// Long lists are read in pieces, for one that grows is copied over and over.
	const piece = 1024
	var pieces [][]T
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, s.Fault("reading "+what, err)
		}
		if len(list) == piece {
			pieces, list = append(pieces, list), make([]T, 0, piece)
		}
		list = append(list, row)
	}
	if pieces != nil {
		list = slices.Concat(append(pieces, list)...)
	}
	if list != nil {
		s.Turn.note(query)
	}
	if err := rows.Err(); err != nil {
		return list, s.Fault("reading "+what, err)
	}
	return list, s.Turn.Verify()
}

// One reads the only row of a query, or fails with CodeNotFound: there is no what.
func One[T any](s *Session, what string, fields func(*T) []any, query string, args ...any) (T, error) {
	row, err := Only(s, what, fields, s.Ask(query, args...))
	if err == nil {
		s.Turn.note(query)
	}
	if failed := s.Turn.Verify(); failed != nil {
		err = failed
	}
	return row, err
}

// Ask asks for the only row of a query. A server is asked once a row is wanted, together with
// what it was asked before.
func (s *Session) Ask(query string, args ...any) *sql.Row {
	query, args = s.On.translate(query, args)
	return s.tx.QueryRowContext(s.Context, query, args...)
}

// Only reads a row that was asked for; see One.
func Only[T any](s *Session, what string, fields func(*T) []any, asked *sql.Row) (row T, err error) {
	err = asked.Scan(s.On.targets(fields(&row))...)
	if errors.Is(err, sql.ErrNoRows) {
		return row, NotFound(what)
	}
	return row, s.Fault("reading "+what, err)
}

// Itself is the fields of a row of one column.
func Itself[T any](value *T) []any { return []any{value} }

// Queue runs a statement that changes nothing and whose rows nobody wants, such as one that locks
// them. A server runs it before what it is asked next.
func (s *Session) Queue(doing, statement string, args ...any) error {
	statement, args = s.On.translate(statement, args)
	_, err := s.tx.ExecContext(s.Context, statement, args...)
	return s.Fault(doing, err)
}

// Fault makes a failure one for people.
func (s *Session) Fault(doing string, err error) error {
	if s.Turn != nil && (fault.Transient(err) || fault.Broke(err)) {
		s.Turn.Again = true // nothing was committed
	}
	return fault.Within(s.Context, s.On.Name, doing, err)
}

// NotFound is the failure of what names one thing that is not there.
func NotFound(what string) error {
	return tracker.Errorf(tracker.CodeNotFound, "there is no %s", what)
}
