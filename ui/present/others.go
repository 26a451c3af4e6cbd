package present

import (
	"cmp"
	"fmt"
	"slices"

	"storydesk/tracker"
)

// Others says who of some people has a story open: shortly, for its row, and in full; empty
// where nobody has. Who writes on it goes first. chosen are initials by names.
func Others(all []tracker.Attendance, story tracker.StoryID, chosen map[string]string) (brief, full string) {
	here := slices.DeleteFunc(slices.Clone(all), func(a tracker.Attendance) bool { return a.Story != story })
	if len(here) == 0 {
		return "", ""
	}
	first := slices.MinFunc(here, func(a, b tracker.Attendance) int {
		if a.Writing != b.Writing {
			return map[bool]int{true: -1, false: 1}[a.Writing]
		}
		return cmp.Compare(a.Who, b.Who)
	})
	brief, full = InitialsOf(first.Who, chosen)+" reading", Cell(first.Who)+" is reading this"
	if first.Writing {
		brief, full = InitialsOf(first.Who, chosen)+" writing", Cell(first.Who)+" is writing"
	}
	if n := len(here) - 1; n > 0 {
		full += fmt.Sprintf(", and %d more", n)
	}
	return brief, full
}
