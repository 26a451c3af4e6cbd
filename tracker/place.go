package tracker

import (
	"slices"
	"strconv"
)

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
	// Before, After name the story next to which it goes; the column follows.
	Before StoryID
	After  StoryID
}

// Stacks reports whether a story that is put at the place pushes down those that
// were put there before: to keep their order, several are put there last first.
func (p Place) Stacks() bool { return !p.Bottom && p.Before == 0 }

// RefusalBeside returns why a story cannot stand next to another one, or nil when
// it can: stories are ordered by hand within their group only. CodeRefused.
func RefusalBeside(c, beside Card) error {
	switch {
	case c.ID == beside.ID:
		return Errorf(CodeRefused, "%s cannot be moved next to itself", c.ID)
	case c.State.Group() != beside.State.Group():
		return Errorf(CodeRefused, "%s is %s and %s is %s: started stories stay above unstarted ones", c.ID, c.State, beside.ID, beside.State)
	}
	return nil
}

// GroupIn returns the group in which stories stand once they are moved to the
// Backlog or the Icebox; without any it is that of a new story. CodeRefused where
// that is not one group.
func GroupIn(to Column, cards ...Card) (Group, error) {
	switch {
	case to != Backlog:
		return GroupIcebox, nil
	case len(cards) == 0:
		return GroupUnstarted, nil
	}
	first := cards[0]
	for _, c := range cards[1:] {
		if groupInBacklog(c.State) != groupInBacklog(first.State) {
			return "", Errorf(CodeRefused, "%s is %s and %s is %s: they cannot be next to each other in the Backlog",
				first.ID, first.State, c.ID, c.State)
		}
	}
	return groupInBacklog(first.State), nil
}

// groupInBacklog is the group of a story in this state once it is in the Backlog.
func groupInBacklog(s State) Group {
	if s == Unscheduled {
		return GroupUnstarted
	}
	return s.Group()
}

// PlaceBetween returns the place between two neighbours for a story of a group; a
// neighbour is nil beyond either end of the column. CodeRefused where the group
// belongs above or below.
func PlaceBetween(above, below *Card, g Group) (Place, error) {
	order := []Group{GroupAccepted, GroupInProgress, GroupUnstarted, GroupIcebox}
	rank := func(g Group) int { return slices.Index(order, g) }
	column := Backlog
	if g == GroupIcebox {
		column = Icebox
	}
	switch {
	case below != nil && below.State.Group() == g:
		return Place{Column: column, Before: below.ID}, nil
	case above != nil && above.State.Group() == g:
		return Place{Column: column, After: above.ID}, nil
	case below != nil && rank(below.State.Group()) < rank(g):
		return Place{}, Errorf(CodeRefused, "%s is %s: unstarted stories stay below started ones", below.ID, below.State)
	case above != nil && rank(above.State.Group()) > rank(g):
		return Place{}, Errorf(CodeRefused, "%s is %s: started stories stay above unstarted ones", above.ID, above.State)
	}
	return Place{Column: column}, nil
}

func rankText(s Story) string { return strconv.FormatInt(s.Rank, 10) }
