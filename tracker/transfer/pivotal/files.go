package pivotal

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"storydesk/tracker/plaintext"
	"storydesk/tracker/transfer"
)

// historyPrefix begins the name of the CSV with a project's history.
const historyPrefix = "project_history_"

// Export is an export of Pivotal Tracker that can be read, once or more often.
type Export struct {
	main, history *file
	// attachments are the files of each story or epic, by its folder.
	attachments map[string][]transfer.Attachment
	files       map[string]file
	// mapping names the columns of a table from elsewhere; nil for those of Tracker.
	mapping Mapping
	// noted is what was found out before the first row.
	noted []transfer.Finding
}

// file is a file of an export.
type file struct {
	// path is its name in the export, by slashes.
	path string
	size int64
	open func() (io.ReadCloser, error)
}

// OpenCSV returns the export that is a CSV alone. Whoever reads it opens it anew.
func OpenCSV(name string, open func() (io.ReadCloser, error)) *Export {
	return &Export{main: &file{path: name, open: open}}
}

// OpenTable returns a table from elsewhere whose columns a mapping names; those that it
// leaves out have the names of the fields.
func OpenTable(name string, mapping Mapping, open func() (io.ReadCloser, error)) *Export {
	if mapping == nil {
		mapping = Mapping{}
	}
	return &Export{main: &file{path: name, open: open}, mapping: mapping}
}

// Open opens an attachment's content. The caller closes it.
func (e *Export) Open(a transfer.Attachment) (io.ReadCloser, error) {
	f, ok := e.files[a.Path]
	if !ok {
		return nil, transfer.Unreadable(transfer.Place{File: a.Path}, "there is no such file in the export")
	}
	return f.open()
}

// arrange finds out what each file is. name is the export's own.
func arrange(name string, files []file) (*Export, error) {
	e := &Export{attachments: map[string][]transfer.Attachment{}, files: map[string]file{}}
	files = withoutLeftovers(files)
	top := topFolder(files)
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.path, b.path) })
	var tables []file
	for _, f := range files {
		inside := strings.TrimPrefix(f.path, top)
		folder, base, nested := strings.Cut(inside, "/")
		switch {
		case !nested && strings.EqualFold(path.Ext(inside), ".csv") && strings.HasPrefix(inside, historyPrefix) && e.history == nil:
			e.history = &f
		case !nested && strings.EqualFold(path.Ext(inside), ".csv"):
			tables = append(tables, f)
		case nested && isOwner(folder) && !strings.Contains(base, "/"):
			e.files[f.path] = f
			e.attachments[folder] = append(e.attachments[folder], transfer.Attachment{Name: base, Path: f.path, Size: f.size})
		default:
			e.note(f.path, "this file does not stand where Tracker puts files of a story; it is left out")
		}
	}
	switch len(tables) {
	case 0:
		return nil, transfer.Unreadable(transfer.Place{File: name}, "there is no CSV with a project in it")
	case 1:
		e.main = &tables[0]
		return e, nil
	}
	return nil, transfer.Unreadable(transfer.Place{File: name},
		"it holds two tables, %s and %s. Import them one by one", shown(tables[0].path), shown(tables[1].path))
}

func (e *Export) note(file, message string) {
	e.noted = append(e.noted, transfer.Finding{Place: transfer.Place{File: shown(file)}, Message: message})
}

// withoutLeftovers leaves out what macOS adds to ZIPs and folders.
func withoutLeftovers(files []file) []file {
	return slices.DeleteFunc(files, func(f file) bool {
		return strings.HasPrefix(f.path, "__MACOSX/") || path.Base(f.path) == ".DS_Store"
	})
}

// topFolder is the folder with its slash that holds everything, as unzip programs
// make it; empty for none. One that is named as a story's is that.
func topFolder(files []file) string {
	top := ""
	for i, f := range files {
		first, _, nested := strings.Cut(f.path, "/")
		if !nested || isOwner(first) || i > 0 && first+"/" != top {
			return ""
		}
		top = first + "/"
	}
	return top
}

// isOwner reports whether a folder is named as those of stories (123) and epics
// (e123) are.
func isOwner(folder string) bool {
	n, err := strconv.ParseInt(strings.TrimPrefix(folder, "e"), 10, 64)
	return err == nil && n > 0
}

func storyFolder(id int64) string { return strconv.FormatInt(id, 10) }

func epicFolder(id int64) string { return "e" + strconv.FormatInt(id, 10) }

// shown is a path of strangers, short enough for a sentence.
func shown(name string) string {
	const most = 120
	if runes := []rune(name); len(runes) > most {
		return fmt.Sprintf("%s… (%d characters)", plaintext.Line(string(runes[:most])), len(runes))
	}
	return plaintext.Line(name)
}
