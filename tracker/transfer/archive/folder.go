package archive

import (
	"io"
	"io/fs"
	"strings"

	"storydesk/tracker/transfer"
)

// OpenFolder returns the archive in a folder that a ZIP was unzipped to, name being the
// folder's own. Links in it are not followed, and what lies deeper than files of stories
// is not looked at.
func OpenFolder(name string, folder fs.FS) (*Archive, error) {
	var files []File
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
		files = append(files, File{Path: path, Size: info.Size(), Open: func() (io.ReadCloser, error) {
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
	a := arrange(name, files)
	for _, path := range links {
		a.note(path, "a link, or something deeper than files of a story; it is left out")
	}
	return a, nil
}
