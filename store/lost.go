package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io/fs"
	"os"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"storydesk/store/place"
	"storydesk/tracker"
)

// Lost implements tracker.Store. It returns what the last look found, and touches
// no disk.
func (db *DB) Lost() error {
	if lost := db.lost.Load(); lost != nil {
		return lost
	}
	return nil
}

// look compares the file at the path with the one that was opened, and reports
// whether that is another result than before. The open connections go on to work
// on a file that was deleted or moved, so without looking nobody would notice.
func (db *DB) look() (changed bool) {
	db.looking.Lock()
	defer db.looking.Unlock()
	now, replaced := db.missing()
	var err error
	switch {
	case now == nil:
		err = db.journals.PutBack()
	case replaced:
		err = db.journals.PutAside()
	}
	if err != nil && now == nil {
		now = tracker.Errorf(tracker.CodeUnavailable,
			"the database is back, but not its journal %s-wal%s, so nothing can be saved: rename it to %s-wal, and start again", db.path, place.AsideEnding, db.path)
	}
	if now != nil {
		now.Err = err
	}
	before := db.lost.Swap(now)
	return (now == nil) != (before == nil)
}

// leaveJournals takes the journals out of the way before a database is closed that
// is not at its path any more: whatever is put there next must not get them.
func (db *DB) leaveJournals() error {
	db.looking.Lock()
	defer db.looking.Unlock()
	if missing, _ := db.missing(); missing == nil {
		return nil
	}
	return db.journals.PutAside()
}

// connector opens connections to the file of db, and to no other that took its
// place.
type connector struct {
	*sqlite3.SQLiteDriver
	db     *DB
	source string
}

// Connect opens a connection.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	if missing, _ := c.db.missing(); missing != nil {
		return nil, missing
	}
	return c.Open(c.source)
}

// Driver returns what opens connections.
func (c connector) Driver() driver.Driver { return c.SQLiteDriver }

// missing returns an error with CodeUnavailable where the file that was opened is
// not at its path any more, and whether another one is there. What cannot be told, such as in a folder that may not be
// read, is taken for unchanged.
func (db *DB) missing() (lost *tracker.Error, replaced bool) {
	info, err := os.Stat(db.path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return tracker.Errorf(tracker.CodeUnavailable,
			"the database was deleted or moved, so nothing can be saved: put %s back, or quit and start again", db.path), false
	case err == nil && !os.SameFile(info, db.file):
		return tracker.Errorf(tracker.CodeUnavailable,
			"the database was replaced by another file, so nothing can be saved: put %s back, or quit and start again", db.path), true
	}
	return nil, false
}
