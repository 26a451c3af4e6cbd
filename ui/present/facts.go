package present

import (
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/ui/draw"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Cell makes text from strangers safe for a row.
func Cell(s string) string { return draw.Line(s) }

// Letter is how a ticket's status is written in one cell.
func Letter(s tracker.TicketStatus) string {
	first, _ := utf8.DecodeRuneInString(string(s))
	if first == utf8.RuneError {
		return "?"
	}
	if up := string(unicode.ToUpper(first)); text.Width(up) == 1 {
		return up
	}
	return "?"
}

// StatusRole is the colour of a status in Zendesk.
func StatusRole(s tracker.TicketStatus) theme.Role {
	switch s {
	case tracker.TicketNew:
		return theme.StatusNew
	case tracker.TicketOpen:
		return theme.StatusOpen
	case tracker.TicketPending:
		return theme.StatusPending
	case tracker.TicketHold:
		return theme.StatusHold
	case tracker.TicketSolved, tracker.TicketClosed:
		return theme.StatusSolved
	}
	return theme.Muted
}

// Owners are the initials of a story's owners, with those that people chose by their names.
func Owners(owners []string, chosen map[string]string) string {
	short := make([]string, len(owners))
	for i, o := range owners {
		short[i] = InitialsOf(o, chosen)
	}
	return strings.Join(short, " ")
}

// InitialsOf are the initials that somebody chose, or those of their name.
func InitialsOf(name string, chosen map[string]string) string {
	if own := chosen[name]; own != "" {
		return Cell(own)
	}
	return Initials(Cell(name))
}

// Points writes an estimate: a number, "·" where one is missing, and "–" where
// none is asked for.
func Points(c tracker.Card, p tracker.Project) string {
	switch {
	case c.Estimate != nil:
		return tracker.FormatPoints(*c.Estimate)
	case tracker.Estimatable(c.Type, p):
		return "–"
	}
	return "·"
}

// Initials shortens a person's name to two letters.
func Initials(name string) string {
	var b strings.Builder
	words := strings.Fields(name)
	if len(words) == 1 {
		first, _ := text.Cut(words[0], 2)
		return strings.ToUpper(first)
	}
	for _, w := range words[:min(2, len(words))] {
		first, _ := text.Cut(w, 2)
		r, _ := utf8.DecodeRuneInString(first)
		b.WriteRune(unicode.ToUpper(r))
	}
	return Cell(b.String())
}

// TypeGlyph is the sign of a story's type.
func TypeGlyph(t tracker.StoryType) (theme.Glyph, theme.Role) {
	switch t {
	case tracker.Feature:
		return theme.GlyphFeature, theme.Feature
	case tracker.Bug:
		return theme.GlyphBug, theme.Bug
	case tracker.Chore:
		return theme.GlyphChore, theme.Chore
	case tracker.Release:
		return theme.GlyphRelease, theme.Release
	}
	return theme.GlyphFeature, theme.Muted
}

// Capital writes a word with a capital.
func Capital(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// PointsOf writes an estimate with its unit.
func PointsOf(st tracker.Story) string {
	if st.Estimate == nil {
		return ""
	}
	return PointCount(*st.Estimate)
}

// Named writes a fact, which may come from strangers, behind its name.
func Named(name, fact string) string {
	if fact = draw.Line(fact); fact == "" {
		return ""
	}
	return name + " " + fact
}

// Fits reports whether a row has room for a fact at its right end, and is not half
// of it.
func Fits(width int, row []draw.Run, fact string) bool {
	reserve := text.Width(fact) + 1
	if reserve > width/2 {
		return false
	}
	room := width - reserve
	for _, r := range row {
		room -= text.Width(r.Text)
	}
	return room >= 0
}

// StatusMark is the letter of a ticket's status with its colour.
func StatusMark(s tracker.TicketStatus) (string, theme.Role) {
	return Letter(tracker.TicketStatus(Cell(string(s)))), StatusRole(s)
}

// TicketMark is the mark of a ticket's status, or the sign of the type of a feed's item,
// which has none.
func TicketMark(th *theme.Theme, t tracker.Ticket) (string, theme.Role) {
	if !kind.IsItem(t.TicketKey) {
		return StatusMark(t.Status)
	}
	glyph, role := TypeGlyph(t.StoryType())
	return th.Glyph(glyph), role
}

// Demand says how many organisations wait for a story and how long, the longest.
func Demand(tickets []tracker.Ticket, now time.Time) string {
	organisations := map[string]bool{}
	since := now
	for _, t := range tickets {
		if !waiting(t) {
			continue
		}
		if t.Organization != "" {
			organisations[t.Organization] = true
		}
		if t.CreatedAt.Before(since) {
			since = t.CreatedAt
		}
	}
	switch len(organisations) {
	case 0:
		return ""
	case 1:
		return "1 organisation waits " + text.Age(now, since)
	}
	return strconv.Itoa(len(organisations)) + " organisations wait up to " + text.Age(now, since)
}

// waiting reports whether somebody still waits for an answer on a ticket.
func waiting(t tracker.Ticket) bool {
	return t.Status != "" && t.Status != tracker.TicketSolved && t.Status != tracker.TicketClosed
}

// Waits says for how long a customer has been waiting.
func Waits(t tracker.Ticket, now time.Time) string {
	if waiting(t) {
		return "waits " + text.Age(now, t.CreatedAt)
	}
	return draw.Line(string(t.Status))
}

// Byline says who and how long ago, in a fixed width.
func Byline(who string, at, now time.Time) string {
	return text.Fit(Initials(Cell(who)), 2) + " " + text.Fit(text.Age(now, at), 3) + "  "
}

// OrNone is a text, or says that there is none.
func OrNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
