package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"storydesk/store/fault"
	"storydesk/tracker"
)

// Export copies an attachment to a file of the user's, which is only replaced where
// replace is true. CodeInvalid, field "file".
func (f Folder) Export(ctx context.Context, of tracker.StoryFile, to string, replace bool) error {
	return export(ctx, f, of, to, replace)
}

// contents opens what attachments hold.
type contents interface {
	Open(of tracker.StoryFile) (io.ReadCloser, error)
}

func export(ctx context.Context, f contents, of tracker.StoryFile, to string, replace bool) error {
	if info, err := os.Stat(to); err == nil && info.IsDir() {
		return tracker.Invalid("file", "%s is a folder: name a file in it", to)
	} else if err == nil && !replace {
		return tracker.Invalid("file", "%s exists already: choose another name, or replace it with --force", to)
	}
	from, err := f.Open(of)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	if err := write(ctx, to, from); err != nil {
		var told *tracker.Error
		switch {
		case errors.As(err, &told):
			return err
		case tracker.IsContextError(err):
			return fault.Interrupted("saving "+of.Name, err)
		}
		return tracker.Invalid("file", "%s cannot be written (%s)", to, fault.Cause(err))
	}
	return nil
}

// write replaces a file by what is read, whole or not at all.
func write(ctx context.Context, path string, from io.Reader) (err error) {
	to, err := os.CreateTemp(filepath.Dir(path), ".storydesk-")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(to.Name()))
		}
	}()
	_, err = io.Copy(to, reading{ctx, from})
	if err = errors.Join(err, to.Sync(), to.Close()); err != nil {
		return err
	}
	return os.Rename(to.Name(), path)
}

// Show makes a copy that another program can open, and returns its path. ending is that
// of the file's kind, such as ".pdf", letters and digits alone. Sweep removes the copy.
func (f Folder) Show(ctx context.Context, of tracker.StoryFile, ending string) (string, error) {
	return f.show(ctx, f, of, ending)
}

func (f Folder) show(ctx context.Context, in contents, of tracker.StoryFile, ending string) (string, error) {
	from, err := in.Open(of)
	if err != nil {
		return "", err
	}
	defer func() { _ = from.Close() }()
	folder := filepath.Join(f.path, shownFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", f.failed("opening "+of.Name, err)
	}
	path := filepath.Join(folder, of.Content+ending)
	return path, f.failed("opening "+of.Name, write(ctx, path, from))
}

// Sweep removes what was written before a time and is none of the contents that are kept:
// copies that were shown, and files of attachments that are gone.
func (f Folder) Sweep(kept []string, before time.Time) error {
	keep := make(map[string]bool, len(kept))
	for _, id := range kept {
		keep[id] = true
	}
	old := func(folder string, chosen func(name string) bool) error {
		entries, err := os.ReadDir(folder)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		for _, entry := range entries {
			info, bad := entry.Info()
			if bad != nil || !info.Mode().IsRegular() || !chosen(entry.Name()) || !info.ModTime().Before(before) {
				continue
			}
			if gone := os.Remove(filepath.Join(folder, entry.Name())); gone != nil && !errors.Is(gone, fs.ErrNotExist) {
				err = errors.Join(err, gone)
			}
		}
		return err
	}
	err := old(f.path, func(name string) bool { return isID(name) && !keep[name] || strings.HasPrefix(name, draftPrefix) })
	return f.failed("removing old attachments", errors.Join(err, old(filepath.Join(f.path, shownFolder), func(string) bool { return true })))
}

// Condition is how a file is that an attachment needs.
type Condition int

// The conditions.
const (
	Whole Condition = iota
	Missing
	Altered
)

// Check reports how the file of an attachment is.
func (f Folder) Check(ctx context.Context, of tracker.StoryFile) (Condition, error) {
	from, err := os.Open(f.at(of.Content))
	if errors.Is(err, fs.ErrNotExist) {
		return Missing, nil
	}
	if err != nil {
		return Missing, err
	}
	defer func() { _ = from.Close() }()
	sum := sha256.New()
	size, err := io.Copy(sum, reading{ctx, from})
	if err == nil && (size != of.Size || hex.EncodeToString(sum.Sum(nil)) != of.Sum) {
		return Altered, nil
	}
	return Whole, err
}

// Save saves the content of an attachment as it is read, whole or not at all.
func (f Folder) Save(ctx context.Context, of tracker.StoryFile, from io.Reader) error {
	err := os.MkdirAll(f.path, 0o700)
	if err == nil {
		err = write(ctx, f.at(of.Content), from)
	}
	return f.failed("saving an attachment", err)
}

// CopyTo copies the files of attachments to another folder, those that are not whole there.
// What is missing here is not copied: Check finds it.
func (f Folder) CopyTo(ctx context.Context, to Folder, list []tracker.StoryFile) error {
	for _, of := range list {
		if !isID(of.Content) {
			continue
		}
		if state, err := to.Check(ctx, of); err == nil && state == Whole {
			continue
		}
		from, err := os.Open(f.at(of.Content))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = errors.Join(os.MkdirAll(to.path, 0o700), write(ctx, to.at(of.Content), from), from.Close())
		}
		if err != nil {
			return to.failed("copying the attachments", err)
		}
	}
	return nil
}
