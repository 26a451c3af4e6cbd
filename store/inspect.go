package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/pressly/goose/v3"

	"storydesk/tracker"
)

// Inspect tells of the database file at path and examines its content, without
// changing either. In its folder it creates a file for a moment. It copes with files that Open refuses.
func Inspect(ctx context.Context, path string) tracker.StorageFacts {
	var f tracker.StorageFacts
	if f.Path, f.Problem = locate(path); f.Problem != nil {
		return f
	}
	f.Free = freeBytes(existingFolder(f.Path))
	info, err := os.Stat(f.Path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.Missing = true
		f.Problem = checkWritable(f.Path, canWrite)
		return f
	case err != nil:
		f.Problem = explain(f.Path, "looking at the database", err)
		return f
	}
	if f.Problem = checkFiles(f.Path, f.Path+"-wal", f.Path+"-shm"); f.Problem != nil {
		return f
	}
	f.Size = info.Size()
	if runtime.GOOS != "windows" { // where modes tell only what is read-only
		f.Mode = info.Mode()
	}
	if wal, err := os.Stat(f.Path + "-wal"); err == nil {
		f.WAL = wal.Size()
	}
	if f.Problem = checkWritable(f.Path, canWrite); f.Problem == nil {
		f.Problem = explain(f.Path, "examining the database", examine(ctx, &f))
	}
	return f
}

// examine reads the schema's version and has SQLite look for damage.
// https://www.sqlite.org/pragma.html#pragma_quick_check
func examine(ctx context.Context, f *tracker.StorageFacts) (err error) {
	const patience = 5 * time.Second
	if f.Newest, err = newestSchema(); err != nil {
		return err
	}
	db, err := connect(f.Path, patience, url.Values{"mode": {"ro"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := checkOwner(ctx, db, f.Path); err != nil {
		return err
	}
	// The file of a first start that was cut short has no versions yet.
	row := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = 'goose_db_version'")
	var versioned bool
	if err := row.Scan(&versioned); err != nil {
		return err
	}
	if versioned {
		row = db.QueryRowContext(ctx, "SELECT coalesce(max(version_id), 0) FROM goose_db_version WHERE is_applied")
		if err := row.Scan(&f.Schema); err != nil {
			return err
		}
	}
	f.Damage, err = quickCheck(ctx, db)
	return err
}

func quickCheck(ctx context.Context, db *sql.DB) (damage []string, err error) {
	rows, err := db.QueryContext(ctx, "PRAGMA quick_check(5)")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var found string
		if err := rows.Scan(&found); err != nil {
			return nil, err
		}
		for line := range strings.Lines(found) {
			// Some findings share a row, below a line that names the database.
			if line = strings.TrimSpace(line); line != "ok" && !strings.HasPrefix(line, "***") {
				damage = append(damage, line)
			}
		}
	}
	return damage, rows.Err()
}

// newestSchema is the version of the last migration.
func newestSchema() (newest int64, err error) {
	names, err := fs.Glob(migrations(), "*.sql")
	for _, name := range names {
		version, bad := goose.NumericComponent(name)
		newest, err = max(newest, version), errors.Join(err, bad)
	}
	return newest, err
}
