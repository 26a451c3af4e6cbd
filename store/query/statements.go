package query

import (
	"fmt"
	"strings"

	"storydesk/store/fault"
	"storydesk/tracker"
)

// Statements changes rows for the length of one transaction.
type Statements struct{ of *Session }

// Changing returns what changes rows in a session.
func Changing(of *Session) *Statements { return &Statements{of} }

// Exec runs a statement and returns how many rows it touched.
func (w *Statements) Exec(doing, statement string, args ...any) (int64, error) {
	statement, args = w.of.On.translate(statement, args)
	result, err := w.of.tx.ExecContext(w.of.Context, statement, args...)
	if err != nil {
		return 0, w.of.Fault(doing, err)
	}
	touched, err := result.RowsAffected()
	if err != nil {
		return 0, w.of.Fault(doing, err)
	}
	if touched > 0 {
		w.of.Turn.note(statement)
	}
	return touched, w.of.Turn.Verify()
}

// Later runs a statement of which nobody asks how many rows it touched. A server runs it before
// the next one of which somebody does, and before the commit, which tell its failure then.
func (w *Statements) Later(doing, statement string, args ...any) error {
	w.of.Turn.note(statement)
	return w.of.Queue(doing, statement, args...)
}

// Insert adds a row and returns its id. fields are the values of columns.
func (w *Statements) Insert(what, table, columns string, fields []any) (int64, error) {
	statement := fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", //nolint:gosec // names and question marks of our own
		table, columns, Placeholders(len(fields)))
	if w.of.On.Server() {
		return One(w.of, what, Itself[int64], statement+" RETURNING id", fields...)
	}
	result, err := w.of.tx.ExecContext(w.of.Context, statement, fields...)
	if err != nil {
		return 0, w.of.Fault("adding "+what, err)
	}
	id, err := result.LastInsertId()
	return id, w.of.Fault("adding "+what, err)
}

// Put adds a row when id is 0, and returns the id that it is given. Otherwise it changes the
// row with that id, or lets it come back under it after it was removed.
func (w *Statements) Put(what, table string, id int64, columns, change string, fields ...any) (int64, error) {
	if id == 0 {
		return w.Insert("the "+what, table, columns, fields)
	}
	return One(w.of, what, Itself[int64], fmt.Sprintf("INSERT INTO %s (id, %s) VALUES (%s) ON CONFLICT (id) DO UPDATE SET %s RETURNING id",
		table, columns, Placeholders(1+len(fields)), change), append([]any{id}, fields...)...)
}

// Save replaces the row with that id, if it still has that version, and raises
// the version. It fails with CodeNotFound or CodeConflict.
func (w *Statements) Save(what, table string, id int64, version *int64, columns string, fields []any) error {
	saved, err := w.Saving(what, table, id, version, columns, fields)
	if err != nil {
		return err
	}
	return saved()
}

// Saving is Save, which has not succeeded before saved does.
func (w *Statements) Saving(what, table string, id int64, version *int64, columns string, fields []any) (saved func() error, err error) {
	statement, args := w.of.On.translate(fmt.Sprintf("UPDATE %s SET version = version + 1, (%s) = (%s) WHERE id = ? AND version = ?",
		table, columns, Placeholders(len(fields))), append(fields, id, *version))
	result, err := w.of.tx.ExecContext(w.of.Context, statement, args...)
	if err != nil {
		return nil, w.of.Fault("saving "+what, err)
	}
	w.of.Turn.note(statement)
	*version++
	return func() error {
		touched, err := result.RowsAffected()
		if err == nil && touched == 1 {
			return nil
		}
		*version--
		if err != nil {
			return w.of.Fault("saving "+what, err)
		}
		return w.stale(what, table, id)
	}, nil
}

func (w *Statements) stale(what, table string, id int64) error {
	if _, err := One(w.of, what, Itself[int64], "SELECT id FROM "+table+" WHERE id = ?", id); err != nil {
		return err
	}
	return tracker.Errorf(tracker.CodeConflict, "%s was changed elsewhere: check it, then try again", what)
}

// NameTaken makes the breach of a name's uniqueness into CodeInvalid.
func NameTaken(what, name string, err error) error {
	if !fault.Unique(err) {
		return err
	}
	return &tracker.Error{
		Code: tracker.CodeInvalid, Field: "name", Err: err,
		Message: fmt.Sprintf("%s named %q already exists: choose another name", what, name),
	}
}

// RaiseSequence raises a sequence by its name.
const RaiseSequence = "UPDATE sequence SET value = value + 1 WHERE name = ?"

// Next raises a sequence and returns its new value.
func (w *Statements) Next(sequence string) (int64, error) {
	return One(w.of, "sequence "+sequence, Itself[int64], RaiseSequence+" RETURNING value", sequence)
}

// Placeholders are those of n values.
func Placeholders(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// Excluded names columns as those of a row that could not be added.
func Excluded(columns string) string {
	names := strings.Split(columns, ",")
	for i, name := range names {
		names[i] = "excluded." + strings.TrimSpace(name)
	}
	return strings.Join(names, ", ")
}
