package row

import (
	"math"
	"strconv"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Story is a story as a column shows it. There are ten thousand, of which some
// sixty are drawn: what only drawing needs is made then.
type Story struct {
	// Card has a name that is sanitised; its owners are as they came.
	Card tracker.Card
	// Text is where a search looks for words.
	Text    search.Text
	version uint64
	edge    edge
}

// edge is how wide the facts at the right edge of a column of stories are, in
// cells, so that they and the next actions stand below each other: the owners'
// initials and the number of tickets; 0 where no row has any. Its version is a part
// of each row's.
type edge struct {
	owners, tickets int
	version         uint64
}

// maxOwners is how many owners have their place at the right edge. A row with
// more takes more of its own.
const maxOwners = 2

// Aligned gives rows of one column the same right edge.
func Aligned(rows []Story) []Story {
	var widest edge
	for _, r := range rows {
		if n := min(len(r.Card.Owners), maxOwners); n > 0 {
			widest.owners = max(widest.owners, n*len("AL ")-1)
		}
		if r.Card.Tickets > 0 {
			widest.tickets = max(widest.tickets, len(strconv.Itoa(r.Card.Tickets)))
		}
	}
	widest.version = table.Version([...]int{widest.owners, widest.tickets})
	for i := range rows {
		rows[i].edge = widest
	}
	return rows
}

// RowKey implements table.Row.
func (r Story) RowKey() tracker.StoryID { return r.Card.ID }

// RowVersion implements table.Row.
func (r Story) RowVersion() uint64 { return r.version ^ r.edge.version }

// NewStory makes a row of a card, whose name it replaces by a safe one.
func NewStory(c tracker.Card, p tracker.Project) Story {
	c.Name = present.Cell(c.Name)
	return Story{Card: c, Text: search.Card(&c).Text(), version: cardVersion(c, p)}
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
	version := table.Version([...]uint64{
		points, table.Text(c.Name), table.Text(string(c.Type)), table.Text(string(c.State)),
		uint64(c.Version), uint64(p.Version), uint64(c.Tickets), uint64(c.Unsent), uint64(c.Parked), news, //nolint:gosec // only compared
	})
	for _, owner := range c.Owners {
		version = table.Version([...]uint64{version, table.Text(owner)})
	}
	return version
}

// Draw draws the row with what the story offers next in a project; the characters
// of the name at the offsets of matched stand out.
func (r Story) Draw(w *theme.RowWriter, t *theme.Theme, p tracker.Project, marked bool, matched []int) {
	glyph, role := present.TypeGlyph(r.Card.Type)
	if marked {
		glyph, role = theme.GlyphMarked, theme.Accent|theme.Bold
	}
	width := w.Left()
	w.Add(role, t.Glyph(glyph))
	// In the name's colour: every change of colour is sent again when rows scroll.
	w.Add(theme.Text, " "+text.PadLeft(present.Points(r.Card, p), 2)+" ")
	words := nextWords(r, p, width)
	after := r.factsAfter(t)
	news, marks := "", r.deliveryMarks(t)
	if r.Card.News {
		news = " " + t.Glyph(theme.GlyphUnread)
	}
	w.FillMatched(theme.Text, r.Card.Name, matched, text.Width(news)+text.Width(marks)+wordsWidth(words)+text.Width(after))
	w.Add(theme.Accent|theme.Bold, news)
	w.Add(theme.Warning, marks)
	for _, word := range words {
		w.Add(word.role, " "+word.text)
	}
	w.Add(theme.Muted, after)
}

// deliveryMarks show private comments that have not been sent or that need a decision.
func (r Story) deliveryMarks(t *theme.Theme) string {
	marks := ""
	if r.Card.Unsent > 0 {
		marks += " " + t.Glyph(theme.GlyphWaiting)
	}
	if r.Card.Parked > 0 {
		marks += " " + t.Glyph(theme.GlyphParked)
	}
	return marks
}

// factsAfter are what stands right of the next action.
func (r Story) factsAfter(t *theme.Theme) string {
	facts := ""
	if who := present.Owners(r.Card); who != "" || r.edge.owners > 0 {
		facts = "  " + text.Pad(who, r.edge.owners)
	}
	count := ""
	if r.Card.Tickets > 0 {
		count = " " + t.Glyph(theme.GlyphTickets) + " " + text.PadLeft(strconv.Itoa(r.Card.Tickets), r.edge.tickets)
	}
	if r.edge.tickets > 0 {
		count = text.Pad(count, text.Width(t.Glyph(theme.GlyphTickets))+len("  ")+r.edge.tickets)
	}
	return facts + count
}
