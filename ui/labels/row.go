package labels

import (
	"storydesk/tracker/epic"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// label is a row: a label with how many stories carry it.
type label struct {
	epic.LabelUse
	// name is safe to be drawn; stories and accepted are the counts.
	name, stories, accepted string
}

func newLabel(u epic.LabelUse) label {
	return label{LabelUse: u, name: present.Cell(u.Name), stories: text.Count(u.Stories), accepted: text.Count(u.Accepted)}
}

// RowKey implements table.Row.
func (l label) RowKey() string { return l.Name }

// RowVersion implements table.Row.
func (l label) RowVersion() uint64 {
	return table.Version([...]uint64{table.Text(l.name), table.Text(l.stories), table.Text(l.accepted)})
}

// headings are those of the columns.
func headings() label { return label{name: "label", stories: "stories", accepted: "accepted"} }

const (
	countWidth = len("accepted") + 1
	// widestName is how far the counts stand from the left at most: they are read with
	// their label.
	widestName = 48
)

// draw draws the row into what is left of its line.
func (l label) draw(w *theme.RowWriter, name, counts theme.Role) {
	behind := max(2*countWidth, w.Left()-widestName)
	w.Fill(name, l.name, behind)
	w.Add(counts, text.PadLeft(l.stories, countWidth))
	w.Add(theme.Muted, text.PadLeft(l.accepted, countWidth))
}
