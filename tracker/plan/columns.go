package plan

import (
	"slices"
	"time"

	"storydesk/tracker"
)

// NewColumns divides a project's stories, which are in the board's order, into its
// columns at a time, and finds those of the acting user.
func NewColumns(p tracker.Project, cards []tracker.Card, now time.Time, me string) tracker.StoryColumns {
	since := Since(p, now)
	done, _ := slices.BinarySearchFunc(cards, since, func(c tracker.Card, t time.Time) int {
		if tracker.ColumnOf(c.State, c.AcceptedAt, t) == tracker.Done {
			return -1
		}
		return 1
	})
	ice, _ := slices.BinarySearchFunc(cards, tracker.GroupIcebox, func(c tracker.Card, g tracker.Group) int {
		if c.State.Group() != g {
			return -1
		}
		return 1
	})
	b := tracker.StoryColumns{Project: p, Done: cards[:done:done], Backlog: cards[done:ice:ice], Icebox: cards[ice:]}
	if p.Manual {
		b.Backlog = plannedFirst(b.Backlog)
	}
	for _, c := range cards[done:] {
		if c.State != tracker.Accepted && slices.ContainsFunc(c.Owners, func(o string) bool { return tracker.SameName(o, me) }) {
			b.Mine = append(b.Mine, c)
		}
	}
	return b
}

// plannedFirst puts what people chose for Current above what is only in the Backlog.
func plannedFirst(backlog []tracker.Card) []tracker.Card {
	rank := func(c tracker.Card) int {
		switch c.State {
		case tracker.Unstarted:
			return 2
		case tracker.Planned:
			return 1
		default:
			return 0
		}
	}
	sorted := slices.Clone(backlog)
	slices.SortStableFunc(sorted, func(a, b tracker.Card) int { return rank(a) - rank(b) })
	return sorted
}
