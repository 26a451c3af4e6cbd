package row

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
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
	// owners are their initials where somebody chose some, else empty.
	owners string
	// due is what a release with a deadline says of it, nil for all others.
	due *due
	// next is how wide the word for its next state is.
	next uint8
}

// edge is how wide the facts at the right edge of a column of stories are, in
// cells, so that they and the next actions stand below each other: the words for what
// comes next, the owners' initials, the number of tickets; 0 where no row has any.
// Its version is a part of each row's.
type edge struct {
	next, owners, tickets, number int
	// mixed is true where accepted stories stand among others: they say so then.
	mixed   bool
	version uint64
}

// maxOwners is how many owners a row names; of more it names one and counts the rest.
const maxOwners = 2

// Aligned gives rows of one column the same right edge.
func Aligned(rows []Story) []Story {
	var widest edge
	accepted, last := 0, tracker.StoryID(0)
	for i := range rows {
		r := &rows[i]
		last = max(last, r.Card.ID)
		if r.owners != "" {
			widest.owners = max(widest.owners, text.Width(r.owners))
		} else if n := min(len(r.Card.Owners), maxOwners); n > 0 {
			widest.owners = max(widest.owners, n*len("AL ")-1)
		}
		if r.Card.Tickets > 0 {
			widest.tickets = max(widest.tickets, len(strconv.Itoa(r.Card.Tickets)))
		}
		if r.next == accept {
			accepted++
		} else {
			widest.next = max(widest.next, int(r.next))
		}
	}
	if widest.mixed = accepted > 0 && accepted < len(rows); widest.mixed {
		widest.next = max(widest.next, len(acceptedWord))
	}
	widest.number = len(last.String())
	mixed := 0
	if widest.mixed {
		mixed = 1
	}
	widest.version = table.Version([...]int{widest.next, widest.owners, widest.tickets, widest.number, mixed})
	for i := range rows {
		rows[i].edge = widest
	}
	return rows
}

// accept is the width of what comes next for a story that is accepted.
const accept = 255

// acceptedWord stands where others have their next action.
const acceptedWord = "accepted"

// nextWidth is how wide the word for the next state is, in cells.
func nextWidth(c *tracker.Card) uint8 {
	switch c.State {
	case tracker.Started:
		return uint8(len(tracker.Finish))
	case tracker.Finished:
		return uint8(len(tracker.Deliver))
	case tracker.Delivered:
		return uint8(len(tracker.Accept))
	case tracker.Rejected:
		return uint8(len(tracker.Restart))
	case tracker.Accepted:
		return accept
	case tracker.Unscheduled, tracker.Unstarted, tracker.Planned:
		if c.Type == tracker.Release {
			return uint8(len(tracker.Finish))
		}
	}
	return uint8(len(tracker.Start))
}

// RowKey implements table.Row.
func (r Story) RowKey() tracker.StoryID { return r.Card.ID }

// RowVersion implements table.Row.
func (r Story) RowVersion() uint64 { return r.version ^ r.edge.version }

// NewStory makes a row of a card, whose name it replaces by a safe one.
func NewStory(c tracker.Card, p tracker.Project) Story {
	c.Name = present.Cell(c.Name)
	return Story{Card: c, Text: search.Card(&c).Text(), version: cardVersion(c, p), next: nextWidth(&c)}
}

// Called returns the row with the initials that people chose, by their names.
func (r Story) Called(chosen map[string]string) Story {
	if slices.ContainsFunc(r.Card.Owners, func(o string) bool { return chosen[o] != "" }) {
		r.owners = initialsOf(r.Card.Owners, chosen)
		r.version = table.Version([...]uint64{r.version, table.Text(r.owners)})
	}
	return r
}

// due says by when a release is due, and that it will be late, the shortest first.
type due struct {
	words []string
	role  theme.Role
}

// Due returns the row of a release that says by when it is due, and whether it will be
// late.
func (r Story) Due(late bool, now time.Time) Story {
	day := plan.Day(*r.Card.Deadline, now)
	r.due = &due{[]string{" " + day, " by " + day}, theme.Muted}
	if late {
		r.due = &due{[]string{" late", " " + day + " · late", " by " + day + " · late"}, theme.Danger}
	}
	r.version = table.Version([...]uint64{r.version, table.Text(r.due.words[1]), uint64(r.due.role)})
	return r
}

// Beside returns the row of a story that somebody else has open: it says so in place of its
// deadline, where there is room. brief is their initials and what they do.
func (r Story) Beside(brief string) Story {
	if brief == "" {
		return r
	}
	who, _, _ := strings.Cut(brief, " ")
	r.due = &due{[]string{" " + who, " " + brief}, theme.Accent}
	return r
}

// drawTitle draws the name, with what a release says of its deadline where the name
// keeps enough room, up to so many cells before the end.
func (r Story) drawTitle(w *theme.RowWriter, role theme.Role, matched []int, reserve int) {
	said := ""
	if r.due != nil {
		const enough = 12 // for the name
		room := w.Left() - reserve - min(enough, text.Width(r.Card.Name))
		for _, words := range r.due.words {
			if text.Width(words) <= room {
				said = words
			}
		}
	}
	w.FillMatched(role, r.Card.Name, matched, reserve+text.Width(said))
	if said != "" {
		w.Add(r.due.role, said)
	}
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
		uint64(c.Demand.Organizations), uint64(c.Demand.WaitingSince.Unix()), points, //nolint:gosec // only compared
		table.Text(c.Name), table.Text(string(c.Type)), table.Text(string(c.State)),
		uint64(c.Version), uint64(p.Version), uint64(c.Tickets), uint64(c.Unsent), uint64(c.Parked), news, //nolint:gosec // only compared
		uint64(c.Open.Blockers), uint64(c.Open.Blocks), uint64(c.Open.Reviews), //nolint:gosec // only compared
	})
	for _, owner := range c.Owners {
		version = table.Version([...]uint64{version, table.Text(owner)})
	}
	return version
}

// Draw draws the row by a plan, with what the story offers next in a project; the
// characters of the name at the offsets of matched stand out.
func (r Story) Draw(w *theme.RowWriter, t *theme.Theme, plan *Plan, p tracker.Project, marked bool, matched []int) {
	width := w.Left()
	done := r.Card.State == tracker.Accepted
	for i, c := range plan.columns {
		switch {
		case i > 0 && (c.Column != ColNext || i != plan.title+1):
			w.Space(1)
		case i == 0 && marked && !plan.has(ColType):
			w.Add(theme.Accent|theme.Bold, t.Glyph(theme.GlyphMarked))
			c.width--
		}
		switch c.Column {
		case ColType:
			glyph, role := present.TypeGlyph(r.Card.Type)
			switch {
			case marked:
				glyph, role = theme.GlyphMarked, theme.Accent|theme.Bold
			case done:
				role = theme.Muted
			}
			w.Add(role, t.Glyph(glyph))
		case ColName:
			r.drawName(w, t, plan, p, width, matched)
		case ColNext:
			if i != plan.title+1 {
				r.drawWords(w, r.placedWords(plan, p, width))
				w.SpaceTo(plan.behind(i))
			}
		default:
			role, cell := r.cell(t, c, p, plan)
			if c.right {
				cell = text.PadLeft(text.Truncate(cell, c.width), c.width)
			}
			w.Add(role, text.Fit(cell, c.width))
		}
	}
}

// drawName draws the name with the marks at the end of its room, and the next actions
// where they stand beside it.
func (r Story) drawName(w *theme.RowWriter, t *theme.Theme, plan *Plan, p tracker.Project, width int, matched []int) {
	role := theme.Text
	if r.Card.State == tracker.Accepted {
		role = theme.Muted
	}
	news, marks, blocked, parts := "", r.deliveryMarks(t), r.blockedMark(t), r.partMarks(t)
	if r.Card.News {
		news = " " + t.Glyph(theme.GlyphUnread)
	}
	end := plan.behind(plan.title)
	if !plan.nextBesideName() {
		r.drawTitle(w, role, matched, end+text.Width(news)+text.Width(marks)+text.Width(blocked)+text.Width(parts))
		w.Add(theme.Accent|theme.Bold, news)
		w.Add(theme.Warning, marks)
		w.Add(theme.Danger, blocked)
		w.Add(theme.Muted, parts)
		return
	}
	placed := r.placedWords(plan, p, width)
	r.drawTitle(w, role, matched, end+placed.extra+text.Width(news)+text.Width(marks)+text.Width(blocked)+text.Width(parts))
	w.Add(theme.Accent|theme.Bold, news)
	w.Add(theme.Warning, marks)
	w.Add(theme.Danger, blocked)
	w.Add(theme.Muted, parts)
	r.drawWords(w, placed)
	w.SpaceTo(plan.behind(plan.title + 1))
}

// drawWords draws the next actions; a story that is accepted says so instead.
func (r Story) drawWords(w *theme.RowWriter, placed placedWords) {
	if len(placed.words) == 0 && r.edge.mixed && r.Card.State == tracker.Accepted {
		w.Space(placed.blanks)
		w.Add(theme.Muted, acceptedWord)
		return
	}
	w.Space(placed.blanks - 1)
	for i, word := range placed.words {
		if i > 0 || placed.blanks > 0 {
			w.Space(1)
		}
		w.Add(word.role, word.text)
	}
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

// blockedMark shows that the story waits for something.
func (r Story) blockedMark(t *theme.Theme) string {
	if r.Card.Open.Blockers == 0 || r.Card.State == tracker.Accepted {
		return ""
	}
	return " " + t.Glyph(theme.GlyphBlocked)
}

// partMarks show that others wait for the story, and that a review is not done.
func (r Story) partMarks(t *theme.Theme) string {
	marks := ""
	if r.Card.Open.Blocks > 0 && r.Card.State != tracker.Accepted {
		marks += " " + t.Glyph(theme.GlyphBlocks)
	}
	if r.Card.Open.Reviews > 0 && r.Card.State != tracker.Accepted {
		marks += " " + t.Glyph(theme.GlyphReview)
	}
	return marks
}

// cell is what a column says of the story, and in which role.
func (r Story) cell(t *theme.Theme, c planned, p tracker.Project, plan *Plan) (theme.Role, string) {
	switch c.Column {
	case ColEstimate:
		// In the name's colour: every change of colour is sent again when rows scroll.
		if r.Card.State == tracker.Accepted {
			return theme.Muted, present.Points(r.Card, p)
		}
		return theme.Text, present.Points(r.Card, p)
	case ColNumber:
		return theme.Muted, r.Card.ID.String()
	case ColState:
		return theme.Muted, string(r.Card.State)
	case ColLabels:
		return theme.Muted, present.Cell(strings.Join(r.Card.Labels, ", "))
	case ColOwner:
		return theme.Muted, " " + r.ownersCell()
	case ColTickets:
		if r.Card.Tickets > 0 {
			return theme.Muted, t.Glyph(theme.GlyphTickets) + " " + text.PadLeft(strconv.Itoa(r.Card.Tickets), r.edge.tickets)
		}
	case ColOrganisations:
		if n := r.Card.Demand.Organizations; n > 0 {
			return theme.Muted, strconv.Itoa(n)
		}
	case ColWaiting:
		return theme.Muted, ageOf(time.Unix(plan.minute*60, 0), r.Card.Demand.WaitingSince)
	default: // the others are drawn by themselves
	}
	return theme.Muted, ""
}

// ownersCell are the initials of a story's owners.
func (r Story) ownersCell() string {
	if r.owners != "" {
		return r.owners
	}
	return initialsOf(r.Card.Owners, nil)
}

func initialsOf(owners []string, chosen map[string]string) string {
	if n := len(owners); n > maxOwners {
		return present.Owners(owners[:1], chosen) + " +" + strconv.Itoa(n-1)
	}
	return present.Owners(owners, chosen)
}
