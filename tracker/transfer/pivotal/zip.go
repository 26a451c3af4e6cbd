package pivotal

import (
	"io"
	"time"

	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
)

// Archive writes the ZIP of an export, in the layout of Tracker's own.
type Archive struct {
	*archive.Writer
	name string
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
	return &Archive{archive.NewWriter(out, at), string(name) + at.Format("_20060102_150405") + ".csv"}
}

// Stories begins the table of stories. What was begun before is ended.
func (a *Archive) Stories(shape Shape) (*Writer, error) {
	out, err := a.Create(a.name)
	if err != nil {
		return nil, err
	}
	return NewWriter(out, shape)
}

// History writes the table of the history.
func (a *Archive) History(list []transfer.Activity) error {
	out, err := a.Create(historyPrefix + a.name)
	if err != nil {
		return err
	}
	return WriteHistory(out, list)
}
