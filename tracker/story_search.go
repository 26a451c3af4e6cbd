package tracker

import "time"

// SearchReader finds stories by what is written in them: name, description, comments and
// tasks, and their number, type, state, owners and labels.
type SearchReader interface {
	// FindStories lists the stories that q chooses, in the board's order.
	FindStories(q StorySearch) ([]StoryFound, error)
	// CardsOf is Cards of some stories only.
	CardsOf(project ProjectID, ids []StoryID) ([]Card, error)
	// Writings lists the description, the comments and the tasks of stories, in this order.
	Writings(ids []StoryID) ([]Writing, error)
	// FieldChanges lists what a project's stories have been through, oldest first: the
	// activities that change one of some fields, and those, as imported ones, whose verb
	// begins with one of some words in lower case.
	FieldChanges(project ProjectID, fields, verbs []string) ([]Activity, error)
	// LinkedTickets lists the tickets of each story of a project, with their key and the
	// status that they had when last seen, empty for one that never was.
	LinkedTickets(project ProjectID) (map[StoryID][]Ticket, error)
}

// StorySearch chooses stories of a project.
type StorySearch struct {
	Project ProjectID
	// Must, all in lower case, stand in what is written in a story. Of Others
	// [StoryFound.Said] has a bit each that do.
	Must, Others []string
	// Since is when the current iteration began: what was accepted before is in Done.
	Since time.Time
	// Facts, Names, Dates and Links ask for what costs time to read.
	Facts, Names, Dates, Links, Blockers bool
}

// StoryFound is a story that was found. Of its card there is the number, with the facts
// also type, state, estimate, people, labels and when it was accepted, with the blockers those
// that are open; CreatedAt, UpdatedAt and Links are there where they were asked for.
type StoryFound struct {
	Card
	InDone               bool
	Said                 uint64
	CreatedAt, UpdatedAt time.Time
	Links                []TicketID
}

// Writing is something that is written in a story; a comment has an author.
type Writing struct {
	Story              StoryID
	Kind, Author, Text string
}
