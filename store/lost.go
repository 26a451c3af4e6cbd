package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io/fs"
	"os"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"storydesk/tracker"
)

// Lost implements tracker.Store. It tells what the last look found, and touches
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
	now := db.missing()
	before := db.lost.Swap(now)
	return (now == nil) != (before == nil)
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
	if missing := c.db.missing(); missing != nil {
		return nil, missing
	}
	return c.Open(c.source)
}

// Driver returns what opens connections.
func (c connector) Driver() driver.Driver { return c.SQLiteDriver }

// missing fails with CodeUnavailable where the file that was opened is not at
// its path any more. What cannot be told, such as in a folder that may not be
// read, is taken for unchanged.
func (db *DB) missing() *tracker.Error {
	info, err := os.Stat(db.path)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return tracker.Errorf(tracker.CodeUnavailable,
			"the database was deleted or moved, so nothing can be saved: put %s back, or quit and start again", db.path)
	case err == nil && !os.SameFile(info, db.file):
		return tracker.Errorf(tracker.CodeUnavailable,
			"the database was replaced by another file, so nothing can be saved: put %s back, or quit and start again", db.path)
	}
	return nil
}
