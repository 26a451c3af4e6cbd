package inspect

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

	"storydesk/store/fault"
	"storydesk/store/migrations"
	"storydesk/store/place"
	"storydesk/store/sqlite"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// facts are what can be told of a database file, also where it cannot be opened.
type facts struct {
	path string
	// missing is true when there is no file yet; then only free and problem are told
	// beside.
	missing bool
	// size and wal are in bytes: the file, and the write-ahead log beside it.
	size int64
	wal  int64
	// free is the room that is left on the disk in bytes, -1 when not known.
	free int64
	// mode is who may do what with the file, 0 where the system does not tell by it.
	mode fs.FileMode
	// schema is the version of the file's tables, newest the latest that this
	// program knows.
	schema int64
	newest int64
	// damage is what an examination of the content found, empty when it is whole.
	damage []string
	// files are the attachments.
	files []tracker.StoryFile
	// problem is why the content could not be read or the file not be written or
	// created, nil when it could.
	problem error
}

// File checks the database file at path and its content, without changing
// either. In its folder it creates a file for a moment. It copes with files that
// the store refuses.
func File(ctx context.Context, path string) verdict.StorageReport {
	f := inspect(ctx, path)
	return verdict.StorageReport{Missing: f.missing, Usable: f.usable(), Checks: append(checks(f), checkFiles(ctx, f)...)}
}

// Content is File without a look at the attachments, each of which that would read whole.
func Content(ctx context.Context, path string) verdict.StorageReport {
	f := inspect(ctx, path)
	return verdict.StorageReport{Missing: f.missing, Usable: f.usable(), Checks: checks(f)}
}

// usable reports whether this program can open the database, as far as its file
// tells.
func (f facts) usable() bool { return !f.missing && f.problem == nil && f.schema <= f.newest }

func inspect(ctx context.Context, path string) facts {
	var f facts
	if f.path, f.problem = place.Locate(path); f.problem != nil {
		return f
	}
	f.free = place.FreeBytes(place.ExistingFolder(f.path))
	info, err := os.Stat(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		f.missing = true
		f.problem = place.CheckWritable(f.path, place.CanWrite)
		return f
	case err != nil:
		f.problem = fault.Explain(f.path, "looking at the database", err)
		return f
	}
	if f.problem = place.CheckFiles(f.path, f.path+"-wal", f.path+"-shm"); f.problem != nil {
		return f
	}
	f.size = info.Size()
	if runtime.GOOS != "windows" { // where modes tell only what is read-only
		f.mode = info.Mode()
	}
	if wal, err := os.Stat(f.path + "-wal"); err == nil {
		f.wal = wal.Size()
	}
	if f.problem = place.CheckWritable(f.path, place.CanWrite); f.problem == nil {
		f.problem = fault.Explain(f.path, "examining the database", examine(ctx, &f))
	}
	return f
}

// examine reads the schema's version and has SQLite look for damage.
// https://www.sqlite.org/pragma.html#pragma_quick_check
func examine(ctx context.Context, f *facts) (err error) {
	const patience = 5 * time.Second
	if f.newest, err = migrations.Newest(); err != nil {
		return err
	}
	db, err := sqlite.Connect(f.path, patience, url.Values{"mode": {"ro"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := sqlite.CheckOwner(ctx, db, f.path); err != nil {
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
		if err := row.Scan(&f.schema); err != nil {
			return err
		}
	}
	if f.damage, err = quickCheck(ctx, db); err != nil || len(f.damage) > 0 {
		return err
	}
	f.files, err = sqlite.FilesIn(ctx, db)
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
