package copying

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"

	"storydesk/store/catalogue"
	"storydesk/store/postgres"
)

// content is how many rows a table has and a checksum of them, whatever order they are in.
type content struct {
	rows int
	sum  [4]uint64
}

// add counts a row.
func (c *content) add(row []any) {
	c.rows++
	hash := sha256.New()
	for _, value := range row {
		kind, text := canonical(value)
		_, _ = fmt.Fprintf(hash, "%c%d:", kind, len(text)) // a hash never fails
		_, _ = hash.Write([]byte(text))
	}
	sum := hash.Sum(nil)
	for i := range c.sum {
		c.sum[i] += binary.BigEndian.Uint64(sum[8*i:])
	}
}

// String is the checksum as people compare it.
func (c *content) String() string {
	var sum []byte
	for _, part := range c.sum {
		sum = binary.BigEndian.AppendUint64(sum, part)
	}
	return hex.EncodeToString(sum)
}

// canonical returns what kind of value this is, and a text that tells it.
func canonical(value any) (kind byte, text string) {
	switch v := value.(type) {
	case nil:
		return 'n', ""
	case int64:
		return 'i', strconv.FormatInt(v, 10)
	case float64:
		return 'r', strconv.FormatUint(math.Float64bits(v), 16)
	case string:
		return 't', v
	case []byte:
		return 'b', string(v)
	}
	return '?', fmt.Sprintf("%T", value)
}

// read goes over the rows of a table, with the values of its columns in their order: integers,
// which truth values are too, floating-point numbers, texts, bytes and nil.
func (s *side) read(ctx context.Context, t catalogue.Table, do func(row []any) error) (err error) {
	query := "SELECT " + names(t.Columns) + " FROM " + catalogue.Quote(t.Name) //nolint:gosec // names that the database has
	if key := t.Key(); len(key) > 0 {
		query += " ORDER BY " + catalogue.Quote(strings.Join(key, `", "`))
	}
	rows, err := s.tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	row, into := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		for i, value := range row {
			if row[i], err = s.neutral(t.Columns[i].Kind, value); err != nil {
				return fmt.Errorf("%s.%s: %w", t.Name, t.Columns[i].Name, err)
			}
		}
		if err := do(row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// neutral is a value as neither engine has it alone.
func (s *side) neutral(kind catalogue.Kind, value any) (any, error) {
	switch v := value.(type) {
	case nil, int64, float64:
		return value, nil
	case bool:
		if v {
			return int64(1), nil
		}
		return int64(0), nil
	case string:
		if s.server != nil {
			return postgres.Text(v), nil
		}
		return v, nil
	case []byte:
		if kind == catalogue.Text {
			return s.neutral(kind, string(v))
		}
		return v, nil
	}
	return nil, fmt.Errorf("the database returns %T", value)
}

// own is the inverse of neutral.
func (s *side) own(kind catalogue.Kind, value any) any {
	switch v := value.(type) {
	case int64:
		if kind == catalogue.Boolean {
			return v != 0
		}
	case string:
		if s.server != nil {
			return postgres.Saved(v)
		}
	case []byte:
		if v == nil {
			return []byte{}
		}
	}
	return value
}

// names are the names of columns in a statement.
func names(columns []catalogue.Column) string {
	list := make([]string, len(columns))
	for i, c := range columns {
		list[i] = catalogue.Quote(c.Name)
	}
	return strings.Join(list, ", ")
}

const (
	// parameters is how many arguments a statement has at most.
	parameters = 4000
	// heldBytes is how many bytes of rows are held before they are inserted: a row of the table
	// with contents has some megabytes.
	heldBytes = 8 << 20
)

// filler inserts rows into a table, several at a time.
type filler struct {
	ctx   context.Context //nolint:containedctx // it lives for one table
	side  *side
	table catalogue.Table
	full  *sql.Stmt
	args  []any
	// most is how many rows are inserted at a time, and held how many bytes those in args have.
	most, held int
}

func (s *side) fill(ctx context.Context, t catalogue.Table) (*filler, error) {
	f := &filler{ctx: ctx, side: s, table: t, most: max(1, parameters/len(t.Columns))}
	var err error
	f.full, err = s.tx.PrepareContext(ctx, f.statement(f.most))
	return f, err
}

// statement inserts so many rows.
func (f *filler) statement(rows int) string {
	var b strings.Builder
	b.WriteString("INSERT INTO " + catalogue.Quote(f.table.Name) + " (" + names(f.table.Columns) + ") VALUES ")
	n := 0
	for row := range rows {
		list := make([]string, len(f.table.Columns))
		for i := range list {
			n++
			list[i] = f.side.parameter(n)
		}
		if row > 0 {
			b.WriteString(", ")
		}
		b.WriteString("(" + strings.Join(list, ", ") + ")")
	}
	return b.String()
}

// parameter is the n-th one in a statement, counted from 1.
func (s *side) parameter(n int) string {
	if s.server != nil {
		return "$" + strconv.Itoa(n)
	}
	return "?"
}

// add inserts a row, or holds it until there are some more.
func (f *filler) add(row []any) error {
	size := 0
	for _, value := range row {
		size += sizeOf(value)
	}
	if f.held+size > heldBytes {
		if err := f.flush(); err != nil {
			return err
		}
	}
	for i, value := range row {
		f.args = append(f.args, f.side.own(f.table.Columns[i].Kind, value))
	}
	f.held += size
	if len(f.args) < f.most*len(f.table.Columns) {
		return nil
	}
	return f.flush()
}

// sizeOf is how many bytes a value has that may be large.
func sizeOf(value any) int {
	switch v := value.(type) {
	case string:
		return len(v)
	case []byte:
		return len(v)
	}
	return 0
}

// flush inserts the rows that are held.
func (f *filler) flush() (err error) {
	switch rows := len(f.args) / len(f.table.Columns); rows {
	case 0:
	case f.most:
		_, err = f.full.ExecContext(f.ctx, f.args...)
	default:
		_, err = f.side.tx.ExecContext(f.ctx, f.statement(rows), f.args...)
	}
	clear(f.args) // what was inserted is not held any longer
	f.args, f.held = f.args[:0], 0
	return err
}

// finish inserts the rest.
func (f *filler) finish() error {
	return errors.Join(f.flush(), f.full.Close())
}
