package tracker

import "time"

// Board is a project's stories as its columns show them.
type Board struct {
	Project Project
	Backlog []Card
	Icebox  []Card
	// Done holds what was accepted before the current iteration, oldest first.
	Done []Card
	// Mine holds what the acting user owns and nobody has accepted yet, whatever
	// its column.
	Mine []Card
}

// ColumnOf tells which column shows a story. Accepted work stays on top of the
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
	// Comments are oldest first, Activities and Deliveries newest first.
	Comments   []Comment
	Activities []Activity
	Deliveries []Delivery
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
