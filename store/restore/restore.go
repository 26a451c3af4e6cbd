package restore

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"

	"storydesk/store"
	"storydesk/store/fault"
	"storydesk/store/inspect"
	"storydesk/store/sqlite"
	"storydesk/tracker"
	"storydesk/tracker/verdict"
)

// patience is how long to wait for another process's write.
const patience = 10 * time.Second

// Summarize counts what a database holds, without changing it.
func Summarize(ctx context.Context, path string) (s verdict.StorageSummary, err error) {
	db, err := connect(path, "ro")
	if err != nil {
		return s, fault.Explain(path, "opening the database", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	var changed int64
	row := db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM project), (SELECT count(*) FROM story),
		(SELECT count(*) FROM comment), (SELECT count(*) FROM delivery), (SELECT coalesce(max(at), 0) FROM activity)`)
	if err := row.Scan(&s.Projects, &s.Stories, &s.Comments, &s.Deliveries, &changed); err != nil {
		return s, fault.Explain(path, "reading the database", err)
	}
	if changed > 0 {
		s.ChangedAt = time.UnixMilli(changed).UTC()
	}
	return s, nil
}

// Restore puts the content of a backup into the database at path, which boards may have
// open: for them it is one change of everything. What was there is copied to kept first.
// A backup of an older storydesk is upgraded; the file itself stays as it is. A database
// that is too damaged to be opened is moved to kept.
func Restore(ctx context.Context, path, from string) (kept string, err error) {
	if strings.Contains(path, "://") {
		return "", tracker.Errorf(tracker.CodeRefused, "this restores files: use pg_restore or psql for a database on a server")
	}
	if _, err := os.Stat(from); err != nil {
		return "", tracker.Invalid("file", "there is no file %s", from)
	}
	if same(path, from) {
		return "", tracker.Invalid("file", "%s is the database itself", from)
	}
	if report := inspect.Content(ctx, from); !report.Usable || damaged(report) {
		return "", tracker.Errorf(tracker.CodeRefused, "%s is no backup that can be restored; `storydesk db check %s` says why", from, from)
	}
	draft := path + ".restored"
	if err := backUpTo(ctx, from, draft); err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, removeDatabase(draft)) }()
	if kept, err = setAside(ctx, path); err != nil {
		return "", err
	}
	db, err := store.Open(ctx, path)
	if err != nil {
		return kept, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	// Before the attachments themselves: none is there without its file.
	list, err := sqlite.Files(ctx, draft)
	if err != nil {
		return kept, err
	}
	if err := sqlite.CopyFiles(ctx, from, path, list); err != nil {
		return kept, err
	}
	return kept, fault.Explain(path, "restoring the database", fill(ctx, path, draft))
}

// connect opens a pool on a file that is there; mode is ro or rw.
func connect(path, mode string) (*sql.DB, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(full); errors.Is(err, fs.ErrNotExist) {
		return nil, tracker.Invalid("file", "there is no file %s", path)
	}
	settings := url.Values{"mode": {mode}, "_synchronous": {"FULL"}, "_busy_timeout": {fmt.Sprint(patience.Milliseconds())}}
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(full), RawQuery: settings.Encode()}
	return sql.Open("sqlite3", name.String())
}

// same reports whether two paths are one file.
func same(path, other string) bool {
	a, err := os.Stat(path)
	b, bad := os.Stat(other)
	return err == nil && bad == nil && os.SameFile(a, b)
}

func damaged(report verdict.StorageReport) bool {
	for _, c := range report.Checks {
		if c.Name == "content" && c.Level == verdict.LevelFailed {
			return true
		}
	}
	return false
}

// backUpTo copies a backup beside the database and upgrades the copy.
func backUpTo(ctx context.Context, from, draft string) error {
	if err := removeDatabase(draft); err != nil {
		return fault.Explain(draft, "writing the copy", err)
	}
	if err := sqlite.Copy(ctx, from, draft, true); err != nil {
		return err
	}
	db, err := store.Open(ctx, draft)
	if err != nil {
		return err
	}
	return db.Close()
}

// removeDatabase removes a database of our own making with the files beside it.
func removeDatabase(path string) error {
	names, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*.restored.before-*"))
	for _, name := range append(names, path, path+"-wal", path+"-shm", path+"-lock") {
		if !strings.HasPrefix(filepath.Base(name), filepath.Base(path)) {
			continue
		}
		if gone := os.Remove(name); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return err
}

// setAside copies the database away before it is overwritten, or moves it where it
// cannot be read. kept is empty where there is none yet.
func setAside(ctx context.Context, path string) (kept string, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	kept = fmt.Sprintf("%s.before-restore-%s", path, time.Now().UTC().Format("20060102-150405"))
	if report := inspect.Content(ctx, path); report.Usable && !damaged(report) {
		return kept, sqlite.Backup(ctx, path, kept, false)
	}
	for _, ending := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(path+ending, kept+ending); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return kept, fault.Explain(path, "moving the damaged database", err)
		}
	}
	return kept, nil
}

// fill overwrites the database at path with another one, in one transaction.
// https://www.sqlite.org/backup.html
func fill(ctx context.Context, path, from string) (err error) {
	source, err := connect(from, "rw")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := connect(path, "rw")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	return withConn(ctx, source, func(src *sqlite3.SQLiteConn) error {
		return withConn(ctx, target, func(dst *sqlite3.SQLiteConn) error { return copyPages(ctx, dst, src) })
	})
}

func copyPages(ctx context.Context, to, from *sqlite3.SQLiteConn) (err error) {
	backup, err := to.Backup("main", from, "main")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, backup.Finish()) }()
	deadline := time.Now().Add(patience)
	for {
		done, err := backup.Step(-1) // all pages at once
		var busy sqlite3.Error
		switch {
		case done:
			return nil
		case err == nil, errors.As(err, &busy) && (busy.Code == sqlite3.ErrBusy || busy.Code == sqlite3.ErrLocked):
			if time.Now().After(deadline) {
				return sqlite3.Error{Code: sqlite3.ErrBusy}
			}
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(50 * time.Millisecond):
			}
		default:
			return err
		}
	}
}

// withConn lends a pool's connection as SQLite's own.
func withConn(ctx context.Context, pool *sql.DB, do func(*sqlite3.SQLiteConn) error) (err error) {
	conn, err := pool.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	return conn.Raw(func(raw any) error {
		own, ok := raw.(*sqlite3.SQLiteConn)
		if !ok {
			return fmt.Errorf("the driver's connection is a %T", raw)
		}
		return do(own)
	})
}
