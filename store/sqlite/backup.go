package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"strings"
	"time"

	"storydesk/store/fault"
	"storydesk/store/place"
	"storydesk/tracker"
)

// backupPatience is how long to wait for another process's write.
const backupPatience = 10 * time.Second

// Backup copies the database at path to a new file, for its owner only, and the files of
// its attachments to the folder beside that. It reads one snapshot, so that boards may
// work meanwhile. A file that is there already is only replaced where replace is true.
func Backup(ctx context.Context, path, to string, replace bool) error {
	if err := Copy(ctx, path, to, replace); err != nil {
		return err
	}
	list, err := Files(ctx, to)
	if err != nil {
		return err
	}
	return CopyFiles(ctx, path, to, list)
}

// Copy is Backup without the files of attachments.
func Copy(ctx context.Context, path, to string, replace bool) (err error) {
	if path, err = existing(path); err != nil {
		return err
	}
	if _, err := os.Lstat(to); err == nil && !replace {
		return tracker.Invalid("file", "%s exists already: choose another name, or replace it with --force", to)
	}
	if target, err := place.Locate(to); err == nil && target == path {
		return tracker.Invalid("file", "%s is the database itself", to)
	}
	db, err := Connect(path, backupPatience, url.Values{"mode": {"ro"}})
	if err != nil {
		return fault.Explain(path, "opening the database", err)
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := CheckOwner(ctx, db, path); err != nil {
		return fault.Explain(path, "reading the database", err)
	}
	if err := BackUp(ctx, db, to); err != nil {
		return fault.Explain(to, "writing the backup", err)
	}
	return nil
}

// existing is the path of a database that has to be there.
func existing(path string) (string, error) {
	if strings.Contains(path, "://") {
		return path, tracker.Errorf(tracker.CodeRefused, "this backs up files: use pg_dump for a database on a server")
	}
	found, err := place.Locate(path)
	if err != nil {
		return found, err
	}
	if _, err := os.Stat(found); errors.Is(err, fs.ErrNotExist) {
		return found, tracker.Invalid("file", "there is no file %s", path)
	}
	return found, nil
}
