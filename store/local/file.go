package local

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync"

	"storydesk/store/place"
	"storydesk/tracker"
)

// texts are the settings and drafts of a user, by key.
type texts struct {
	Settings map[string]string `json:"settings"`
	Drafts   map[string]string `json:"drafts"`
}

func newTexts() texts { return texts{map[string]string{}, map[string]string{}} }

func (t texts) empty() bool { return len(t.Settings) == 0 && len(t.Drafts) == 0 }

// put takes over what changed says; an empty text deletes one.
func (t texts) put(changed texts) {
	merge := func(into, from map[string]string) {
		for key, text := range from {
			if into[key] = text; text == "" {
				delete(into, key)
			}
		}
	}
	merge(t.Settings, changed.Settings)
	merge(t.Drafts, changed.Drafts)
}

// File is a user's settings and drafts for one database. It is safe for concurrent use, by
// several processes too.
type File struct {
	path string
	mu   sync.Mutex
	// known is what the file held when it was as seen says, once it was looked at.
	known  texts
	seen   stamp
	looked bool
	// elsewhere is true where another process was found to have changed the file, until
	// changedElsewhere tells of it.
	elsewhere bool
}

// stamp tells a file from the one that replaced it; info is nil where there was none.
type stamp struct{ info fs.FileInfo }

func (s stamp) is(o stamp) bool {
	if s.info == nil || o.info == nil {
		return s.info == nil && o.info == nil
	}
	return os.SameFile(s.info, o.info) && s.info.ModTime().Equal(o.info.ModTime()) && s.info.Size() == o.info.Size()
}

// Path is where the file for a database is, in a folder; key tells the database from others.
func Path(folder, key string) string {
	sum := sha256.Sum256([]byte(key))
	return filepath.Join(folder, "team-"+hex.EncodeToString(sum[:8])+".json")
}

// NewFile returns the file at a path, which is made by the first change.
func NewFile(path string) *File { return &File{path: path} }

// Exists reports whether the file is there.
func (f *File) Exists() bool {
	_, err := os.Stat(f.path)
	return err == nil
}

// read returns what the file holds; nobody may change it. CodeInternal for a file that cannot
// be read.
func (f *File) read() (texts, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	err := f.refresh()
	return f.known, err
}

// refresh reads the file again where it is not as it was seen last. The caller holds mu.
func (f *File) refresh() error {
	now, err := f.look()
	if err != nil || f.looked && f.seen.is(now) {
		return err
	}
	held, err := f.load()
	if err != nil {
		return err
	}
	// What this process writes itself is seen as it is written.
	f.elsewhere = f.elsewhere || f.looked
	f.known, f.seen, f.looked = held, now, true
	return nil
}

// look returns the file's stamp.
func (f *File) look() (stamp, error) {
	info, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return stamp{}, nil
	}
	if err != nil {
		return stamp{}, f.fault("read", err)
	}
	return stamp{info}, nil
}

// load reads the file itself.
func (f *File) load() (texts, error) {
	held := newTexts()
	text, err := os.ReadFile(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return held, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &held)
	}
	if err != nil {
		return texts{}, f.fault("read", err)
	}
	if held.Settings == nil {
		held.Settings = map[string]string{}
	}
	if held.Drafts == nil {
		held.Drafts = map[string]string{}
	}
	return held, nil
}

// changedElsewhere reports whether another process has changed the file since it was asked
// last or, the first time, since the file was looked at first.
func (f *File) changedElsewhere() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.refresh() != nil {
		return false // whoever reads it is told
	}
	told := f.elsewhere
	f.elsewhere = false
	return told
}

// change saves what changed says.
func (f *File) change(changed texts) error {
	next, err := f.prepare(changed)
	if err != nil {
		return err
	}
	return next.put()
}

// version is what a file is to hold next, written beside it; nil is what it holds already.
type version struct {
	of      *File
	changed texts
	// base is the file that changed was added to, held what both hold together, and name where
	// that is, empty once it is there no more.
	base stamp
	held texts
	name string
}

// prepare writes what the file will hold beside it. The caller puts it in place or discards it.
func (f *File) prepare(changed texts) (*version, error) {
	if changed.empty() {
		return nil, nil
	}
	unlock, err := place.Lock(f.path)
	if err != nil {
		return nil, f.fault("change", err)
	}
	defer unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	next := &version{of: f, changed: changed}
	return next, next.write()
}

// write writes the version from what the file holds now. The caller holds the file's mu.
func (v *version) write() error {
	f := v.of
	if err := f.refresh(); err != nil {
		return err
	}
	v.base, v.held = f.seen, texts{maps.Clone(f.known.Settings), maps.Clone(f.known.Drafts)}
	v.held.put(v.changed)
	text, err := json.MarshalIndent(v.held, "", "  ")
	if err != nil {
		return f.fault("change", err)
	}
	next, err := os.CreateTemp(filepath.Dir(f.path), filepath.Base(f.path)+".") // its owner's only
	if err != nil {
		return f.fault("change", err)
	}
	v.name = next.Name()
	_, err = next.Write(append(text, '\n'))
	if err = errors.Join(err, next.Sync(), next.Close()); err != nil {
		return errors.Join(f.fault("change", err), v.discard())
	}
	return nil
}

// put puts the version in the file's place. What another process has changed in that meanwhile
// stays.
func (v *version) put() (err error) {
	if v == nil {
		return nil
	}
	f := v.of
	defer func() {
		if err != nil {
			err = errors.Join(err, v.discard())
		}
	}()
	unlock, err := place.Lock(f.path)
	if err != nil {
		return f.fault("change", err)
	}
	defer unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.refresh(); err != nil {
		return err
	}
	if !f.seen.is(v.base) {
		if err := errors.Join(v.discard(), v.write()); err != nil {
			return err
		}
	}
	if err := os.Rename(v.name, f.path); err != nil {
		return f.fault("change", err)
	}
	v.name = ""
	now, err := f.look()
	if err == nil {
		f.known, f.seen, f.looked = v.held, now, true
	}
	return err
}

// discard removes a version that was not put in place.
func (v *version) discard() error {
	if v == nil || v.name == "" {
		return nil
	}
	name := v.name
	v.name = ""
	if err := os.Remove(name); err != nil {
		return v.of.fault("change", err)
	}
	return nil
}

func (f *File) fault(doing string, err error) error {
	return &tracker.Error{
		Code: tracker.CodeInternal, Err: err,
		Message: fmt.Sprintf("storydesk cannot %s %s, which holds your settings and drafts: %v", doing, f.path, err),
	}
}
