package pivotal

import (
	"archive/zip"
	"io"
	"path"
	"time"

	"storydesk/tracker/transfer"
)

// Archive writes the ZIP of an export, in the layout of Tracker's own.
type Archive struct {
	zip  *zip.Writer
	name string
	at   time.Time
}

// NewArchive begins a ZIP for a project; its name and the time stand in those of the
// tables.
func NewArchive(out io.Writer, project string, at time.Time) *Archive {
	name := []rune(project)
	for i, r := range name {
		switch r {
		case '/', '\\', ':', 0, '*', '?', '"', '<', '>', '|':
			name[i] = '_'
		}
	}
	return &Archive{zip: zip.NewWriter(out), name: string(name) + at.Format("_20060102_150405") + ".csv", at: at}
}

// Stories begins the table of stories. What was begun before is ended.
func (a *Archive) Stories(shape Shape) (*Writer, error) {
	out, err := a.create(a.name)
	if err != nil {
		return nil, err
	}
	return NewWriter(out, shape)
}

// History writes the table of the history.
func (a *Archive) History(list []transfer.Activity) error {
	out, err := a.create(historyPrefix + a.name)
	if err != nil {
		return err
	}
	return WriteHistory(out, list)
}

// Attachment writes a file of a story or, for of below 0, of the epic with that number.
func (a *Archive) Attachment(of int64, name string, content io.Reader) error {
	folder := storyFolder(of)
	if of < 0 {
		folder = epicFolder(-of)
	}
	out, err := a.create(folder + "/" + path.Base(name))
	if err == nil {
		_, err = io.Copy(out, content)
	}
	return err
}

// Close ends the ZIP.
func (a *Archive) Close() error { return a.zip.Close() }

func (a *Archive) create(name string) (io.Writer, error) {
	return a.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: a.at})
}
