package tracker

// FromTickets is a story to be made from tickets, or one of each.
type FromTickets struct {
	Integration IntegrationID
	// Tickets is one or more; the first gives name and description.
	Tickets []TicketID
	// Each makes one story of each ticket, each below the one before.
	Each bool
	// Name and Type replace what follows from the ticket, when not empty.
	Name string
	Type StoryType
	// Owners and Labels are those of each story.
	Owners, Labels []string
	// Template describes each story by the template of its type, too, see [Templates].
	Template bool
	Place    Place
	// Again makes a story even when a ticket has one.
	Again bool
}

// CutMark ends a description that was cut.
const CutMark = "\n[…]"
