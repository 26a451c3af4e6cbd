package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"github.com/mattn/go-sqlite3"

	"storydesk/store/fault"
	"storydesk/store/migrations"
	"storydesk/store/place"
	"storydesk/store/query"
	"storydesk/store/sqlite"
	"storydesk/tracker"
)

var _ tracker.Store = (*DB)(nil)

// DB is an open database file. It is safe for concurrent use.
type DB struct {
	path string
	on   *query.Engine
	// writer is one connection: its transactions take SQLite's write lock at
	// once, so that none fails half-way because another process wrote.
	writer *sql.DB
	// readers cannot write; each transaction is one snapshot.
	readers *sql.DB
	// opened is the version of the data when it was opened; see Watch.
	opened int64
	// file is the one that was opened, and lost why it is not at path any more.
	file fs.FileInfo
	lost atomic.Pointer[tracker.Error]
	// looking guards the journals while they are moved.
	looking  sync.Mutex
	journals place.Journals
}

// readerCount is how many transactions read at once.
const readerCount = 4

// options are what tests set otherwise than the program does.
type options struct {
	// patience is how long to wait for another process's write.
	patience   time.Duration
	migrations fs.FS
}

// Open opens the database at path. It makes the file and its folder, for their
// owner only, where there is none, and brings the schema up to date after
// keeping a copy in PATH.before-N, N being the schema's new version.
//
// It fails with CodeRefused when a newer storydesk or another program made the
// file, CodeUnavailable when it stays locked, and CodeInternal when it is
// damaged, no database at all, or cannot be written. The caller closes the DB.
func Open(ctx context.Context, path string) (*DB, error) {
	return open(ctx, path, options{patience: 5 * time.Second, migrations: migrations.Files()})
}

func open(ctx context.Context, path string, o options) (*DB, error) {
	path, err := place.Locate(path)
	if err != nil {
		return nil, err
	}
	db, err := openFile(ctx, path, o)
	if err != nil {
		return nil, fault.Explain(path, "opening the database", err)
	}
	return db, nil
}

// openFile opens path while holding the lock that keeps other processes from
// creating, converting or migrating the same file.
func openFile(ctx context.Context, path string, o options) (*DB, error) {
	unlock, err := place.Lock(path)
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := place.CreatePrivate(path); err != nil {
		return nil, err
	}
	file, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	db := &DB{path: path, on: &query.Engine{Name: path}, file: file}
	db.writer = db.pool(1, sqlite.SourceName(path, o.patience, url.Values{"_txlock": {"immediate"}, "_secure_delete": {"on"}}))
	if err := sqlite.Adopt(ctx, db.writer, path); err != nil {
		return nil, errors.Join(err, db.writer.Close())
	}
	db.readers = db.pool(readerCount, sqlite.SourceName(path, o.patience, url.Values{
		"_journal_mode": {"WAL"}, "_txlock": {"deferred"}, "_query_only": {"on"},
	}))
	if err := sqlite.Migrate(ctx, db.writer, db.path, o.migrations); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := openAll(ctx, db.readers); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if db.opened, err = db.dataVersion(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if db.journals, err = place.OpenJournals(path); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// pool makes a pool of n connections that stay open: opening one costs more
// than most queries.
func (db *DB) pool(n int, source string) *sql.DB {
	pool := sql.OpenDB(connector{SQLiteDriver: &sqlite3.SQLiteDriver{ConnectHook: sqlite.AddLowered}, db: db, source: source})
	pool.SetMaxOpenConns(n)
	pool.SetMaxIdleConns(n)
	return pool
}

// openAll opens all connections of the readers, so that what is on the screen
// can still be read when the file is gone.
func openAll(ctx context.Context, readers *sql.DB) (err error) {
	for range readerCount {
		conn, opened := readers.Conn(ctx)
		if opened != nil {
			return errors.Join(err, opened)
		}
		defer func() { err = errors.Join(err, conn.Close()) }()
	}
	return nil
}

// Close waits for what is under way and closes the file.
func (db *DB) Close() error {
	// The writer goes last: the last connection of all folds the WAL back into
	// the file, which a reader may not.
	return errors.Join(db.leaveJournals(), db.readers.Close(), db.writer.Close())
}

// Read runs fn on one snapshot; see tracker.Store.
func (db *DB) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	return db.read(ctx, func(r *reader) error { return fn(newReaders(r)) })
}

// Write runs fn in one transaction; see tracker.Store.
func (db *DB) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	return db.write(ctx, func(w *writer) error { return fn(w) })
}

func (db *DB) read(ctx context.Context, fn func(*reader) error) error {
	return db.transact(ctx, db.readers, func(tx *sql.Tx) error {
		return fn(&reader{Session: query.In(ctx, tx, db.on, nil)})
	})
}

func (db *DB) write(ctx context.Context, fn func(*writer) error) error {
	return db.transact(ctx, db.writer, func(tx *sql.Tx) error {
		db.look()
		if err := db.Lost(); err != nil {
			return err
		}
		return fn(newWriter(reader{Session: query.In(ctx, tx, db.on, nil)}))
	})
}

func (db *DB) transact(ctx context.Context, pool *sql.DB, fn func(*sql.Tx) error) (err error) {
	tx, err := db.begin(ctx, pool)
	if err != nil {
		return db.fault(ctx, "beginning a transaction", err)
	}
	// Deferred, so that a panic in fn does not keep the only writer.
	defer func() {
		// After a commit, or when ctx ended it, there is nothing to roll back.
		if undo := tx.Rollback(); undo != nil && !errors.Is(undo, sql.ErrTxDone) {
			err = errors.Join(err, db.fault(ctx, "rolling back", undo))
		}
	}()
	if err := fn(tx); err != nil {
		return err
	}
	return db.fault(ctx, "committing", tx.Commit())
}

func (db *DB) fault(ctx context.Context, doing string, err error) error {
	return fault.Within(ctx, db.path, doing, err)
}
