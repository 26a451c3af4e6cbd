package files

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sync/errgroup"

	"storydesk/store/fault"
	"storydesk/tracker"
	"storydesk/tracker/regular"
)

// Ending is what a database's path is followed by in the path of its folder.
const Ending = "-files"

const (
	// draftPrefix begins the names of files that are being written.
	draftPrefix = "new-"
	// shownFolder holds copies that other programs have open.
	shownFolder = "shown"
)

// Folder holds the content of a database's attachments. It is made when the first is
// saved. It is safe for concurrent use, by several processes too.
type Folder struct {
	path string
	disk disk
}

// disk is what a write needs of the system; tests let it fail.
type disk struct {
	sync   func(*os.File) error
	rename func(from, to string) error
}

// Beside returns the folder of the database at a path.
func Beside(database string) Folder { return At(database + Ending) }

// At returns the folder at a path.
func At(path string) Folder { return Folder{path, disk{sync: (*os.File).Sync, rename: os.Rename}} }

// Path is where the folder is.
func (f Folder) Path() string { return f.path }

// Take saves a copy of the file at a path of the user's, and returns what it holds under
// the file's own name. CodeInvalid, field "file", for a file that is not there, cannot be
// read or is larger than [tracker.MaxFileSize].
func (f Folder) Take(ctx context.Context, path string) (tracker.StoryFile, error) {
	info, err := os.Stat(path)
	if err != nil {
		return tracker.StoryFile{}, unreadable(path, err)
	}
	if err := regular.Check(path, info); err != nil {
		return tracker.StoryFile{}, err
	}
	if info.Size() > tracker.MaxFileSize {
		return tracker.StoryFile{}, tooLarge(path)
	}
	from, err := os.Open(path)
	if err != nil {
		return tracker.StoryFile{}, unreadable(path, err)
	}
	defer func() { _ = from.Close() }() // it was only read
	saved, err := f.put(ctx, io.LimitReader(from, tracker.MaxFileSize+1))
	if err == nil && saved.Size > tracker.MaxFileSize { // it has grown meanwhile
		err = errors.Join(os.Remove(f.at(saved.Content)), tooLarge(path))
	}
	saved.Name = filepath.Base(path)
	return saved, err
}

func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return tracker.Invalid("file", "there is no file %s", path)
	}
	return tracker.Invalid("file", "%s cannot be read (%s)", path, fault.Cause(err))
}

func tooLarge(path string) error {
	return tracker.Invalid("file", "%s is larger than %d MB, which is the most that Zendesk accepts", filepath.Base(path), tracker.MaxFileSize>>20)
}

// put saves a content for good.
func (f Folder) put(ctx context.Context, from io.Reader) (tracker.StoryFile, error) {
	saved, err := f.Put(ctx, from)
	if err != nil {
		return saved, err
	}
	if err := f.Settle(ctx, []tracker.StoryFile{saved}); err != nil {
		return saved, errors.Join(err, f.Drop(saved))
	}
	return saved, nil
}

// Put saves a content under a new id. What fails to be read fails with that error; nothing
// is left then. No attachment may have it before Settle.
func (f Folder) Put(ctx context.Context, from io.Reader) (saved tracker.StoryFile, err error) {
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return saved, f.failed("saving an attachment", err)
	}
	to, err := os.CreateTemp(f.path, draftPrefix) // for its owner only
	if err != nil {
		return saved, f.failed("saving an attachment", err)
	}
	defer func() {
		if err != nil {
			err = f.failed("saving an attachment", errors.Join(err, to.Close(), os.Remove(to.Name())))
		}
	}()
	sum := sha256.New()
	if saved.Size, err = io.Copy(io.MultiWriter(to, sum), reading{ctx, from}); err != nil {
		return saved, err
	}
	id := make([]byte, 16)
	_, _ = rand.Read(id) // it never fails
	saved.Content, saved.Sum = hex.EncodeToString(id), hex.EncodeToString(sum.Sum(nil))
	if err = f.disk.rename(to.Name(), f.at(saved.Content)); err != nil {
		return saved, err
	}
	return saved, f.failed("saving an attachment", to.Close())
}

// settledAtOnce is how many files are flushed at once: a disk does several in about the
// time of one.
const settledAtOnce = 8

// Settle makes contents last that Put saved.
func (f Folder) Settle(ctx context.Context, list []tracker.StoryFile) error {
	if len(list) == 0 {
		return nil
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(settledAtOnce)
	for _, of := range list {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			file, err := os.OpenFile(f.at(of.Content), os.O_RDWR, 0)
			if err != nil {
				return err
			}
			return errors.Join(f.disk.sync(file), file.Close())
		})
	}
	err := group.Wait()
	if err == nil {
		err = f.syncFolder()
	}
	return f.failed("saving an attachment", err)
}

// Drop removes a content that no attachment has.
func (f Folder) Drop(of tracker.StoryFile) error {
	if err := os.Remove(f.at(of.Content)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return f.failed("removing an attachment", err)
	}
	return nil
}

// syncFolder makes a renaming last. Where folders cannot be flushed they need not be.
func (f Folder) syncFolder() error {
	folder, err := os.Open(f.path)
	if err != nil {
		return err
	}
	defer func() { _ = folder.Close() }()
	if err := f.disk.sync(folder); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, fs.ErrInvalid) {
		return err
	}
	return nil
}

// at is where a content is. An id that is none of ours leads nowhere.
func (f Folder) at(content string) string {
	if !isID(content) {
		return filepath.Join(f.path, "none")
	}
	return filepath.Join(f.path, content)
}

// Names reports whether a content is named as those are that were saved here.
func Names(of tracker.StoryFile) bool { return isID(of.Content) }

func isID(name string) bool {
	return len(name) == 32 && strings.Trim(name, "0123456789abcdef") == ""
}

// Open opens the content of an attachment. CodeNotFound when its file is missing.
func (f Folder) Open(of tracker.StoryFile) (io.ReadCloser, error) {
	file, err := os.Open(f.at(of.Content))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, tracker.Errorf(tracker.CodeNotFound, "the file of %s is missing in %s; restore that folder from a backup", of.Name, f.path)
	}
	if err != nil {
		return nil, f.failed("opening an attachment", err)
	}
	facts, err := file.Stat()
	if err == nil && facts.Size() != of.Size {
		err = tracker.Errorf(tracker.CodeInvalid, "the file of %s in %s is not as it was attached; remove the attachment, or restore that folder from a backup", of.Name, f.path)
	}
	if err != nil {
		_ = file.Close() // nothing was read
		return nil, f.failed("opening an attachment", err)
	}
	return file, nil
}

// failed makes an error of the folder into one for people.
func (f Folder) failed(doing string, err error) error {
	var known *tracker.Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &known):
		return err
	case tracker.IsContextError(err):
		return fault.Interrupted(doing, err)
	}
	return &tracker.Error{
		Code: tracker.CodeInternal, Err: fmt.Errorf("%s: %w", doing, err),
		Message: fmt.Sprintf("%s in %s failed (%s). Check that folder and the free space on its disk", doing, f.path, fault.Cause(err)),
	}
}

// reading reads until its context ends.
type reading struct {
	ctx  context.Context //nolint:containedctx // a reader takes none
	from io.Reader
}

// Read implements io.Reader.
func (r reading) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}
