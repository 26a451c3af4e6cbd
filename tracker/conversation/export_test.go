package conversation

import (
	"time"

	"storydesk/tracker"
)

// BoundTexts cuts comments as a conversation does.
func BoundTexts(comments []tracker.TicketComment) { boundTexts(comments) }

// Turns returns what takes the requests of previews.
func Turns() func(host string, perMinute, cost int, now time.Time) time.Duration {
	t := newTurns()
	return t.take
}
