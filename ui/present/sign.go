package present

import "storydesk/ui/theme"

// Sign is a symbol on rows that stands for words.
type Sign struct {
	Glyph theme.Glyph
	Means string
}

// Signs are the symbols of stories and tickets, in the order of a row; deliveries is the
// key that opens them.
func Signs(deliveries string) []Sign {
	return []Sign{
		{theme.GlyphFeature, "a feature"},
		{theme.GlyphBug, "a bug"},
		{theme.GlyphChore, "a chore"},
		{theme.GlyphRelease, "a release"},
		{theme.GlyphUnread, "new, or changed since you last saw it: a ticket, or a story with such a ticket"},
		{theme.GlyphUrgent, "an urgent ticket"},
		{theme.GlyphHigh, "a ticket of high priority"},
		{theme.GlyphBreached, "a ticket whose SLA is breached, where the SLA has no column"},
		{theme.GlyphWaiting, "private comments are waiting to be sent"},
		{theme.GlyphParked, "a private comment is parked; press " + deliveries + " to decide"},
		{theme.GlyphTickets, "number of linked tickets"},
		{theme.GlyphDelivered, "all stories of a ticket are accepted, or a comment was sent"},
	}
}
