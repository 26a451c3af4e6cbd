package tracker

import "time"

// StoryColumns is a project's stories as its columns show them.
type StoryColumns struct {
	Project Project
	Backlog []Card
	Icebox  []Card
	// Done holds what was accepted before the current iteration, oldest first.
	Done []Card
	// User is the name of the acting user.
	User string
}

// SnapshotQuery says what a Snapshot holds.
type SnapshotQuery struct {
	// Stories: the project and its columns.
	Stories bool
	// Counts: how many deliveries are in each state.
	Counts bool
	// Tickets: the integrations, and the tickets of one of them.
	Tickets bool
	// ToAnswer: those that are to be answered, where Tickets are asked for, too.
	ToAnswer bool
	// Panel is the integration whose tickets are shown; the first active one where
	// it is not an active one of the project.
	Panel IntegrationID
	// Order is that of the tickets where the user chose none, empty for the view's.
	Order TicketOrder
}

// Snapshot is what the board shows at one moment. What was not asked for is empty.
type Snapshot struct {
	// At is that moment.
	At      time.Time
	Stories StoryColumns
	// Epics come with Stories, and so do the initials that people chose, by their names.
	Epics    []Epic
	Initials map[string]string
	// Counts counts the deliveries of each state, those sent left out.
	Counts map[DeliveryState]int
	// Integrations are all of the project's, by name.
	Integrations []Integration
	// Absent are those that this program cannot send for, with who was there last that can.
	Absent map[IntegrationID]Sender
	// Tickets are those of the panel in their order; its integration has no id when
	// none is active.
	Tickets TicketList
	Order   TicketOrder
	// ToAnswer are tickets of the panel's account, in its view or not, those first
	// that wait longest.
	ToAnswer []TicketRow
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
	// Brought is what an imported story brought along.
	Brought Brought
	// Comments are oldest first, Activities and Deliveries newest first.
	Comments   []Comment
	Activities []Activity
	Deliveries []Delivery
	// Events are what happened on the linked tickets since they were linked, oldest first.
	Events []TicketEvent
}

// NewStory is a story to be added.
type NewStory struct {
	ProjectID         ProjectID
	Name, Description string
	// Type is a feature, and Requester the acting user, when empty.
	Type      StoryType
	Requester string
	// Owners and Labels are made clean as those of an edit.
	Owners, Labels []string
	Place          Place
	// Template describes the story by the template of its type, see [Templates].
	Template bool
	// Draft is the key of the draft in which the story was written, empty for none: it
	// is deleted with the same change.
	Draft string
}
