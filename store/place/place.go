package place

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/lockedfile"

	"storydesk/store/fault"
	"storydesk/tracker"
	"storydesk/tracker/regular"
)

// Lock makes the folder and takes the lock file beside the database.
// The lock file stays: removing it would let two processes hold two of them.
func Lock(path string) (unlock func(), err error) {
	if err := CheckFiles(path, path+"-lock", path+"-wal", path+"-shm"); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	lock := path + "-lock"
	if err := CreatePrivate(lock); err != nil {
		return nil, err
	}
	return lockedfile.MutexAt(lock).Lock()
}

// CheckFiles fails with CodeRefused where something other than a regular file
// has one of the paths, before anything is opened or changed.
func CheckFiles(paths ...string) error {
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

// Locate is the absolute path of a database without links.
func Locate(path string) (string, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return path, fault.Explain(path, "finding the database", err)
	}
	if err := CheckFiles(full); err != nil { // under the name that was given
		return full, fault.Explain(full, "finding the database", err)
	}
	found, err := realPath(full)
	return found, fault.Explain(full, "finding the database", err)
}

// CheckWritable fails with CodeInternal where ask says that a file of the
// database, or the folder that it is or would be in, cannot be written.
func CheckWritable(path string, ask func(path string) error) error {
	doing := "written"
	if _, err := os.Stat(path); err != nil {
		doing = "created"
	}
	for _, name := range []string{path, path + "-lock", path + "-wal", path + "-shm", ExistingFolder(path)} {
		err := ask(name)
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			continue
		}
		return tracker.Errorf(tracker.CodeInternal, "the database %s cannot be %s: %s does not let you write (%w). "+
			"Change its permissions, or choose another file with --db", path, doing, name, err)
	}
	return nil
}

// CanWrite fails where a file cannot be written, or a folder takes no new file,
// which is tried: permissions do not tell all, least of all to root.
func CanWrite(path string) error {
	if err := writable(path); err != nil {
		return err
	}
	if info, err := os.Stat(path); err != nil || !info.IsDir() {
		return err
	}
	file, err := os.CreateTemp(path, ".storydesk-")
	if err != nil {
		return errors.New(fault.Cause(err))
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

// ExistingFolder is the nearest folder above a path that is there.
func ExistingFolder(path string) string {
	folder := filepath.Dir(path)
	if _, err := os.Stat(folder); err == nil || folder == path {
		return folder
	}
	return ExistingFolder(folder)
}

// checkFile is [regular.Check] with the flag that chooses another file.
func checkFile(path string, info fs.FileInfo) error {
	if err := regular.Check(path, info); err != nil {
		return tracker.Errorf(tracker.CodeRefused, "%w with --db", err)
	}
	return nil
}

// CreatePrivate makes an empty file for its owner only, unless there is one.
// SQLite gives the files that it puts beside it the same permissions.
//
// It opens no existing file: closing it would drop all locks that this process
// holds on it (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
func CreatePrivate(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// MakePrivate takes others' permissions for a file and those beside it away.
func MakePrivate(path string) error {
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
