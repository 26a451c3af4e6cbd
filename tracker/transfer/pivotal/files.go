package pivotal

import (
	"io"
	"path"
	"strings"

	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
)

// historyPrefix begins the name of the CSV with a project's history.
const historyPrefix = "project_history_"

// Export is an export of Pivotal Tracker that can be read, once or more often.
type Export struct {
	main, history *archive.File
	// in holds its attachments, nil where it is a table alone.
	in *archive.Archive
	// mapping names the columns of a table from elsewhere; nil for those of Tracker.
	mapping Mapping
}

// OpenCSV returns the export that is a CSV alone. Whoever reads it opens it anew.
func OpenCSV(name string, open func() (io.ReadCloser, error)) *Export {
	return &Export{main: &archive.File{Path: name, Open: open}}
}

// OpenTable returns a table from elsewhere whose columns a mapping names; those that it
// leaves out have the names of the fields.
func OpenTable(name string, mapping Mapping, open func() (io.ReadCloser, error)) *Export {
	if mapping == nil {
		mapping = Mapping{}
	}
	return &Export{main: &archive.File{Path: name, Open: open}, mapping: mapping}
}

// OpenArchive returns the export in an archive. It fails with CodeInvalid for one that
// does not hold one project.
func OpenArchive(a *archive.Archive) (*Export, error) {
	e := &Export{in: a}
	var tables []archive.File
	for _, f := range a.Tables {
		switch name := a.Base(f); {
		case !strings.EqualFold(path.Ext(name), ".csv"):
			tables = append(tables, f)
		case strings.HasPrefix(name, historyPrefix) && e.history == nil:
			e.history = &f
		default:
			tables = append(tables, f)
		}
	}
	switch len(tables) {
	case 0:
		return nil, transfer.Unreadable(transfer.Place{File: a.Name}, "there is no CSV with a project in it")
	case 1:
		e.main = &tables[0]
		return e, nil
	}
	return nil, transfer.Unreadable(transfer.Place{File: a.Name},
		"it holds two tables, %s and %s. Import them one by one", archive.Shown(tables[0].Path), archive.Shown(tables[1].Path))
}

// Open opens an attachment's content. The caller closes it.
func (e *Export) Open(a transfer.Attachment) (io.ReadCloser, error) {
	if e.in == nil {
		return nil, transfer.Unreadable(transfer.Place{File: a.Path}, "a table has no files")
	}
	return e.in.Open(a)
}
