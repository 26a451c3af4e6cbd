package mover

import (
	"storydesk/tracker"
	"storydesk/tracker/position"
	"storydesk/ui/board/columns"
	"storydesk/ui/intent"
)

// spot is a column with what is being moved: its rows, and the line of Current among
// them where people choose what that holds.
type spot struct {
	*moving
	column *columns.StoryColumn
	byHand bool
}

func (m *Mover) spot(c *columns.StoryColumn) spot { return spot{m.moving, c, m.Project.Manual} }

// beyond is where the drop line stands beyond those rows beside it that are moved.
func (s spot) beyond(by int) int {
	at := s.column.DropAt
	for by > 0 && s.moves[s.column.ShownKey(at)] {
		at++
	}
	for by < 0 && s.moves[s.column.ShownKey(at-1)] {
		at--
	}
	return at
}

// beside are the neighbours of what would be dropped before the at-th row of a column,
// without what is moved; nil beyond its ends.
func (s spot) beside(at int) (above, below *tracker.Card) {
	up, down := at-1, at
	for up >= 0 && s.moves[s.column.ShownKey(up)] {
		up--
	}
	for down < len(s.column.Shown) && s.moves[s.column.ShownKey(down)] {
		down++
	}
	return columns.CardAt(s.column, up), columns.CardAt(s.column, down)
}

// side is on which side of the line of Current the drop line is where it stands there.
func (s spot) side() position.Side {
	switch {
	case !s.byHand:
		return position.NoLine
	case s.current:
		return position.InCurrent
	}
	return position.BelowCurrent
}

// chooses reports whether what is dropped in a column is chosen for Current or not.
func (s spot) chooses() bool {
	group, err := position.GroupIn(tracker.Backlog, s.stories...)
	return s.byHand && s.column.Name == intent.PaneBacklog && err == nil && group == tracker.GroupUnstarted
}

// atLine reports whether the line of Current is where the at-th row of a column begins.
func (s spot) atLine(at int) bool {
	return s.chooses() && position.AtLine(s.beside(at))
}

// inCurrent reports whether what would be dropped at a place stands in Current then.
func (s spot) inCurrent(to tracker.Place) bool {
	c, ok := s.column.Find(max(to.Before, to.After))
	return to.Current || ok && s.byHand && c.Card.State == tracker.Planned
}

// sideFor decides on which side of the line of Current the mouse is. Over what is started
// the drop line comes to stand below all of that, above which nothing can be dropped.
func (s spot) sideFor(in intent.Aim, at int) int {
	key, isRow := in.Row.Key.(tracker.StoryID)
	if isRow && key == 0 || !s.chooses() { // it is over the drop line itself
		return at
	}
	over := columns.CardAt(s.column, s.column.IndexOf(key))
	begun := func(card *tracker.Card) bool { return card != nil && card.State.Begun() }
	s.current = over != nil && over.State == tracker.Planned || begun(over) || at == 0 && in.Edge < 0
	for begun(over) && begun(columns.CardAt(s.column, at)) {
		at++
	}
	return at
}
