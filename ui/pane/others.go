package pane

import (
	"cmp"
	"fmt"
	"slices"

	"storydesk/tracker"
	"storydesk/ui/present"
	"storydesk/ui/table"
)

// Others are people who have stories open on other machines, as rows and details tell it.
type Others struct {
	all []tracker.Attendance
	// Version tells whether they are the same as before.
	Version uint64
}

// NewOthers takes what the use cases list. Who writes comes first.
func NewOthers(all []tracker.Attendance) Others {
	o := Others{all: slices.Clone(all)}
	slices.SortStableFunc(o.all, func(a, b tracker.Attendance) int {
		if a.Writing != b.Writing {
			return map[bool]int{true: -1, false: 1}[a.Writing]
		}
		return cmp.Compare(a.Who, b.Who)
	})
	for _, a := range o.all {
		writes := uint64(0)
		if a.Writing {
			writes = 1
		}
		o.Version = table.Version([...]uint64{o.Version, table.Text(a.Who), uint64(a.Story), writes}) //nolint:gosec // only compared
	}
	return o
}

// On says who has a story open: shortly, for its row, and in full; empty where nobody has.
func (o Others) On(story tracker.StoryID) (brief, full string) {
	n := 0
	for _, a := range o.all {
		if a.Story != story {
			continue
		}
		if n++; n > 1 {
			continue
		}
		brief, full = present.Initials(a.Who)+" reading", present.Cell(a.Who)+" is reading this"
		if a.Writing {
			brief, full = present.Initials(a.Who)+" writing", present.Cell(a.Who)+" is writing"
		}
	}
	if n > 1 {
		full += fmt.Sprintf(", and %d more", n-1)
	}
	return brief, full
}
