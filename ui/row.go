package ui

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// cell makes text from strangers safe for a row.
func cell(s string) string { return line(s) }

// ticketRow is a ticket as the Tickets pane shows it. Its texts are sanitised.
type ticketRow struct {
	id      tracker.TicketID
	status  tracker.TicketStatus
	subject string
	// linked is the youngest story made of it, its id 0 when there is none.
	linked tracker.StoryRef
	// badge names that story, such as "S-12 started"; more than one are counted.
	badge string
	// chat names the channel of a chat, empty for other tickets.
	chat    string
	url     string
	created time.Time
	// ticket is what a search asks, text where it looks for words.
	ticket  *tracker.TicketRow
	text    tracker.SearchText
	version uint64
}

func (r ticketRow) rowKey() tracker.TicketID { return r.id }
func (r ticketRow) rowVersion() uint64       { return r.version }

func newTicketRow(t tracker.TicketRow) ticketRow {
	r := ticketRow{
		id: t.ID, status: tracker.TicketStatus(cell(string(t.Status))), subject: cell(t.Subject), url: t.URL, created: t.CreatedAt,
		version: uint64(t.UpdatedAt.Unix()), //nolint:gosec // only compared
	}
	for _, s := range t.Stories {
		if s.ID > r.linked.ID {
			r.linked = s
		}
	}
	if r.linked.ID != 0 {
		r.badge = r.linked.ID.String() + " " + string(r.linked.State)
		if more := len(t.Stories) - 1; more > 0 {
			r.badge += " +" + strconv.Itoa(more)
		}
	}
	if t.Messaging {
		r.chat = cell(channelWord(t.Channel))
	}
	t.Subject = r.subject // where words are found they are highlighted
	r.ticket, r.text = &t, t.SearchText()
	r.version = mix(r.version, r.subject, r.badge, string(r.status), r.chat)
	return r
}

// channelWord names a channel for people: Zendesk's own messaging is a chat, too.
func channelWord(channel string) string {
	switch channel {
	case "", "native_messaging", "messaging", "chat":
		return "chat"
	}
	return strings.ReplaceAll(channel, "_", " ")
}

// subjectOf is how a ticket's subject is written; one that is empty says so.
func subjectOf(subject string) (theme.Role, string) {
	if strings.TrimSpace(subject) == "" {
		return theme.Muted, "(no subject)"
	}
	return theme.Text, cell(subject)
}

// letter is how a ticket's status is written in one cell.
func letter(s tracker.TicketStatus) string {
	first, _ := utf8.DecodeRuneInString(string(s))
	if first == utf8.RuneError {
		return "?"
	}
	if up := string(unicode.ToUpper(first)); text.Width(up) == 1 {
		return up
	}
	return "?"
}

// statusRole is the colour that people know from the desk.
func statusRole(s tracker.TicketStatus) theme.Role {
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

// storyRow is a story as a column shows it. There are ten thousand, of which some
// sixty are drawn: what only drawing needs is made then.
type storyRow struct {
	// card has a name that is sanitised; its owners are as they came.
	card tracker.Card
	// text is where a search looks for words.
	text    tracker.SearchText
	version uint64
	edge    edge
}

// edge is how wide the facts at the right edge of a column of stories are, in
// cells, so that they and the next actions stand below each other: the owners'
// initials and the number of tickets; 0 where no row has any.
type edge struct{ owners, tickets int }

// maxOwners is how many owners have their place at the right edge. A row with
// more takes more of its own.
const maxOwners = 2

// aligned gives rows of one column the same right edge.
func aligned(rows []storyRow) []storyRow {
	var widest edge
	for _, r := range rows {
		if n := min(len(r.card.Owners), maxOwners); n > 0 {
			widest.owners = max(widest.owners, n*len("AL ")-1)
		}
		if r.card.Tickets > 0 {
			widest.tickets = max(widest.tickets, len(strconv.Itoa(r.card.Tickets)))
		}
	}
	for i := range rows {
		rows[i].edge = widest
		rows[i].version = mixNumber(mixNumber(rows[i].version, uint64(widest.owners)), uint64(widest.tickets)) //nolint:gosec // only compared
	}
	return rows
}

func (r storyRow) rowKey() tracker.StoryID { return r.card.ID }
func (r storyRow) rowVersion() uint64      { return r.version }

// newStoryRow makes a row of a card, whose name it replaces by a safe one.
func newStoryRow(c tracker.Card, p tracker.Project) storyRow {
	c.Name = cell(c.Name)
	return storyRow{card: c, text: c.SearchText(), version: cardVersion(c, p)}
}

// cardVersion folds all that a story's row shows. The story's own version is not
// enough: one that was deleted and brought back begins anew.
func cardVersion(c tracker.Card, p tracker.Project) uint64 {
	points, news := uint64(0), uint64(0)
	if c.Estimate != nil {
		points = math.Float64bits(*c.Estimate) + 1
	}
	if c.News {
		news = 1
	}
	version := mix(points, c.Name, string(c.Type), string(c.State))
	for _, n := range [...]uint64{uint64(c.Version), uint64(p.Version), uint64(c.Tickets), uint64(c.Unsent), uint64(c.Parked), news} { //nolint:gosec // only compared
		version = mixNumber(version, n)
	}
	return mix(version, c.Owners...)
}

// owners are the initials of a story's owners.
func owners(c tracker.Card) string {
	names := make([]string, len(c.Owners))
	for i, o := range c.Owners {
		names[i] = initials(cell(o))
	}
	return strings.Join(names, " ")
}

// points writes an estimate: a number, "·" where one is missing, and "–" where
// none is asked for.
func points(c tracker.Card, p tracker.Project) string {
	switch {
	case c.Estimate != nil:
		return tracker.FormatPoints(*c.Estimate)
	case tracker.Estimatable(c.Type, p):
		return "–"
	}
	return "·"
}

// initials shortens a person's name to two letters.
func initials(name string) string {
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
	return cell(b.String())
}

func typeGlyph(t tracker.StoryType) (theme.Glyph, theme.Role) {
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

// fnvPrime is the multiplier of FNV-1a for 64 bits.
const fnvPrime = 1099511628211

// mix folds texts into a version (FNV-1a).
func mix(version uint64, texts ...string) uint64 {
	h := version ^ 14695981039346656037
	for _, s := range texts {
		for i := range len(s) {
			h = mixNumber(h, uint64(s[i]))
		}
		h = mixNumber(h, 0xFF)
	}
	return h
}

func mixNumber(version, n uint64) uint64 { return (version ^ n) * fnvPrime }
