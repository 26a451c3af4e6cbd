package ui

import (
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/theme"
)

// sign is a symbol on rows that stands for words.
type sign struct {
	glyph theme.Glyph
	means string
}

// signs are the symbols of stories and tickets, in the order of a row; deliveries is the
// key that opens them.
func signs(deliveries string) []sign {
	return []sign{
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

// signRows explain the symbols in help.
func (g guide) signRows() []helpRow {
	all := signs(g.Keys.Key(keymap.ScopeGlobal, intent.ActDeliveries))
	list := make([]helpRow, 0, len(all))
	for _, s := range all {
		list = append(list, helpRow{row: dialog.Choice{Key: g.Theme.Glyph(s.glyph), Text: s.means}})
	}
	return list
}
