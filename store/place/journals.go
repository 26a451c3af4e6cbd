package place

import (
	"errors"
	"io/fs"
	"os"
)

// Journals are the files beside an open database that hold what is not in it
// yet. SQLite finds them by the database's path alone, and applies them to
// whatever file stands there when it is opened next.
type Journals struct {
	path string
	// files are the journals of the database that was opened, by their endings.
	files map[string]os.FileInfo
	// aside is true while they are out of the way.
	aside bool
}

// AsideEnding is added to the names of journals that are out of the way.
const AsideEnding = ".lost"

// OpenJournals returns the journals of the database that was opened at path; one
// that only is read may have none.
func OpenJournals(path string) (Journals, error) {
	j := Journals{path: path, files: make(map[string]os.FileInfo)}
	for _, ending := range []string{"-wal", "-shm"} {
		info, err := os.Lstat(path + ending)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return j, err
		}
		j.files[ending] = info
	}
	return j, nil
}

// PutAside takes the Journals out of the way of another file at the path. What
// others put there stays.
func (j *Journals) PutAside() error {
	if j.aside {
		return nil
	}
	j.aside = true
	var errs []error
	for ending, file := range j.files {
		name := j.path + ending
		info, err := os.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(info, file) {
			continue
		}
		if err == nil {
			err = os.Rename(name, name+AsideEnding)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// PutBack returns the Journals to the database that is at the path again. A
// journal of the file that stood there meanwhile has lost its database.
func (j *Journals) PutBack() error {
	if !j.aside {
		return nil
	}
	j.aside = false
	var errs []error
	for ending, file := range j.files {
		name := j.path + ending
		info, err := os.Lstat(name + AsideEnding)
		if errors.Is(err, fs.ErrNotExist) || err == nil && !os.SameFile(info, file) {
			continue
		}
		if err == nil {
			err = os.Rename(name+AsideEnding, name)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
