package tracker

// Templates write the descriptions of new stories. A story without a ticket that has no
// description gets that of its type. A story from a ticket has the ticket's text, with
// the template above it.
type Templates interface {
	// Describe fills the template of a type in: empty where there is none, where it needs
	// a ticket and from is nil, and where from is a ticket that it does not name.
	Describe(kind StoryType, project string, from *Ticket) string
}
