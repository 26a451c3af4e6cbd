package plan

import (
	"slices"
	"time"

	"storydesk/tracker"
)

// NewColumns divides a project's stories, which are in the board's order, into its
// columns at a time. me is the name of the acting user.
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
	b := tracker.StoryColumns{Project: p, User: me, Done: cards[:done:done], Backlog: cards[done:ice:ice], Icebox: cards[ice:]}
	if p.Manual {
		cards = slices.Clone(cards) // of whoever read them
		b.Backlog = cards[done:ice:ice]
		PlannedFirst(b.Backlog, func(c *tracker.Card) tracker.State { return c.State })
	}
	return b
}

// Mine returns what the acting user owns and nobody has accepted yet, whatever its column.
// It makes a list of copies: ask where it is shown.
func Mine(b tracker.StoryColumns) (list []tracker.Card) {
	for _, column := range [][]tracker.Card{b.Backlog, b.Icebox} {
		for i := range column {
			c := &column[i]
			if c.State != tracker.Accepted && slices.ContainsFunc(c.Owners, func(o string) bool { return tracker.SameName(o, b.User) }) {
				list = append(list, *c)
			}
		}
	}
	return list
}

// PlannedFirst puts what people chose for Current above what else is not started, in a
// list in the board's order: so a project shows them that is planned by hand.
func PlannedFirst[T any](list []T, state func(*T) tracker.State) {
	unstarted := func(i int) bool { return state(&list[i]).Group() == tracker.GroupUnstarted }
	from := 0
	for from < len(list) && !unstarted(from) {
		from++
	}
	to := from
	for to < len(list) && unstarted(to) {
		to++
	}
	rank := func(v *T) int {
		if state(v) == tracker.Planned {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(list[from:to], func(a, b T) int { return rank(&a) - rank(&b) })
}
