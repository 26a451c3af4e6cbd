package transfer

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/jsonlines"
	"storydesk/tracker/transfer/pivotal"
	"storydesk/tracker/transfer/rows"
)

// open finds out what a path holds: a folder or a ZIP of Tracker, its CSV, a table from
// elsewhere, or storydesk's own format. The caller closes it.
func open(path string, mapping pivotal.Mapping) (transfer.Reader, io.Closer, error) {
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
		e, err := pivotal.OpenZIP(name, file, info.Size())
		if err != nil {
			return nil, nil, errors.Join(err, file.Close())
		}
		return e, file, nil
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
	e, err := pivotal.OpenFolder(filepath.Base(path), root.FS())
	if err != nil {
		return nil, nil, errors.Join(err, root.Close())
	}
	return e, root, nil
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
		return tracker.Invalid("file", "there is no %s", path)
	}
	return tracker.Invalid("file", "%s cannot be read: %w", path, err)
}

// readPeople reads a table of two columns: a name in the file, and the person here.
func readPeople(path string) (people map[string]string, err error) {
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

// readMapping reads pairs such as name=Summary.
func readMapping(pairs []string) (pivotal.Mapping, error) {
	if len(pairs) == 0 {
		return nil, nil
	}
	mapping := pivotal.Mapping{}
	for _, pair := range pairs {
		name, heading, ok := strings.Cut(pair, "=")
		field := pivotal.Field(strings.ToLower(strings.TrimSpace(name)))
		known := false
		for _, f := range pivotal.Fields() {
			known = known || f == field
		}
		if !ok || !known || strings.TrimSpace(heading) == "" {
			return nil, tracker.Invalid("column", "%q names no column: give a field and its heading, such as name=Summary. Fields are %s",
				pair, tracker.OneOf(pivotal.Fields()))
		}
		mapping[field] = heading
	}
	return mapping, nil
}
