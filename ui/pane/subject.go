package pane

import "storydesk/tracker"

// Subject is what the user's commands act on: the ticket or the story that the
// cursor is on. Of a ticket that has one story it names that, too.
type Subject struct {
	Integration tracker.IntegrationID
	Ticket      tracker.TicketID
	Story       tracker.StoryID
}

// Pointing is a pane whose cursor is on a ticket or a story.
type Pointing interface {
	// Subject is the zero value where the cursor is on neither.
	Subject() Subject
}

// Marking is a pane on which several tickets or stories can be marked, to act on all.
type Marking interface {
	Pointing
	// Marks counts the marked rows.
	Marks() int
	// Marked are what the marked rows are about, in their order.
	Marked() []Subject
}

// OnTicket is the subject of a ticket with these stories.
func OnTicket(in tracker.IntegrationID, id tracker.TicketID, stories []tracker.StoryRef) Subject {
	s := Subject{Integration: in, Ticket: id}
	if len(stories) == 1 {
		s.Story = stories[0].ID
	}
	return s
}
