package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/list"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Draw shows the parts for which there is room.
func (b *board) Draw(c *draw.Canvas, r draw.Rect) {
	if b.empty() {
		b.drawWelcome(c, r)
		return
	}
	focused := c.Focused
	b.room = r
	l := layoutBoard(r, b.view)
	b.drawStrip(c, l.strip)
	for _, placed := range l.parts {
		part, at := placed.name, placed.rect
		c.Focused = focused && part == b.view.focus
		const borders = 10 // what a border keeps beside its two texts
		facts := b.facts(part)
		frame := draw.Box{Title: b.titleIn(part, at.W-borders-text.Width(facts)), Facts: facts, Lit: b.moving != nil && !b.moving.out && b.moving.to == part}
		tabbed := part == b.view.column && l.tab != ""
		if c := b.columnOf(part); tabbed && len(c.Shown) == len(c.All) {
			frame.Facts = b.factsBeside(at, frame, l.tab, facts, c.MarkFact(), b.count(part))
		}
		in := c.Box(at, frame)
		b.hitFrame(c, at, part)
		if tabbed {
			b.drawTab(c, b.tabAt(at, frame, l.tab), l.tab)
		}
		if part == intent.PaneTickets {
			b.drawTickets(c, in)
		} else {
			b.drawStories(c, in, b.columnOf(part))
		}
	}
	b.hitDividers(c, l)
	c.Focused = focused
}

// drawColumn draws the visible rows and records where they are. A part without
// rows says why.
func drawColumn[K comparable, R table.Row[K]](c *draw.Canvas, r draw.Rect, col *table.Column[K, R], none string, draw func(w *theme.RowWriter, row R, marked bool)) {
	frame := list.Frame{Width: r.W, Height: r.H, Focused: c.Focused, Generation: c.Theme.Generation()}
	lines := col.List.Draw(frame, func(dst []byte, i int, flags list.Flags) []byte {
		if line, ok := col.InsetLine(i); ok {
			w := c.Theme.Row(dst, r.W, theme.Plain)
			col.DrawInset(&w, c.Theme, line)
			return w.End()
		}
		row, ok := col.Row(i)
		if !ok {
			w := c.Theme.Row(dst, r.W, theme.Plain)
			w.Add(theme.Accent|theme.Bold, c.Theme.Glyph(theme.GlyphDrop)+" here")
			return w.End()
		}
		ground, marker := theme.Plain, " "
		if flags&list.Selected != 0 {
			marker = c.Theme.Glyph(theme.GlyphMarker)
			if c.Focused {
				ground = theme.Selected
			}
		}
		if g := col.Ground(row.RowKey()); g != theme.Plain {
			ground = g
		}
		w := c.Theme.Row(dst, r.W, ground)
		w.Add(theme.Accent, marker)
		draw(&w, row, flags&list.Marked != 0)
		return w.End()
	})
	for y, l := range lines {
		c.Put(r.X, r.Y+y, r.W, l)
	}
	hitRows(c, r, col)
	if col.Len() > 0 || r.Empty() {
		return
	}
	for i, l := range text.Wrap(none, max(1, r.W-2)) {
		if i < r.H {
			c.Text(r.X+1, r.Y+i, r.W-1, theme.Muted, l)
		}
	}
}

// hitRows records what the mouse can do with the rows of a column.
func hitRows[K comparable, R table.Row[K]](c *draw.Canvas, r draw.Rect, col *table.Column[K, R]) {
	for y := range r.H {
		at := draw.Region{Rect: r.Row(y), Row: intent.SelectRow{Part: col.Name}, Wheel: col.Name}
		switch y {
		case 0:
			at.Edge = -1
		case r.H - 1:
			at.Edge = 1
		}
		if i, ok := col.List.IndexAt(y); ok {
			at.Row.Key = col.KeyAt(i)
		}
		c.Hit(at)
	}
}

func (b *board) drawTickets(c *draw.Canvas, r draw.Rect) {
	// All rows tell their ages at one moment, however long they have been cached.
	now := b.service.Now().Truncate(time.Minute)
	b.tickets.Look = uint64(now.Unix() / 60) //nolint:gosec // only compared
	drawColumn(c, r, b.tickets, b.noTickets(), func(w *theme.RowWriter, t ticketRow, marked bool) {
		drawTicket(w, c.Theme, t, marked, r.W/3, now, b.tickets.Highlights(t.subject))
	})
}

// The most and the fewest cells that a row gives the name of a chat's channel.
const (
	maxChannel   = 10
	shortChannel = 4
)

// drawTicket draws a row; its story's state is named where that takes no more
// than room cells.
func drawTicket(w *theme.RowWriter, t *theme.Theme, row ticketRow, marked bool, room int, now time.Time, matched []int) {
	if marked {
		w.Add(theme.Accent|theme.Bold, t.Glyph(theme.GlyphMarked))
	} else {
		w.Add(present.StatusRole(row.status), present.Letter(row.status))
	}
	w.Add(theme.Muted, " "+text.Pad(row.id.String(), 5)+" ")
	badge := ""
	if row.badge != "" {
		badge = " " + t.Glyph(theme.GlyphDelivered) + " " + row.badge
		if text.Width(badge) > room {
			badge = " " + t.Glyph(theme.GlyphDelivered) + " " + row.linked.ID.String()
		}
	}
	chat := ""
	if row.chat != "" {
		chat = " " + text.Truncate(row.chat, min(maxChannel, max(shortChannel, room/2)))
	}
	age := text.PadLeft(text.Age(now, row.created), 4)
	role, subject := subjectOf(row.subject)
	w.FillMatched(role, subject, matched, text.Width(chat)+text.Width(badge)+text.Width(age))
	w.Add(theme.Accent, chat)
	w.Add(theme.Success, badge)
	w.Add(theme.Muted, age)
}

// noTickets says why no ticket is shown.
func (b *board) noTickets() string {
	switch {
	case !b.loaded:
		return when(b.slow(), "loading…")
	case len(b.integrations) == 0:
		return "No integration yet. " + b.keys.Key(keymap.ScopeGlobal, intent.ActIntegrations) + " adds one."
	case b.panel == 0:
		return "No integration is active. Press " + b.keys.Key(keymap.ScopeGlobal, intent.ActIntegrations) + " to list them, then " +
			b.keys.Key(keymap.ScopeIntegrations, actSwitchIntegration) + " to turn one on."
	case b.tickets.Filter.Query != "":
		return "No ticket matches. " + b.keys.Key(keymap.ScopeBoard, intent.ActBack) + " clears the filter."
	case len(b.tickets.All) > 0:
		return fmt.Sprintf("%s tickets with a story are hidden. %s shows them.", text.Count(len(b.tickets.All)), b.keys.Key(keymap.ScopeBoard, intent.ActHideLinked))
	case b.fetch.Problem != "":
		return present.Cell(b.fetch.Problem)
	case b.fetch.ID == 0 || b.fetch.FinishedAt.IsZero():
		return when(b.slow(), "loading the view…")
	}
	return "This view has no tickets."
}

func (b *board) drawStories(c *draw.Canvas, r draw.Rect, col *storyColumn) {
	b.layOutUnfolded(col, r.W)
	none := b.none(col.Name)
	switch {
	case !b.loaded:
		none = when(b.slow(), "loading…")
	case col.Filter.Query != "" && b.record(col.Name).searched:
		none = "No story matches. " + b.keys.Key(keymap.ScopeBoard, intent.ActFilter) + " searches for something else."
	case col.Filter.Query != "":
		none = "No story matches. " + b.keys.Key(keymap.ScopeBoard, intent.ActBack) + " clears the filter."
	}
	drawColumn(c, r, col, none, func(w *theme.RowWriter, s storyRow, marked bool) {
		b.drawStory(w, c.Theme, s, marked, col.Highlights(s.card.Name))
	})
	for y := range r.H {
		if i, ok := col.List.IndexAt(y); ok {
			b.hitActions(c, r.Row(y), col, i)
		}
	}
}

func (b *board) drawStory(w *theme.RowWriter, t *theme.Theme, s storyRow, marked bool, matched []int) {
	glyph, role := present.TypeGlyph(s.card.Type)
	if marked {
		glyph, role = theme.GlyphMarked, theme.Accent|theme.Bold
	}
	width := w.Left()
	w.Add(role, t.Glyph(glyph))
	// In the name's colour: every change of colour is sent again when rows scroll.
	w.Add(theme.Text, " "+text.PadLeft(present.Points(s.card, b.project), 2)+" ")
	words := b.nextWords(s, width)
	after := s.factsAfter(t)
	news, marks := "", s.deliveryMarks(t)
	if s.card.News {
		news = " " + t.Glyph(theme.GlyphUnread)
	}
	w.FillMatched(theme.Text, s.card.Name, matched, text.Width(news)+text.Width(marks)+wordsWidth(words)+text.Width(after))
	w.Add(theme.Accent|theme.Bold, news)
	w.Add(theme.Warning, marks)
	for _, word := range words {
		w.Add(word.role, " "+word.text)
	}
	w.Add(theme.Muted, after)
}

// word is a next action as it stands on a row.
type word struct {
	text string
	role theme.Role
	// want is what a click on it asks for.
	want func(intent.SelectRow) intent.Intent
}

// doing makes what a word asks for: an action on its row.
func doing(id intent.ActionID) func(intent.SelectRow) intent.Intent {
	return func(row intent.SelectRow) intent.Intent { return intent.ActOn{Row: row, ID: id} }
}

func wordsWidth(words []word) int {
	n := 0
	for _, w := range words {
		n += 1 + text.Width(w.text)
	}
	return n
}

// nextWords are what a story offers next; a story without an estimate offers
// the point scale where there is room.
func (b *board) nextWords(s storyRow, width int) []word {
	const roomForScale = 48
	next := tracker.Actions(s.card.Type, s.card.State, s.card.Estimate, b.project)
	words := make([]word, 0, len(next))
	for _, a := range next {
		w := word{strings.ToUpper(string(a[:1])) + string(a[1:]), theme.Muted, doing(intent.ActAdvance)}
		switch a {
		case tracker.Finish:
			w.role = theme.Accent
		case tracker.Deliver:
			w.role = theme.Warning
		case tracker.Accept:
			w.role = theme.Success
		case tracker.Reject:
			w.role, w.want = theme.Danger, doing(intent.ActReject)
		case tracker.Estimate:
			if width >= roomForScale {
				words = append(words, b.scaleWords()...)
				continue
			}
			w.want = doing(intent.ActEstimate)
		case tracker.Start, tracker.Restart:
		}
		words = append(words, w)
	}
	return words
}

// scaleWords are the points that a story can be given, each for a click.
func (b *board) scaleWords() []word {
	words := make([]word, len(b.project.PointScale))
	for i, points := range b.project.PointScale {
		words[i] = word{tracker.FormatPoints(points), theme.Muted, func(row intent.SelectRow) intent.Intent { return intent.EstimateAs{Row: row, Points: points} }}
	}
	return words
}

// deliveryMarks tell of notes that have not left or that need a decision.
func (s storyRow) deliveryMarks(t *theme.Theme) string {
	marks := ""
	if s.card.Unsent > 0 {
		marks += " " + t.Glyph(theme.GlyphWaiting)
	}
	if s.card.Parked > 0 {
		marks += " " + t.Glyph(theme.GlyphParked)
	}
	return marks
}

// factsAfter are what stands right of the next action.
func (s storyRow) factsAfter(t *theme.Theme) string {
	facts := ""
	if who := present.Owners(s.card); who != "" || s.edge.owners > 0 {
		facts = "  " + text.Pad(who, s.edge.owners)
	}
	count := ""
	if s.card.Tickets > 0 {
		count = " " + t.Glyph(theme.GlyphTickets) + " " + text.PadLeft(strconv.Itoa(s.card.Tickets), s.edge.tickets)
	}
	if s.edge.tickets > 0 {
		count = text.Pad(count, text.Width(t.Glyph(theme.GlyphTickets))+len("  ")+s.edge.tickets)
	}
	return facts + count
}

// wordsKey is all that the next actions of a drawn row depend on while the
// project stays the same.
type wordsKey struct {
	part    intent.PaneName
	story   tracker.StoryID
	version uint64
	width   int
	look    uint64
}

// maxWords is how many rows' next actions are kept: those of some screens.
const maxWords = 2000

// hitActions records where the next actions of a visible row can be clicked.
// They are kept from frame to frame: making them costs more than drawing.
func (b *board) hitActions(c *draw.Canvas, r draw.Rect, col *storyColumn, i int) {
	s, ok := col.Row(i)
	if !ok {
		return
	}
	key := wordsKey{col.Name, s.card.ID, s.version, r.W, c.Theme.Generation()}
	regions, ok := b.words[key]
	if !ok {
		if len(b.words) >= maxWords {
			clear(b.words)
		}
		regions = b.wordRegions(c.Theme, col.Name, s, r.W)
		b.words[key] = regions
	}
	for _, g := range regions {
		g.Rect.X, g.Rect.Y = g.Rect.X+r.X, r.Y
		c.Hit(g)
	}
}

// wordRegions are the regions of a row's next actions, from the row's left end.
func (b *board) wordRegions(t *theme.Theme, part intent.PaneName, s storyRow, width int) []draw.Region {
	words := b.nextWords(s, width-1)
	regions := make([]draw.Region, len(words))
	x := width - text.Width(s.factsAfter(t)) - wordsWidth(words)
	row := intent.SelectRow{Part: part, Key: s.card.ID}
	for i, w := range words {
		n := text.Width(w.text)
		regions[i] = draw.Region{Rect: draw.Rect{X: x + 1, Y: 0, W: n, H: 1}, Row: row, Wheel: part, Click: w.want(row)}
		x += 1 + n
	}
	return regions
}

// drawWelcome is what a first start shows.
func (b *board) drawWelcome(c *draw.Canvas, r draw.Rect) {
	type entry struct {
		id        intent.ActionID
		key, text string
	}
	var lines []entry
	column := 4
	add := func(s keymap.Scope, id intent.ActionID, what string) {
		key := b.keys.Key(s, id)
		lines, column = append(lines, entry{id, key, what}), max(column, text.Width(key)+1)
	}
	add(keymap.ScopeWelcome, intent.ActConnect, "add a Zendesk integration")
	if b.offersSandbox {
		add(keymap.ScopeSandbox, intent.ActSandbox, "explore with sample tickets")
	}
	add(keymap.ScopeWelcome, intent.ActNew, "create stories without Zendesk")
	at := r.Centre(38, len(lines)+4)
	c.Text(at.X, at.Y, at.W, theme.Accent|theme.Bold, "storydesk")
	c.Text(at.X, at.Y+1, at.W, theme.Muted, "Zendesk tickets beside your backlog.")
	// While something else has the keys, the first start's name above all, these
	// would go into its text.
	if b.top() != pane(b) {
		return
	}
	for i, l := range lines {
		y := at.Y + 3 + i
		c.Text(at.X, y, column, theme.Accent, l.key)
		c.Text(at.X+column, y, at.W-column, theme.Text, l.text)
		c.Hit(draw.Region{Rect: draw.Rect{X: at.X, Y: y, W: at.W, H: 1}, Click: intent.Act{ID: l.id}})
	}
}

// Hint says what dropping would do now, while something is moved.
func (b *board) Hint() string {
	if b.moving == nil {
		return ""
	}
	return b.moveHint()
}
