package ui

import "storydesk/ui/theme"

// sign is what stands on rows in place of words.
type sign struct {
	glyph theme.Glyph
	means string
}

// signs are those of stories and tickets, in the order of a row.
func signs() []sign {
	return []sign{
		{theme.GlyphFeature, "a feature"},
		{theme.GlyphBug, "a bug"},
		{theme.GlyphChore, "a chore"},
		{theme.GlyphRelease, "a release"},
		{theme.GlyphUnread, "a linked ticket changed unseen: a reply or any edit"},
		{theme.GlyphWaiting, "notes of the story wait to be sent"},
		{theme.GlyphParked, "a note of the story is parked and needs a decision: d"},
		{theme.GlyphTickets, "how many tickets are linked to the story"},
		{theme.GlyphDelivered, "the ticket's story, or a note that reached its ticket"},
	}
}

// signRows explain the signs in help.
func (a *app) signRows() []helpRow {
	list := make([]helpRow, 0, len(signs()))
	for _, s := range signs() {
		list = append(list, helpRow{row: choice{key: a.theme.Glyph(s.glyph), text: s.means}})
	}
	return list
}
