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

// Between returns the place between two neighbours for a story of a group; a
// neighbour is nil beyond either end of the column. CodeRefused where the group
// belongs above or below.
func Between(above, below *tracker.Card, g tracker.Group) (tracker.Place, error) {
	order := []tracker.Group{tracker.GroupAccepted, tracker.GroupInProgress, tracker.GroupUnstarted, tracker.GroupIcebox}
	rank := func(g tracker.Group) int { return slices.Index(order, g) }
	column := tracker.Backlog
	if g == tracker.GroupIcebox {
		column = tracker.Icebox
	}
	switch {
	case below != nil && below.State.Group() == g:
		return tracker.Place{Column: column, Before: below.ID}, nil
	case above != nil && above.State.Group() == g:
		return tracker.Place{Column: column, After: above.ID}, nil
	case below != nil && rank(below.State.Group()) < rank(g):
		return tracker.Place{}, tracker.Errorf(tracker.CodeRefused, "%s is %s: unstarted stories stay below started ones", below.ID, below.State)
	case above != nil && rank(above.State.Group()) > rank(g):
		return tracker.Place{}, tracker.Errorf(tracker.CodeRefused, "%s is %s: started stories stay above unstarted ones", above.ID, above.State)
	}
	return tracker.Place{Column: column}, nil
}

// Moved returns the state of a story that is put in a column: unscheduled in the
// Icebox, unstarted when it leaves that. CodeRefused for Done, and as Refusal.
func Moved(st tracker.Story, to tracker.Column) (tracker.State, error) {
	switch err := tracker.Refusal(tracker.Move, tracker.Project{}, st.Card()); {
	case err != nil:
		return "", err
	case to == tracker.Done:
		return "", tracker.Errorf(tracker.CodeRefused, "accept a story to move it to Done")
	case to == tracker.Icebox:
		return tracker.Unscheduled, nil
	case to == tracker.Backlog && st.State == tracker.Unscheduled:
		return tracker.Unstarted, nil
	}
	return st.State, nil
}
