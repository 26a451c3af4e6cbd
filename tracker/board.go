package tracker

import (
	"slices"
	"time"
)

// StoryColumns is a project's stories as its columns show them.
type StoryColumns struct {
	Project Project
	Backlog []Card
	Icebox  []Card
	// Done holds what was accepted before the current iteration, oldest first.
	Done []Card
	// Mine holds what the acting user owns and nobody has accepted yet, whatever
	// its column.
	Mine []Card
}

// NewStoryColumns divides a project's stories, which are in the board's order, into its
// columns at a time, and finds those of the acting user.
func NewStoryColumns(p Project, cards []Card, now time.Time, me string) StoryColumns {
	since := p.IterationStart(now)
	done, _ := slices.BinarySearchFunc(cards, since, func(c Card, t time.Time) int {
		if ColumnOf(c.State, c.AcceptedAt, t) == Done {
			return -1
		}
		return 1
	})
	ice, _ := slices.BinarySearchFunc(cards, GroupIcebox, func(c Card, g Group) int {
		if c.State.Group() != g {
			return -1
		}
		return 1
	})
	b := StoryColumns{Project: p, Done: cards[:done:done], Backlog: cards[done:ice:ice], Icebox: cards[ice:]}
	for _, c := range cards[done:] {
		if c.State != Accepted && slices.ContainsFunc(c.Owners, func(o string) bool { return SameName(o, me) }) {
			b.Mine = append(b.Mine, c)
		}
	}
	return b
}

// SnapshotQuery says what a Snapshot holds.
type SnapshotQuery struct {
	// Stories: the project and its columns.
	Stories bool
	// Counts: how many deliveries are in each state.
	Counts bool
	// Tickets: the integrations, and the tickets of one of them.
	Tickets bool
	// Panel is the integration whose tickets are shown; the first active one where
	// it is not an active one of the project.
	Panel IntegrationID
	// Order is that of the tickets where the user chose none, empty for the view's.
	Order TicketOrder
}

// Snapshot is what the board shows at one moment. What was not asked for is empty.
type Snapshot struct {
	Stories StoryColumns
	// Counts counts the deliveries of each state, those sent left out.
	Counts map[DeliveryState]int
	// Integrations are all of the project's, by name.
	Integrations []Integration
	// Tickets are those of the panel in their order; its integration has no id when
	// none is active.
	Tickets TicketList
	Order   TicketOrder
}

// ColumnOf returns which column shows a story. Accepted work stays on top of the
// Backlog until the iteration in which it was accepted is over.
func ColumnOf(state State, accepted *time.Time, iteration time.Time) Column {
	switch {
	case state == Unscheduled:
		return Icebox
	case state == Accepted && accepted != nil && accepted.Before(iteration):
		return Done
	}
	return Backlog
}

// StoryFilter chooses stories. Zero fields do not restrict.
type StoryFilter struct {
	Column Column
	// Search is what ParseQuery reads, empty for all.
	Search string
}

// StoryDetail is a story with all that belongs to it.
type StoryDetail struct {
	// Story has its column but no position; Locate tells that.
	Story   Story
	Project Project
	// Tickets are the linked tickets as last seen, in the order of Story.Tickets;
	// one that was never read has only its key and URL.
	Tickets []Ticket
	Parts   Parts
	// Comments are oldest first, Activities and Deliveries newest first.
	Comments   []Comment
	Activities []Activity
	Deliveries []Delivery
	// Events are what happened on the linked tickets since they were linked, oldest first.
	Events []TicketEvent
}

// NewStory is a story to be added.
type NewStory struct {
	ProjectID   ProjectID
	Name        string
	Description string
	// Type is a feature when empty.
	Type  StoryType
	Place Place
}
