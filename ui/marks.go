package ui

import (
	"strings"
	"unicode"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

// typeMark is the glyph of a story's type with its colour.
func typeMark(t tracker.StoryType) (theme.Glyph, theme.Role) {
	switch t {
	case tracker.Bug:
		return theme.GlyphBug, theme.Bug
	case tracker.Chore:
		return theme.GlyphChore, theme.Chore
	case tracker.Release:
		return theme.GlyphRelease, theme.Release
	default:
		return theme.GlyphFeature, theme.Feature
	}
}

// statusMark is the letter of a ticket's status with its colour. A status that
// we do not know shows its own first letter; none at all is a dot.
func statusMark(s tracker.TicketStatus) (string, theme.Role) {
	letter := "·"
	if word := line(string(s)); word != "" {
		letter = string(unicode.ToUpper([]rune(word)[0]))
	}
	switch s {
	case tracker.TicketNew:
		return letter, theme.StatusNew
	case tracker.TicketOpen:
		return letter, theme.StatusOpen
	case tracker.TicketPending:
		return letter, theme.StatusPending
	case tracker.TicketHold:
		return letter, theme.StatusHold
	case tracker.TicketSolved, tracker.TicketClosed:
		return letter, theme.StatusSolved
	default:
		return letter, theme.Muted
	}
}

// deliveryMark is the glyph of a delivery's state with its colour.
func deliveryMark(s tracker.DeliveryState) (theme.Glyph, theme.Role) {
	switch s {
	case tracker.DeliverySending:
		return theme.GlyphSending, theme.Accent
	case tracker.DeliveryDelivered:
		return theme.GlyphDelivered, theme.Success
	case tracker.DeliveryParked:
		return theme.GlyphParked, theme.Danger
	case tracker.DeliveryDropped:
		return theme.GlyphDash, theme.Muted
	default:
		return theme.GlyphWaiting, theme.Warning
	}
}

// initials shortens a person's name to two letters: AL for Ada Lovelace, AD
// for ada.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(words) == 0 {
		return ""
	}
	first := []rune(words[0])
	if len(words) == 1 {
		return strings.ToUpper(string(first[:min(2, len(first))]))
	}
	last := []rune(words[len(words)-1])
	return strings.ToUpper(string([]rune{first[0], last[0]}))
}
