package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"storydesk/store/fault"
	"storydesk/tracker"
)

// reader reads rows for the length of one transaction.
type reader struct {
	ctx context.Context
	tx  *sql.Tx
	on  *engine
	// turn is what a transaction did that changes rows on a server, nil for any other.
	turn *turn
}

// readers implements tracker.Reader, a part of it by its own type.
type readers struct {
	*reader
	eventReader
	attemptReader
	partReader
	importReader
	searchReader
	epicReader
	senderReader
}

func newReaders(r *reader) readers {
	return readers{r, eventReader{r}, attemptReader{r}, partReader{r}, importReader{r}, searchReader{r}, epicReader{r}, senderReader{r}}
}

// eventReader reads linked tickets, and what happened on them.
type eventReader struct{ of *reader }

// searchReader reads what is written in stories.
type searchReader struct{ of *reader }

// statements changes rows for the length of one transaction.
type statements struct{ reader }

// writer implements tracker.Writer, each part of it by its own type.
type writer struct {
	*statements
	eventReader
	attemptReader
	partReader
	importReader
	searchReader
	projectWriter
	integrationWriter
	storyWriter
	partWriter
	ticketWriter
	outboxWriter
	asideWriter
	textWriter
	leaseWriter
	importWriter
	epicReader
	senderReader
	epicWriter
}

// The parts of a writer. Each changes the rows of its subject only.
type (
	projectWriter     struct{ *statements }
	integrationWriter struct{ *statements }
	storyWriter       struct{ *statements }
	ticketWriter      struct{ *statements }
	outboxWriter      struct{ *statements }
	asideWriter       struct{ *statements }
	textWriter        struct{ *statements }
	leaseWriter       struct{ *statements }
)

func newWriter(r reader) *writer {
	s := &statements{r}
	return &writer{
		s, eventReader{&s.reader}, attemptReader{&s.reader}, partReader{&s.reader}, importReader{&s.reader}, searchReader{&s.reader}, projectWriter{s}, integrationWriter{s}, storyWriter{s}, partWriter{s},
		ticketWriter{s}, outboxWriter{s}, asideWriter{s}, textWriter{s}, leaseWriter{s}, importWriter{s}, epicReader{&s.reader}, senderReader{&s.reader}, epicWriter{s},
	}
}

// all reads the rows of a query. fields returns where a row's columns go.
func all[T any](r *reader, what string, fields func(*T) []any, query string, args ...any) (list []T, err error) {
	query, args = r.on.translate(query, args)
	rows, err := r.tx.QueryContext(r.ctx, query, args...)
	if err != nil {
		return nil, r.fault("reading "+what, err)
	}
	defer func() {
		if closed := rows.Close(); err == nil {
			err = r.fault("reading "+what, closed)
		}
	}()
	var row T
	into := r.on.targets(fields(&row))
	// Long lists are read in pieces, for one that grows is copied over and over.
	const piece = 1024
	var pieces [][]T
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, r.fault("reading "+what, err)
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
		r.turn.note(query)
	}
	if err := rows.Err(); err != nil {
		return list, r.fault("reading "+what, err)
	}
	return list, r.turn.verify()
}

// one reads the only row of a query, or fails with CodeNotFound: there is no what.
func one[T any](r *reader, what string, fields func(*T) []any, query string, args ...any) (T, error) {
	row, err := only(r, what, fields, r.ask(query, args...))
	if err == nil {
		r.turn.note(query)
	}
	if failed := r.turn.verify(); failed != nil {
		err = failed
	}
	return row, err
}

// ask asks for the only row of a query. A server is asked once a row is read, together with
// what it was asked before.
func (r *reader) ask(query string, args ...any) *sql.Row {
	query, args = r.on.translate(query, args)
	return r.tx.QueryRowContext(r.ctx, query, args...)
}

// only reads a row that was asked for; see one.
func only[T any](r *reader, what string, fields func(*T) []any, asked *sql.Row) (row T, err error) {
	err = asked.Scan(r.on.targets(fields(&row))...)
	if errors.Is(err, sql.ErrNoRows) {
		return row, notFound(what)
	}
	return row, r.fault("reading "+what, err)
}

func notFound(what string) error {
	return tracker.Errorf(tracker.CodeNotFound, "there is no %s", what)
}

// itself is the fields of a row of one column.
func itself[T any](value *T) []any { return []any{value} }

func (r *reader) fault(doing string, err error) error {
	if err != nil && r.ctx.Err() != nil {
		return fault.Interrupted(doing, r.ctx.Err())
	}
	if r.turn != nil && err != nil && (fault.Transient(err) || fault.Broke(err)) {
		r.turn.again = true // nothing was committed
	}
	return fault.Explain(r.on.name, doing, err)
}

// exec runs a statement and returns how many rows it touched.
func (w *statements) exec(doing, statement string, args ...any) (int64, error) {
	statement, args = w.on.translate(statement, args)
	result, err := w.tx.ExecContext(w.ctx, statement, args...)
	if err != nil {
		return 0, w.fault(doing, err)
	}
	touched, err := result.RowsAffected()
	if err != nil {
		return 0, w.fault(doing, err)
	}
	if touched > 0 {
		w.turn.note(statement)
	}
	return touched, w.turn.verify()
}

// later runs a statement of which nobody asks how many rows it touched. A server runs it before
// the next one of which somebody does, and before the commit, which tell its failure then.
func (w *statements) later(doing, statement string, args ...any) error {
	w.turn.note(statement)
	return w.queue(doing, statement, args...)
}

// queue is later for what changes nothing.
func (r *reader) queue(doing, statement string, args ...any) error {
	statement, args = r.on.translate(statement, args)
	_, err := r.tx.ExecContext(r.ctx, statement, args...)
	return r.fault(doing, err)
}

// insert adds a row and returns its id. fields are the values of columns.
func (w *statements) insert(what, table, columns string, fields []any) (int64, error) {
	statement := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", //nolint:gosec // names and question marks of our own
		table, columns, placeholders(len(fields)))
	if w.on.server() {
		return one(&w.reader, what, itself[int64], statement+" RETURNING id", fields...)
	}
	result, err := w.tx.ExecContext(w.ctx, statement, fields...)
	if err != nil {
		return 0, w.fault("adding "+what, err)
	}
	id, err := result.LastInsertId()
	return id, w.fault("adding "+what, err)
}

// put adds a row when id is 0, and returns the id that it is given. Otherwise it changes the
// row with that id, or lets it come back under it after it was removed.
func (w *statements) put(what, table string, id int64, columns, change string, fields ...any) (int64, error) {
	if id == 0 {
		return w.insert("the "+what, table, columns, fields)
	}
	return one(&w.reader, what, itself[int64], fmt.Sprintf("INSERT INTO %s (id, %s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s RETURNING id",
		table, columns, placeholders(1+len(fields)), change), append([]any{id}, fields...)...)
}

// save replaces the row with that id, if it still has that version, and raises
// the version. It fails with CodeNotFound or CodeConflict.
func (w *statements) save(what, table string, id int64, version *int64, columns string, fields []any) error {
	saved, err := w.saving(what, table, id, version, columns, fields)
	if err != nil {
		return err
	}
	return saved()
}

// saving is save, which has not succeeded before saved does.
func (w *statements) saving(what, table string, id int64, version *int64, columns string, fields []any) (saved func() error, err error) {
	statement, args := w.on.translate(fmt.Sprintf("UPDATE %s SET version = version + 1, (%s) = (%s) WHERE id = ? AND version = ?",
		table, columns, placeholders(len(fields))), append(fields, id, *version))
	result, err := w.tx.ExecContext(w.ctx, statement, args...)
	if err != nil {
		return nil, w.fault("saving "+what, err)
	}
	w.turn.note(statement)
	*version++
	return func() error {
		touched, err := result.RowsAffected()
		if err == nil && touched == 1 {
			return nil
		}
		*version--
		if err != nil {
			return w.fault("saving "+what, err)
		}
		return w.stale(what, table, id)
	}, nil
}

func (w *statements) stale(what, table string, id int64) error {
	if _, err := one(&w.reader, what, itself[int64], "SELECT id FROM "+table+" WHERE id = ?", id); err != nil {
		return err
	}
	return tracker.Errorf(tracker.CodeConflict, "%s was changed elsewhere: check it, then try again", what)
}

// nameTaken makes the breach of a name's uniqueness into CodeInvalid.
func nameTaken(what, name string, err error) error {
	if !fault.Unique(err) {
		return err
	}
	return &tracker.Error{
		Code: tracker.CodeInvalid, Field: "name", Err: err,
		Message: fmt.Sprintf("%s named %q already exists: choose another name", what, name),
	}
}

const raiseSequence = "UPDATE sequence SET value = value + 1 WHERE name = ?"

// next raises a sequence and returns its new value.
func (w *statements) next(sequence string) (int64, error) {
	return one(&w.reader, "sequence "+sequence, itself[int64], raiseSequence+" RETURNING value", sequence)
}

func placeholders(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// excluded names columns as those of a row that could not be added.
func excluded(columns string) string {
	names := strings.Split(columns, ",")
	for i, name := range names {
		names[i] = "excluded." + strings.TrimSpace(name)
	}
	return strings.Join(names, ", ")
}
