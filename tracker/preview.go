package tracker

// Preview is a private comment as it would be sent now.
type Preview struct {
	// Tickets are those that it goes to.
	Tickets []TicketID
	// HTML is what Zendesk is sent, cut and made harmless as it will be. It is
	// empty where only the status changes.
	HTML string
	// Opens is true where tickets that are new are opened.
	Opens bool
}

// PreviewReference stands in a preview for the end of a private comment's reference, which
// is given when the private comment is made.
const PreviewReference = "xxxxxx"
