package archive

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

// File is a file of an archive.
type File struct {
	// Path is its name in the archive, by slashes.
	Path string
	Size int64
	// Open opens its content. The caller closes it.
	Open func() (io.ReadCloser, error)
	// packed is how large it is in a ZIP.
	packed uint64
}

// Archive is a ZIP or a folder that can be read, once or more often.
type Archive struct {
	// Name is its own.
	Name string
	// Tables are the .csv and .jsonl files at its top, by their paths.
	Tables []File
	// Noted is what was found out about other files.
	Noted []transfer.Finding
	// top is the folder with its slash that holds everything, empty for none.
	top string
	// attachments are the files of each story or epic, by its folder.
	attachments map[string][]transfer.Attachment
	files       map[string]File
}

// arrange finds out what each file is.
func arrange(name string, files []File) *Archive {
	a := &Archive{Name: name, attachments: map[string][]transfer.Attachment{}, files: map[string]File{}}
	files = withoutLeftovers(files)
	a.top = topFolder(files)
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for _, f := range files {
		inside := strings.TrimPrefix(f.Path, a.top)
		folder, base, nested := strings.Cut(inside, "/")
		switch {
		case !nested && slices.Contains([]string{".csv", ".jsonl"}, strings.ToLower(path.Ext(inside))):
			a.Tables = append(a.Tables, f)
		case nested && isOwner(folder) && !strings.Contains(base, "/"):
			a.files[f.Path] = f
			a.attachments[folder] = append(a.attachments[folder], transfer.Attachment{Name: base, Path: f.Path, Size: f.Size})
		default:
			a.note(f.Path, "this file does not stand where files of a story do; it is left out")
		}
	}
	return a
}

func (a *Archive) note(file, message string) {
	a.Noted = append(a.Noted, transfer.Finding{Place: transfer.Place{File: Shown(file)}, Message: message})
}

// Base is the name of a table without the folder that holds everything.
func (a *Archive) Base(table File) string { return strings.TrimPrefix(table.Path, a.top) }

// In lists the attachments in the folder of a story or an epic.
func (a *Archive) In(folder string) []transfer.Attachment { return slices.Clone(a.attachments[folder]) }

// At finds the attachment at a path below the top of the archive.
func (a *Archive) At(inside string) (transfer.Attachment, bool) {
	f, ok := a.files[a.top+inside]
	return transfer.Attachment{Name: path.Base(f.Path), Path: f.Path, Size: f.Size}, ok
}

// Open opens an attachment's content. The caller closes it.
func (a *Archive) Open(of transfer.Attachment) (io.ReadCloser, error) {
	f, ok := a.files[of.Path]
	if !ok {
		return nil, transfer.Unreadable(transfer.Place{File: of.Path}, "there is no such file in %s", a.Name)
	}
	return f.Open()
}

// Rest lists the attachments that are not placed, by their paths.
func (a *Archive) Rest(placed func(path string) bool) []transfer.Attachment {
	var left []transfer.Attachment
	for _, files := range a.attachments {
		for _, f := range files {
			if !placed(f.Path) {
				left = append(left, f)
			}
		}
	}
	slices.SortFunc(left, func(a, b transfer.Attachment) int { return strings.Compare(a.Path, b.Path) })
	return left
}

// withoutLeftovers leaves out what macOS adds to ZIPs and folders.
func withoutLeftovers(files []File) []File {
	return slices.DeleteFunc(files, func(f File) bool {
		return strings.HasPrefix(f.Path, "__MACOSX/") || path.Base(f.Path) == leftover
	})
}

// leftover is a file that macOS puts into folders.
const leftover = ".DS_Store"

// topFolder is the folder with its slash that holds everything, as unzip programs
// make it; empty for none. One that is named as a story's is that.
func topFolder(files []File) string {
	top := ""
	for i, f := range files {
		first, _, nested := strings.Cut(f.Path, "/")
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

// StoryFolder is the folder of a story's attachments, by its number.
func StoryFolder(id int64) string { return strconv.FormatInt(id, 10) }

// EpicFolder is that of an epic's.
func EpicFolder(id int64) string { return "e" + strconv.FormatInt(id, 10) }

// Shown is a path of strangers, short enough for a sentence.
func Shown(name string) string {
	const most = 120
	if runes := []rune(name); len(runes) > most {
		return fmt.Sprintf("%s… (%d characters)", plaintext.Line(string(runes[:most])), len(runes))
	}
	return plaintext.Line(name)
}
