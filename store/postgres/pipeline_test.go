package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"storydesk/store/fault"
	"storydesk/store/postgres/postgrestest"
)

// changing begins transactions on a server behind a proxy, which counts the round trips.
type changing struct {
	*Server
	t     *testing.T
	proxy *postgrestest.Proxy
}

// newChanging is nil where there is no PostgreSQL. The table said of its database is empty.
func newChanging(t *testing.T) *changing {
	t.Helper()
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return nil
	}
	proxy := postgrestest.NewProxy(t, address)
	c := &changing{openBare(t, proxy.Address+"&listen=off"), t, proxy}
	if _, err := c.Writers.ExecContext(t.Context(), "CREATE TABLE said (id BIGINT PRIMARY KEY, text TEXT, bytes BYTEA)"); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *changing) begin() *sql.Tx {
	c.t.Helper()
	tx, err := c.Change(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return tx
}

// add adds a row without asking whether it could be.
func (c *changing) add(tx *sql.Tx, id int64, text any) {
	c.t.Helper()
	if _, err := tx.ExecContext(c.t.Context(), "INSERT INTO said (id, text) VALUES ($1, $2)", id, text); err != nil {
		c.t.Errorf("adding %d: %v", id, err)
	}
}

func (c *changing) saved() (list []string) {
	c.t.Helper()
	rows, err := c.Readers.QueryContext(c.t.Context(), "SELECT id || ' ' || coalesce(text, '') || coalesce(encode(bytes, 'escape'), '') FROM said ORDER BY id")
	if err != nil {
		c.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			c.t.Fatal(err)
		}
		list = append(list, text)
	}
	if err := rows.Err(); err != nil {
		c.t.Fatal(err)
	}
	return list
}

// expect compares what is saved.
func (c *changing) expect(what string, want ...string) {
	c.t.Helper()
	if diff := cmp.Diff(want, c.saved()); diff != "" {
		c.t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// What nobody asks about goes out together, in its order, and as it was when it was given.
func TestStatementsAreSentTogether(t *testing.T) {
	t.Parallel()
	c := newChanging(t)
	if c == nil {
		return
	}
	for n := range int64(2) { // the server knows the statements then
		if _, err := c.Writers.ExecContext(t.Context(), "DELETE FROM said"); err != nil {
			t.Fatal(err)
		}
		before := c.proxy.Trips()
		tx := c.begin()
		text, bytes := "first", []byte("bytes")
		c.add(tx, 1, &text)
		text = "second"
		if _, err := tx.ExecContext(t.Context(), "INSERT INTO said (id, bytes) VALUES ($1, $2)", 2, bytes); err != nil {
			t.Error(err)
		}
		copy(bytes, "other")
		changed, err := tx.ExecContext(t.Context(), "UPDATE said SET text = text || '!' WHERE text IS NOT NULL")
		if err != nil {
			t.Error(err)
		}
		if got := c.proxy.Trips() - before; got != 0 {
			t.Errorf("%d round trips before an answer is wanted", got)
		}
		var there int
		if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM said").Scan(&there); err != nil || there != 2 {
			t.Errorf("%d rows are there, %v", there, err)
		}
		if touched, err := changed.RowsAffected(); err != nil || touched != 1 {
			t.Errorf("%d rows were changed, %v", touched, err)
		}
		c.add(tx, 3, nil)
		if err := tx.Commit(); err != nil {
			t.Error(err)
		}
		if got := c.proxy.Trips() - before; n > 0 && got != 2 {
			t.Errorf("%d round trips, not 2", got)
		}
		c.expect("saved", "1 first!", "2 bytes", "3 ")
	}
}

// A failure is told to who waits next, nothing after it runs, and nothing stays.
func TestAStatementThatNobodyAskedAboutFails(t *testing.T) {
	t.Parallel()
	c := newChanging(t)
	if c == nil {
		return
	}
	for name, next := range map[string]func(tx *sql.Tx) error{
		"a query": func(tx *sql.Tx) error {
			var n int
			return tx.QueryRowContext(t.Context(), "SELECT count(*) FROM said").Scan(&n)
		},
		"many rows": func(tx *sql.Tx) error {
			rows, err := tx.QueryContext(t.Context(), "SELECT id FROM said")
			if err != nil {
				return err
			}
			defer rows.Close()
			if rows.Next() {
				t.Error("there is a row")
			}
			return rows.Err()
		},
		"a number of rows": func(tx *sql.Tx) error {
			result, err := tx.ExecContext(t.Context(), "DELETE FROM said")
			if err != nil {
				return err
			}
			_, err = result.RowsAffected()
			return err
		},
		"a commit": func(tx *sql.Tx) error { return tx.Commit() },
		"a long text": func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), "INSERT INTO said (id, text) VALUES (9, $1)", strings.Repeat("x", mostSize))
			return err
		},
	} {
		tx := c.begin()
		c.add(tx, 1, "once")
		c.add(tx, 1, "twice")
		c.add(tx, 2, "after")
		if err := next(tx); !fault.Unique(err) {
			t.Errorf("%s: %v", name, err)
		}
		if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) {
			t.Errorf("%s: rolling back: %v", name, err)
		}
	}
	c.expect("saved")
	tx := c.begin() // on a connection that is as it should be
	c.add(tx, 4, "well")
	if err := tx.Commit(); err != nil {
		t.Error(err)
	}
	c.expect("saved", "4 well")
}

// What was never sent needs no server to be taken back.
func TestRollingBackWhatWasNotSent(t *testing.T) {
	t.Parallel()
	c := newChanging(t)
	if c == nil {
		return
	}
	before := c.proxy.Trips()
	tx := c.begin()
	result, err := tx.ExecContext(t.Context(), "INSERT INTO said (id) VALUES (1)")
	if err := errors.Join(err, tx.Rollback()); err != nil {
		t.Error(err)
	}
	if _, err := result.RowsAffected(); !errors.Is(err, sql.ErrTxDone) {
		t.Errorf("the number of rows of what was taken back: %v", err)
	}
	if got := c.proxy.Trips() - before; got != 0 {
		t.Errorf("%d round trips", got)
	}
	c.expect("saved")
	// What was sent is taken back too.
	tx = c.begin()
	c.add(tx, 1, "sent")
	var n int
	if err := tx.QueryRowContext(t.Context(), "SELECT count(*) FROM said").Scan(&n); err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	c.expect("saved")
	ctx, cancel := context.WithCancel(t.Context())
	if tx, err = c.Change(ctx); err != nil {
		t.Fatal(err)
	}
	c.add(tx, 1, "called off")
	cancel()
	if err := tx.Commit(); err == nil {
		t.Error("what was called off is committed")
	}
	c.expect("saved")
}

// A row reads alike whether its query was held back or not.
func TestRowsReadAlike(t *testing.T) {
	t.Parallel()
	c := newChanging(t)
	if c == nil {
		return
	}
	const query = `SELECT true, CAST(7 AS SMALLINT), 7, CAST(7 AS BIGINT), CAST(0.5 AS REAL), CAST(0.25 AS DOUBLE PRECISION), 'text',
		CAST('bytes' AS BYTEA), CAST('{"a": 1}' AS JSON), CAST('[1]' AS JSONB), CAST(1.5 AS NUMERIC), current_database(), CAST(NULL AS TEXT)`
	scan := func(row *sql.Row) string {
		into := make([]any, 13)
		for i := range into {
			into[i] = new(any)
		}
		if err := row.Scan(into...); err != nil {
			t.Error(err)
		}
		var b strings.Builder
		for _, value := range into {
			v, _ := value.(*any)
			fmt.Fprintf(&b, "%T %v\n", *v, *v)
		}
		return b.String()
	}
	tx := c.begin()
	held, plain := scan(tx.QueryRowContext(t.Context(), query)), scan(c.Readers.QueryRowContext(t.Context(), query))
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(plain, held); diff != "" {
		t.Errorf("held back (-plain +held):\n%s", diff)
	}
	// Prepared ones are held back as well.
	tx = c.begin()
	insert, err := tx.PrepareContext(t.Context(), "INSERT INTO said (id, text) VALUES ($1, $2)")
	if err != nil {
		t.Fatal(err)
	}
	defer insert.Close()
	for n := range 200 {
		if _, err := insert.ExecContext(t.Context(), n, "prepared"); err != nil {
			t.Error(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Error(err)
	}
	if got := len(c.saved()); got != 200 {
		t.Errorf("%d rows are saved, not 200", got)
	}
}
