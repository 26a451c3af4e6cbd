package source

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
	"storydesk/tracker/transfer/jsonlines"
	"storydesk/tracker/transfer/pivotal"
	"storydesk/tracker/transfer/rows"
)

// Open finds out what a path holds: a folder or a ZIP of Tracker, its CSV, a table from
// elsewhere whose columns a mapping names, or storydesk's own format, alone or with attachments in
// a folder or a ZIP. The caller closes
// it. It fails with CodeInvalid, field "file", for what is none of these.
func Open(path string, mapping pivotal.Mapping) (transfer.Reader, io.Closer, error) {
	name := filepath.Base(path)
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	if info.IsDir() {
		return openFolder(path)
	}
	if !info.Mode().IsRegular() {
		return nil, nil, tracker.Invalid("file", "%s is neither a file nor a folder", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	head := make([]byte, 4)
	n, err := file.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, nil, errors.Join(unreadable(path, err), file.Close())
	}
	again := func() (io.ReadCloser, error) {
		return io.NopCloser(io.NewSectionReader(file, 0, 1<<62)), nil
	}
	switch head := string(head[:n]); {
	case strings.HasPrefix(head, "PK"):
		a, err := archive.OpenZIP(name, file, info.Size())
		if err != nil {
			return nil, nil, errors.Join(err, file.Close())
		}
		return openArchive(a, file)
	case strings.HasPrefix(strings.TrimPrefix(head, "\ufeff"), "{"):
		return jsonlines.OpenFile(name, again), file, nil
	case mapping != nil || !ofTracker(name, again):
		return pivotal.OpenTable(name, mapping, again), file, nil
	}
	return pivotal.OpenCSV(name, again), file, nil
}

func openFolder(path string) (transfer.Reader, io.Closer, error) {
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, nil, unreadable(path, err)
	}
	a, err := archive.OpenFolder(filepath.Base(path), root.FS())
	if err != nil {
		return nil, nil, errors.Join(err, root.Close())
	}
	return openArchive(a, root)
}

// openArchive finds out whose a ZIP or a folder is by the tables at its top.
func openArchive(a *archive.Archive, in io.Closer) (transfer.Reader, io.Closer, error) {
	var from transfer.Reader
	var err error
	if slices.ContainsFunc(a.Tables, func(f archive.File) bool { return strings.EqualFold(filepath.Ext(f.Path), ".jsonl") }) {
		from, err = jsonlines.OpenArchive(a)
	} else {
		from, err = pivotal.OpenArchive(a)
	}
	if err != nil {
		return nil, nil, errors.Join(err, in.Close())
	}
	return from, in, nil
}

// ofTracker reports whether a table is one of Tracker. One that cannot be read is
// taken for it: reading it says why.
func ofTracker(name string, open func() (io.ReadCloser, error)) bool {
	in, err := open()
	if err != nil {
		return true
	}
	table, err := rows.New(in, name, func(transfer.Finding) {})
	if err != nil {
		return true
	}
	first, err := table.Heading()
	return err != nil || pivotal.IsHeader(first.Cells)
}

func unreadable(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return tracker.Invalid("file", "there is no file %s", path)
	}
	return tracker.Invalid("file", "%s cannot be read: %w", path, err)
}

// People reads a table of two columns: a name in the file, and the person here. It
// returns none for an empty path.
func People(path string) (people map[string]string, err error) {
	if path == "" {
		return nil, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(path, err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	table, err := rows.New(file, filepath.Base(path), func(transfer.Finding) {})
	if err != nil {
		return nil, err
	}
	people = map[string]string{}
	for {
		row, err := table.Next()
		if errors.Is(err, io.EOF) {
			return people, nil
		}
		if err != nil {
			return nil, err
		}
		if len(row.Cells) < 2 || strings.TrimSpace(row.Cells[0]) == "" || strings.TrimSpace(row.Cells[1]) == "" {
			return nil, transfer.Unreadable(row.Place(0), "a row needs two names: the one in the file, and the one here")
		}
		people[strings.Clone(row.Cells[0])] = strings.Clone(row.Cells[1])
	}
}
