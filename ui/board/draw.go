package board

import (
	"fmt"
	"time"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/list"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Draw shows the parts for which there is room.
func (b *Board) Draw(c *draw.Canvas, r draw.Rect) {
	if b.empty() {
		b.drawWelcome(c, r)
		return
	}
	focused := c.Focused
	b.room = r
	l := layout.Split(r, b.view)
	b.drawStrip(c, l.Strip)
	for _, placed := range l.Parts {
		part, at := placed.Name, placed.Rect
		c.Focused = focused && part == b.view.Focus
		const borders = 10 // what a border keeps beside its two texts
		facts := b.facts(part)
		frame := draw.Box{Title: b.titleIn(part, at.W-borders-text.Width(facts)), Facts: facts, Lit: b.moving != nil && !b.moving.out && b.moving.to == part}
		tabbed := part == b.view.Column && l.Tab != ""
		if c := b.columnOf(part); tabbed && len(c.Shown) == len(c.All) {
			frame.Facts = b.factsBeside(at, frame, l.Tab, facts, c.MarkFact(), b.count(part))
		}
		in := c.Box(at, frame)
		b.hitFrame(c, at, part)
		if tabbed {
			b.drawTab(c, b.tabAt(at, frame, l.Tab), l.Tab)
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

func (b *Board) drawTickets(c *draw.Canvas, r draw.Rect) {
	// All rows tell their ages at one moment, however long they have been cached.
	now := b.Service.Now().Truncate(time.Minute)
	b.tickets.Look = uint64(now.Unix() / 60) //nolint:gosec // only compared
	drawColumn(c, r, b.tickets, b.noTickets(), func(w *theme.RowWriter, t row.Ticket, marked bool) {
		t.Draw(w, c.Theme, marked, r.W/3, now, b.tickets.Highlights(t.Subject))
	})
}

// noTickets says why no ticket is shown.
func (b *Board) noTickets() string {
	switch {
	case !b.loaded:
		return setting.When(b.Slow(), "loading…")
	case len(b.integrations) == 0:
		return "No integration yet. " + b.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations) + " adds one."
	case b.panel == 0:
		return "No integration is active. Press " + b.Keys.Key(keymap.ScopeGlobal, intent.ActIntegrations) + " to list them, then " +
			b.Keys.Key(keymap.ScopeIntegrations, intent.ActSwitchIntegration) + " to turn one on."
	case b.tickets.Filter.Query != "":
		return "No ticket matches. " + b.Keys.Key(keymap.ScopeBoard, intent.ActBack) + " clears the filter."
	case len(b.tickets.All) > 0:
		return fmt.Sprintf("%s tickets with a story are hidden. %s shows them.", text.Count(len(b.tickets.All)), b.Keys.Key(keymap.ScopeBoard, intent.ActHideLinked))
	case b.fetch.Problem != "":
		return present.Cell(b.fetch.Problem)
	case b.fetch.ID == 0 || b.fetch.FinishedAt.IsZero():
		return setting.When(b.Slow(), "loading the view…")
	}
	return "This view has no tickets."
}

func (b *Board) drawStories(c *draw.Canvas, r draw.Rect, col *storyColumn) {
	b.layOutUnfolded(col, r.W)
	none := b.none(col.Name)
	switch {
	case !b.loaded:
		none = setting.When(b.Slow(), "loading…")
	case col.Filter.Query != "" && b.record(col.Name).Searched:
		none = "No story matches. " + b.Keys.Key(keymap.ScopeBoard, intent.ActFilter) + " searches for something else."
	case col.Filter.Query != "":
		none = "No story matches. " + b.Keys.Key(keymap.ScopeBoard, intent.ActBack) + " clears the filter."
	}
	drawColumn(c, r, col, none, func(w *theme.RowWriter, s row.Story, marked bool) {
		s.Draw(w, c.Theme, b.Project, marked, col.Highlights(s.Card.Name))
	})
	for y := range r.H {
		if i, ok := col.List.IndexAt(y); ok {
			if s, ok := col.Row(i); ok {
				b.words.Hit(c, r.Row(y), col.Name, s, b.Project)
			}
		}
	}
}

// drawWelcome is what a first start shows.
func (b *Board) drawWelcome(c *draw.Canvas, r draw.Rect) {
	type entry struct {
		id        intent.ActionID
		key, text string
	}
	var lines []entry
	column := 4
	add := func(s keymap.Scope, id intent.ActionID, what string) {
		key := b.Keys.Key(s, id)
		lines, column = append(lines, entry{id: id, key: key, text: what}), max(column, text.Width(key)+1)
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
	if b.Top() != pane.Pane(b) {
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
func (b *Board) Hint() string {
	if b.moving == nil {
		return ""
	}
	return b.moveHint()
}
