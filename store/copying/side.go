package copying

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"storydesk/store"
	"storydesk/store/catalogue"
	"storydesk/store/fault"
	"storydesk/store/place"
	"storydesk/store/postgres"
	"storydesk/store/sqlite"
	"storydesk/tracker"
)

// patience is how long to wait for another program's write.
const patience = 10 * time.Second

// side is one of the two databases, in the middle of a transaction.
type side struct {
	name   string
	server *postgres.Server // nil for a file
	tx     *sql.Tx
	tables []catalogue.Table
	// closing is what has to be closed, the last first.
	closing []func() error
}

// isServer reports whether a database is named by the address of a server.
func isServer(name string) bool { return strings.Contains(name, "://") }

// same reports whether two names are those of one database, as far as names tell.
func same(from, to string) bool {
	if from == to || isServer(from) || isServer(to) {
		return from == to
	}
	a, err := os.Stat(from)
	b, bad := os.Stat(to)
	return err == nil && bad == nil && os.SameFile(a, b)
}

// openSource begins a snapshot of a database, which must be there. One of an older
// storydesk is upgraded, as whenever it is opened.
func openSource(ctx context.Context, name string) (s *side, err error) {
	if !isServer(name) {
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) {
			return nil, tracker.Invalid("from", "there is no file %s", name)
		}
	}
	return open(ctx, name, false)
}

// openTarget begins a transaction on a database, which is made where there is none.
// Until it ends nobody else changes that.
func openTarget(ctx context.Context, name string) (s *side, err error) {
	return open(ctx, name, true)
}

func open(ctx context.Context, name string, target bool) (s *side, err error) {
	s = &side{name: name}
	begin := s.beginFile
	if isServer(name) {
		begin = s.beginServer
	}
	if err = begin(ctx, name, target); err == nil {
		s.tables, err = catalogue.Tables(ctx, s.tx, s.server != nil)
	}
	if err != nil {
		return nil, errors.Join(s.fault("opening the database", err), s.close())
	}
	return s, nil
}

func (s *side) beginFile(ctx context.Context, path string, target bool) error {
	db, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	s.closing = append(s.closing, db.Close)
	full, err := place.Locate(path)
	if err != nil {
		return err
	}
	settings := url.Values{"_txlock": {"deferred"}, "_query_only": {"on"}}
	if target {
		settings = url.Values{"_txlock": {"immediate"}, "_secure_delete": {"on"}}
	}
	pool, err := sqlite.Connect(full, patience, settings)
	if err != nil {
		return err
	}
	s.closing = append(s.closing, pool.Close)
	s.tx, err = pool.BeginTx(ctx, nil)
	return err
}

func (s *side) beginServer(ctx context.Context, address string, target bool) error {
	db, err := store.OpenServer(ctx, address)
	if err != nil {
		return err
	}
	s.name, s.server, s.closing = db.Name, db.Server, append(s.closing, db.Close)
	if !target {
		s.tx, err = db.Snapshot(ctx)
		return err
	}
	if s.tx, err = db.Change(ctx); err != nil {
		return err
	}
	// Who commits a change raises a row of this table, or, coming new, locks its first one.
	_, err = s.tx.ExecContext(ctx, "SELECT writer FROM revision ORDER BY writer FOR UPDATE")
	return err
}

// commit ends the transaction of a target.
func (s *side) commit(ctx context.Context) error {
	if s.server != nil {
		return s.server.Commit(ctx, s.tx)
	}
	return s.fault("saving the copy", s.tx.Commit())
}

// close rolls back what was not committed, and closes the database.
func (s *side) close() error {
	var err error
	if s.tx != nil {
		if undo := s.tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = s.fault("rolling back", undo)
		}
	}
	for i := len(s.closing) - 1; i >= 0; i-- {
		err = errors.Join(err, s.closing[i]())
	}
	s.closing = nil
	return err
}

func (s *side) fault(doing string, err error) error { return fault.Explain(s.name, doing, err) }
