package conversation

import "storydesk/tracker"

// BoundTexts cuts comments as a conversation does.
func BoundTexts(comments []tracker.TicketComment) { boundTexts(comments) }
