package position

import (
	"slices"

	"storydesk/tracker"
)

// RefusalBeside returns why a story cannot stand next to another one, or nil when
// it can: stories are ordered by hand within their group only. CodeRefused.
func RefusalBeside(c, beside tracker.Card) error {
	switch {
	case c.ID == beside.ID:
		return tracker.Errorf(tracker.CodeRefused, "%s cannot be moved next to itself", c.ID)
	case c.State.Group() != beside.State.Group():
		return tracker.Errorf(tracker.CodeRefused, "%s is %s and %s is %s: started stories stay above unstarted ones", c.ID, c.State, beside.ID, beside.State)
	}
	return nil
}

// GroupIn returns the group in which stories stand once they are moved to the
// Backlog or the Icebox; without any it is that of a new story. CodeRefused where
// that is not one group.
func GroupIn(to tracker.Column, cards ...tracker.Card) (tracker.Group, error) {
	switch {
	case to != tracker.Backlog:
		return tracker.GroupIcebox, nil
	case len(cards) == 0:
		return tracker.GroupUnstarted, nil
	}
	first := cards[0]
	for _, c := range cards[1:] {
		if groupInBacklog(c.State) != groupInBacklog(first.State) {
			return "", tracker.Errorf(tracker.CodeRefused, "%s is %s and %s is %s: they cannot be next to each other in the Backlog",
				first.ID, first.State, c.ID, c.State)
		}
	}
	return groupInBacklog(first.State), nil
}

// groupInBacklog is the group of a story in this state once it is in the Backlog.
func groupInBacklog(s tracker.State) tracker.Group {
	if s == tracker.Unscheduled {
		return tracker.GroupUnstarted
	}
	return s.Group()
}

// Side is where a place is of the line between what people chose for Current and the rest
// of the Backlog.
type Side int

// The sides: none in a project that plans by itself.
const (
	NoLine Side = iota
	InCurrent
	BelowCurrent
)

// Between returns the place between two neighbours for a story of a group; a
// neighbour is nil beyond either end of the column. The side decides where the line of
// Current is between the two. CodeRefused where the group belongs above or below.
func Between(above, below *tracker.Card, g tracker.Group, side Side) (tracker.Place, error) {
	order := []tracker.Group{tracker.GroupAccepted, tracker.GroupInProgress, tracker.GroupUnstarted, tracker.GroupIcebox}
	rank := func(g tracker.Group) int { return slices.Index(order, g) }
	to := tracker.Place{Column: tracker.Backlog}
	if g == tracker.GroupIcebox {
		to.Column = tracker.Icebox
	}
	atLine := side != NoLine && g == tracker.GroupUnstarted && AtLine(above, below)
	takes := func(c *tracker.Card, its Side) bool {
		return c != nil && c.State.Group() == g && (!atLine || side == its)
	}
	switch {
	case takes(below, BelowCurrent):
		to.Before = below.ID
	case takes(above, InCurrent):
		to.After = above.ID
	case below != nil && rank(below.State.Group()) < rank(g):
		return tracker.Place{}, tracker.Errorf(tracker.CodeRefused, "%s is %s: unstarted stories stay below started ones", below.ID, below.State)
	case above != nil && rank(above.State.Group()) > rank(g):
		return tracker.Place{}, tracker.Errorf(tracker.CodeRefused, "%s is %s: started stories stay above unstarted ones", above.ID, above.State)
	default:
		to.Current = atLine && side == InCurrent
	}
	return to, nil
}

// AtLine reports whether the line between what people chose for Current and the rest of
// the Backlog is between two neighbours, of which one is nil beyond an end.
func AtLine(above, below *tracker.Card) bool {
	return (above == nil || above.State != tracker.Unstarted) && (below == nil || below.State == tracker.Unstarted)
}

// Across returns the place of stories that move by one row, up when by is negative, into
// Current or out of it, and pass by no row: where people choose what Current holds, and
// the stories stand at its end or directly below it. False where they do not. beside is
// the row that they would pass by, nil for none.
func Across(p tracker.Project, cards []tracker.Card, beside *tracker.Card, by int) (tracker.Place, bool) {
	from, above, below := tracker.Planned, &cards[len(cards)-1], beside
	if by < 0 {
		from, above, below = tracker.Unstarted, beside, &cards[0]
	}
	one := !slices.ContainsFunc(cards, func(c tracker.Card) bool { return c.State != from })
	to := tracker.Place{Column: tracker.Backlog, Current: by < 0, Bottom: by < 0}
	return to, p.Manual && one && AtLine(above, below)
}

// Moved returns the state of a story that is put at a place in a column: unscheduled in
// the Icebox; in the Backlog, where it is not started, planned in Current and unstarted
// below that. CodeRefused for Done, for Current in a project that plans by itself, and
// as Refusal.
func Moved(st tracker.Story, to tracker.Place, p tracker.Project) (tracker.State, error) {
	switch err := tracker.Refusal(tracker.Move, p, st.Card()); {
	case err != nil:
		return "", err
	case to.Column == tracker.Done:
		return "", tracker.Errorf(tracker.CodeRefused, "accept a story to move it to Done")
	case to.Column == tracker.Icebox:
		return tracker.Unscheduled, nil
	case to.Current && !p.Manual:
		return "", tracker.Errorf(tracker.CodeRefused, "%s plans Current by itself: turn manual planning on to choose what Current holds", p.Name)
	case st.State.Begun() || to.Column != tracker.Backlog:
		return st.State, nil
	}
	return Unstarted(to), nil
}

// Unstarted returns the state of a story that is not started and stands at a place in
// the Backlog.
func Unstarted(at tracker.Place) tracker.State {
	if at.Current {
		return tracker.Planned
	}
	return tracker.Unstarted
}
