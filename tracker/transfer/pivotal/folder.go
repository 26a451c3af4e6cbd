package pivotal

import (
	"io"
	"io/fs"
	"strings"

	"storydesk/tracker/transfer"
)

// OpenFolder returns the export in a folder that a ZIP was unzipped to, name being the
// folder's own. Links in it are not followed, and what lies deeper than Tracker's files
// is not looked at.
func OpenFolder(name string, folder fs.FS) (*Export, error) {
	var files []file
	var links []string
	err := fs.WalkDir(folder, ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return transfer.Unreadable(transfer.Place{File: path}, "it cannot be read: %w", err)
		case d.IsDir() && strings.Count(path, "/") >= maxDepth:
			links = append(links, path)
			return fs.SkipDir
		case d.IsDir():
			return nil
		case !d.Type().IsRegular():
			links = append(links, path)
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return transfer.Unreadable(transfer.Place{File: path}, "it cannot be read: %w", err)
		}
		files = append(files, file{path: path, size: info.Size(), open: func() (io.ReadCloser, error) {
			in, err := folder.Open(path)
			if err != nil {
				return nil, transfer.Unreadable(transfer.Place{File: path}, "it cannot be read: %w", err)
			}
			return in, nil
		}})
		if len(files) > maxFiles {
			return transfer.Unreadable(transfer.Place{File: name}, "the folder holds more than %d files", maxFiles)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	e, err := arrange(name, files)
	if err != nil {
		return nil, err
	}
	for _, path := range links {
		e.note(path, "a link, or something deeper than Tracker's files; it is left out")
	}
	return e, nil
}
