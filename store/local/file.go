package local

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

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
	// known is what the file held when it was as seen says.
	known texts
	seen  stamp
}

// stamp tells a file from the one that replaced it.
type stamp struct {
	at   time.Time
	size int64
	file fs.FileInfo
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
	info, err := os.Stat(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		f.known, f.seen = newTexts(), stamp{}
		return f.known, nil
	}
	if err != nil {
		return texts{}, f.fault("read", err)
	}
	if f.seen.file != nil && os.SameFile(f.seen.file, info) && f.seen.at.Equal(info.ModTime()) && f.seen.size == info.Size() {
		return f.known, nil
	}
	held, err := f.load()
	if err == nil {
		f.known, f.seen = held, stamp{info.ModTime(), info.Size(), info}
	}
	return held, err
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

// change saves what changed says.
func (f *File) change(changed texts) (err error) {
	if changed.empty() {
		return nil
	}
	unlock, err := place.Lock(f.path)
	if err != nil {
		return f.fault("change", err)
	}
	defer unlock()
	held, err := f.load()
	if err != nil {
		return err
	}
	held.put(changed)
	text, err := json.MarshalIndent(held, "", "  ")
	if err != nil {
		return f.fault("change", err)
	}
	if err := f.replace(append(text, '\n')); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	info, err := os.Stat(f.path)
	if err != nil {
		return f.fault("read", err)
	}
	f.known, f.seen = held, stamp{info.ModTime(), info.Size(), info}
	return nil
}

// changedElsewhere reports whether another process has changed the file since this was asked
// or the file was read last.
func (f *File) changedElsewhere() bool {
	f.mu.Lock()
	before := f.seen
	f.mu.Unlock()
	if _, err := f.read(); err != nil {
		return false // whoever reads it is told
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return before.file != nil && f.seen.file != nil && !os.SameFile(before.file, f.seen.file)
}

// replace puts a text in place of the file's. A file that CreateTemp makes is its owner's only.
func (f *File) replace(text []byte) (err error) {
	next, err := os.CreateTemp(filepath.Dir(f.path), filepath.Base(f.path)+".")
	if err != nil {
		return f.fault("change", err)
	}
	_, err = next.Write(text)
	err = errors.Join(err, next.Sync(), next.Close())
	if err == nil {
		err = os.Rename(next.Name(), f.path)
	}
	if err != nil {
		return f.fault("change", errors.Join(err, os.Remove(next.Name())))
	}
	return nil
}

func (f *File) fault(doing string, err error) error {
	return &tracker.Error{
		Code: tracker.CodeInternal, Err: err,
		Message: fmt.Sprintf("storydesk cannot %s %s, which holds your settings and drafts: %v", doing, f.path, err),
	}
}
