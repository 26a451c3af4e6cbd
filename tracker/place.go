package tracker

import "strconv"

// Place is where a story goes on the board. The zero value but for Column is
// the column's top.
type Place struct {
	Column Column
	// Bottom: the column's end instead of its top.
	Bottom bool
	// Following: below what the places before it put at the column's top. Stories that
	// are put there one after the other so keep their order. The first one goes to the
	// top, and so does each after something else was put into the column by hand.
	Following bool
	// Current: among what people chose for Current, in a project that is planned by hand,
	// instead of below that.
	Current bool
	// Before, After name the story next to which it goes; the column and whether
	// it is in Current follow.
	Before StoryID
	After  StoryID
}

// Stacks reports whether a story that is put at the place pushes down those that
// were put there before: to keep their order, several are put there last first.
func (p Place) Stacks() bool { return !p.Bottom && p.Before == 0 }

func rankText(s Story) string { return strconv.FormatInt(s.Rank, 10) }
