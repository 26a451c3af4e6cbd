package store

import (
	"database/sql"
	"errors"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"
	"github.com/rogpeppe/go-internal/lockedfile"

	"storydesk/tracker"
)

// connect opens a pool on a file; see [sourceName].
func connect(path string, patience time.Duration, more url.Values) (*sql.DB, error) {
	return sql.Open("sqlite3", sourceName(path, patience, more))
}

// sourceName is the data source name of a file. It holds the settings that every
// connection gets; more adds to them.
func sourceName(path string, patience time.Duration, more url.Values) string {
	settings := url.Values{
		"mode":             {"rw"}, // createPrivate makes the file, with its own permissions
		"_synchronous":     {"FULL"},
		"_foreign_keys":    {"on"},
		"_busy_timeout":    {strconv.FormatInt(patience.Milliseconds(), 10)},
		"_stmt_cache_size": {"64"},
	}
	maps.Copy(settings, more)
	// A URL, since a path may hold characters that mean something in one.
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: settings.Encode()}
	return name.String()
}

// lockForOpening makes the folder and takes the lock file beside the database.
// The lock file stays: removing it would let two processes hold two of them.
func lockForOpening(path string) (unlock func(), err error) {
	if err := checkFiles(path, path+"-lock", path+"-wal", path+"-shm"); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	lock := path + "-lock"
	if err := createPrivate(lock); err != nil {
		return nil, err
	}
	return lockedfile.MutexAt(lock).Lock()
}

// checkFiles fails with CodeRefused where something other than a regular file
// has one of the paths, before anything is opened or changed.
func checkFiles(paths ...string) error {
	for _, path := range paths {
		info, err := os.Stat(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = checkFile(path, info)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// realPath resolves the links in a path, the last parts of which may not be
// there yet: two names of one file share the files beside it.
func realPath(path string) (string, error) {
	found, err := filepath.EvalSymlinks(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return found, err
	}
	target, err := os.Readlink(path)
	switch folder := filepath.Dir(path); {
	case err == nil && filepath.IsAbs(target):
		return realPath(target)
	case err == nil:
		return realPath(filepath.Join(folder, target))
	case folder == path:
		return path, nil
	default:
		folder, err = realPath(folder)
		return filepath.Join(folder, filepath.Base(path)), err
	}
}

// locate is the absolute path of a database without links.
func locate(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return path, explain(path, "finding the database", err)
	}
	if err := checkFiles(full); err != nil { // under the name that was given
		return full, explain(full, "finding the database", err)
	}
	found, err := realPath(full)
	return found, explain(full, "finding the database", err)
}

// checkWritable fails with CodeInternal where ask says that a file of the
// database, or the folder that it is or would be in, cannot be written.
func checkWritable(path string, ask func(path string) error) error {
	doing := "written"
	if _, err := os.Stat(path); err != nil {
		doing = "created"
	}
	for _, name := range []string{path, path + "-lock", path + "-wal", path + "-shm", existingFolder(path)} {
		err := ask(name)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return tracker.Errorf(tracker.CodeInternal, "the database %s cannot be %s: %s does not let you write (%w). "+
			"Change its permissions, or choose another file with --db", path, doing, name, err)
	}
	return nil
}

// canWrite fails where a file cannot be written, or a folder takes no new file,
// which is tried: permissions do not tell all, least of all to root.
func canWrite(path string) error {
	if err := writable(path); err != nil {
		return err
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return err
	}
	file, err := os.CreateTemp(path, ".storydesk-")
	if err != nil {
		return errors.New(cause(err))
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// existingFolder is the nearest folder above a path that is there.
func existingFolder(path string) string {
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); err == nil || folder == path {
		return folder
	}
	return existingFolder(folder)
}

// checkFile is [tracker.CheckFile] with the flag that chooses another file.
func checkFile(path string, info fs.FileInfo) error {
	if err := tracker.CheckFile(path, info); err != nil {
		return tracker.Errorf(tracker.CodeRefused, "%w with --db", err)
	}
	return nil
}

// createPrivate makes an empty file for its owner only, unless there is one.
// SQLite gives the files that it puts beside it the same permissions.
//
// It opens no existing file: closing it would drop all locks that this process
// holds on it (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
func createPrivate(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// makePrivate takes others' permissions for a file and those beside it away.
func makePrivate(path string) error {
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		switch info, err := os.Stat(name); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return err
		case !info.Mode().IsRegular():
			return checkFile(name, info)
		case info.Mode().Perm()&0o077 != 0:
			if err := os.Chmod(name, 0o600); err != nil {
				return err
			}
		}
	}
	return nil
}
