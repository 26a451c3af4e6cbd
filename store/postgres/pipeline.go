package postgres

import (
	"bytes"
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"reflect"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/stdlib"
)

// A transaction that changes rows makes many small statements, of which few have answers that
// somebody waits for. The others are held back on the connection, and sent in one piece with
// the next one that is waited for, or with the commit; see "Pipelining" in
// https://www.postgresql.org/docs/current/protocol-flow.html. So what a change costs on a slow
// network is a few round trips instead of one for each statement. The server runs the
// statements in their order, each on what was committed before it begins, and none after one
// that failed. A failure is told to whoever waits next.

// pipelined marks the context in which a transaction begins that holds statements back.
type pipelined struct{}

const (
	// mostHeld is how many statements are held back at most, and mostSize about how many
	// bytes of texts.
	mostHeld = 64
	mostSize = 64 << 10
	// pingAfter is for how long a connection may be unused before it is looked whether it is still
	// there. One that holds statements back finds that out itself, before anything is done.
	pingAfter = time.Second
)

// connector opens connections that can hold statements back.
type connector struct{ driver.Connector }

func connecting(config *pgx.ConnConfig) connector {
	return connector{stdlib.GetConnector(*config, stdlib.OptionShouldPing(func(ctx context.Context, p stdlib.ShouldPingParams) bool {
		return ctx.Value(pipelined{}) == nil && p.IdleDuration > pingAfter
	}))}
}

// Connect implements driver.Connector.
func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	made, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	on, ok := made.(*stdlib.Conn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("a connection is a %T", made), made.Close())
	}
	return &conn{Conn: on}, nil
}

// conn is a connection. Outside of a transaction that holds statements back it is pgx's own.
type conn struct {
	*stdlib.Conn
	// holds is true within such a transaction. held are the statements that were not sent yet,
	// of about size bytes.
	holds bool
	held  []*statement
	size  int
}

// statement is one that is held back, and its answer once it was sent.
type statement struct {
	text string
	args []any
	// first is where the first column of the first row goes, nil for nowhere.
	first *int64

	sent    bool
	err     error
	tag     pgconn.CommandTag
	columns []string
	rows    [][]driver.Value
}

// returned is an argument before those of a statement: where the first number that it returns goes
// once it has run. It stays as it is where that cannot be told.
type returned struct{ to *int64 }

// hold holds a statement back, if there is room.
func (c *conn) hold(ctx context.Context, text string, args []driver.NamedValue) (*statement, error) {
	s := &statement{text: text}
	for _, arg := range args {
		if to, ok := arg.Value.(returned); ok {
			s.first = to.to
			continue
		}
		value, err := asItIs(arg.Value)
		if err != nil {
			return nil, err
		}
		switch v := value.(type) {
		case string:
			c.size += len(v)
		case []byte:
			c.size += len(v)
		}
		s.args = append(s.args, value)
	}
	c.held = append(c.held, s)
	if len(c.held) >= mostHeld || c.size >= mostSize {
		c.send(ctx)
	}
	return s, s.err
}

// asItIs returns an argument that stays as it is now: who gave it may change what it points to
// before it is sent.
func asItIs(arg any) (any, error) {
	switch v := arg.(type) {
	case driver.Valuer:
		return v.Value()
	case []byte:
		return bytes.Clone(v), nil
	}
	v := reflect.ValueOf(arg)
	for v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return nil, nil
		}
		if v = v.Elem(); v.CanInterface() {
			arg = v.Interface()
		}
	}
	return arg, nil
}

// send sends what is held back, and reads all answers.
func (c *conn) send(ctx context.Context) {
	held := c.held
	c.held, c.size = nil, 0
	batch := &pgx.Batch{}
	for _, s := range held {
		batch.Queue(s.text, s.args...)
	}
	answers := c.Conn.Conn().SendBatch(ctx, batch)
	var err error
	for _, s := range held {
		if err == nil {
			err = s.read(answers, c.Conn.Conn().TypeMap())
		}
		s.sent, s.err = true, err
	}
	if closed := answers.Close(); err == nil && closed != nil {
		for _, s := range held {
			s.err = closed
		}
	}
}

// read reads the answer to a statement.
func (s *statement) read(answers pgx.BatchResults, types *pgtype.Map) error {
	rows, err := answers.Query()
	if err != nil {
		return err
	}
	defer rows.Close()
	var decode []decoder
	for rows.Next() {
		if decode == nil {
			for _, field := range rows.FieldDescriptions() {
				s.columns, decode = append(s.columns, field.Name), append(decode, decoderOf(types, field))
			}
		}
		row := make([]driver.Value, len(decode))
		for i, raw := range rows.RawValues() {
			if raw == nil {
				continue
			}
			if row[i], err = decode[i](raw); err != nil {
				return fmt.Errorf("column %s: %w", s.columns[i], err)
			}
		}
		s.rows = append(s.rows, row)
	}
	rows.Close()
	s.tag = rows.CommandTag()
	if s.first != nil && len(s.rows) > 0 {
		*s.first, _ = s.rows[0][0].(int64)
	}
	return rows.Err()
}

// decoder makes a column's value one of those that database/sql knows.
type decoder func(raw []byte) (driver.Value, error)

func decoderOf(types *pgtype.Map, field pgconn.FieldDescription) decoder {
	switch field.DataTypeOID {
	case pgtype.BoolOID:
		return decoding[bool](types, field)
	case pgtype.Int2OID, pgtype.Int4OID, pgtype.Int8OID:
		return decoding[int64](types, field)
	case pgtype.Float4OID, pgtype.Float8OID:
		return decoding[float64](types, field)
	case pgtype.ByteaOID, pgtype.JSONOID, pgtype.JSONBOID:
		return decoding[[]byte](types, field)
	}
	return decoding[string](types, field)
}

func decoding[T any](types *pgtype.Map, field pgconn.FieldDescription) decoder {
	plan := types.PlanScan(field.DataTypeOID, field.Format, new(T))
	return func(raw []byte) (driver.Value, error) {
		var value T
		err := plan.Scan(raw, &value)
		return value, err
	}
}

// answer waits for a statement's answer.
func (c *conn) answer(ctx context.Context, s *statement) error {
	if !s.sent && c.holds {
		c.send(ctx)
	}
	if !s.sent { // it was held back when its transaction was rolled back
		return sql.ErrTxDone
	}
	return s.err
}

// BeginTx implements driver.ConnBeginTx.
func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if ctx.Value(pipelined{}) == nil {
		return c.Conn.BeginTx(ctx, o)
	}
	if c.Conn.Conn().IsClosed() {
		return nil, driver.ErrBadConn
	}
	c.holds = true
	_, err := c.hold(ctx, "begin isolation level read committed", nil)
	return &transaction{c, ctx}, err
}

// ExecContext implements driver.ExecerContext.
func (c *conn) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	if !c.holds {
		return c.Conn.ExecContext(ctx, text, args)
	}
	s, err := c.hold(ctx, text, args)
	return result{c, ctx, s}, err
}

// QueryContext implements driver.QueryerContext.
func (c *conn) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	if !c.holds {
		return c.Conn.QueryContext(ctx, text, args)
	}
	s, err := c.hold(ctx, text, args)
	return &queried{on: c, ctx: ctx, of: s}, err
}

// PrepareContext implements driver.ConnPrepareContext. pgx prepares each statement itself when it is
// sent first.
func (c *conn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	if !c.holds {
		return c.Conn.PrepareContext(ctx, text)
	}
	return prepared{c, text}, nil
}

// result is what a statement did.
type result struct {
	on  *conn
	ctx context.Context
	of  *statement
}

// LastInsertId implements driver.Result; see RETURNING.
func (result) LastInsertId() (int64, error) { return 0, errors.ErrUnsupported }

// RowsAffected implements driver.Result. It waits for the statement.
func (r result) RowsAffected() (int64, error) {
	err := r.on.answer(r.ctx, r.of)
	return r.of.tag.RowsAffected(), err
}

// queried are the rows of a query. The first look at them waits for it.
type queried struct {
	on   *conn
	ctx  context.Context
	of   *statement
	next int
}

// Columns implements driver.Rows.
func (r *queried) Columns() []string {
	if err := r.on.answer(r.ctx, r.of); err != nil {
		return nil // Next tells it
	}
	return r.of.columns
}

// Close implements driver.Rows.
func (*queried) Close() error { return nil }

// Next implements driver.Rows.
func (r *queried) Next(row []driver.Value) error {
	if err := r.on.answer(r.ctx, r.of); err != nil {
		return err
	}
	if r.next == len(r.of.rows) {
		return io.EOF
	}
	copy(row, r.of.rows[r.next])
	r.next++
	return nil
}

// prepared is a statement that is used several times.
type prepared struct {
	on   *conn
	text string
}

// Close implements driver.Stmt.
func (prepared) Close() error { return nil }

// NumInput implements driver.Stmt: the server counts them.
func (prepared) NumInput() int { return -1 }

// Exec implements driver.Stmt.
func (prepared) Exec([]driver.Value) (driver.Result, error) { return nil, errors.ErrUnsupported }

// Query implements driver.Stmt.
func (prepared) Query([]driver.Value) (driver.Rows, error) { return nil, errors.ErrUnsupported }

// ExecContext implements driver.StmtExecContext.
func (p prepared) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return p.on.ExecContext(ctx, p.text, args)
}

// QueryContext implements driver.StmtQueryContext.
func (p prepared) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return p.on.QueryContext(ctx, p.text, args)
}

// transaction is one that holds statements back.
type transaction struct {
	on  *conn
	ctx context.Context
}

// Commit implements driver.Tx.
func (t *transaction) Commit() error {
	commit, err := t.on.hold(t.ctx, "commit", nil)
	if err == nil {
		err = t.on.answer(t.ctx, commit)
	}
	if err == nil && commit.tag.String() == "ROLLBACK" {
		err = pgx.ErrTxCommitRollback
	}
	if undo := t.Rollback(); err == nil { // of what failed before the commit
		err = undo
	}
	return err
}

// Rollback implements driver.Tx. Where nothing was sent there is nothing to roll back.
func (t *transaction) Rollback() error {
	c := t.on.Conn.Conn()
	t.on.holds, t.on.held, t.on.size = false, nil, 0
	const idle = 'I'
	if c.IsClosed() || c.PgConn().TxStatus() == idle {
		return nil
	}
	_, err := c.Exec(t.ctx, "rollback")
	if err != nil {
		_ = c.Close(t.ctx) // the server rolls back then
	}
	return err
}
