package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partChooser is the list of a chooser.
const partChooser intent.PaneName = "chooser"

// choice is one row to choose from. Its texts are sanitised.
type choice struct {
	// key stands at the left, note at the right. A name, such as an action's,
	// stands before the text and is what a search looks at first.
	key, name, text, note string
	// current is the row of what holds now: it says so and is selected at first.
	current bool
	// caption rows are headings: they cannot be chosen.
	caption bool
	// faint rows can be chosen but will say why nothing comes of it.
	faint bool
}

// chooser is a list of a few hundred rows at most, with a filter: the palette,
// help, the log, projects, links.
type chooser struct {
	*shell
	title string
	rows  []choice
	// shown are the rows that the search finds.
	shown []found
	// nameWidth is that of the names' column, in cells.
	nameWidth int
	// selected and first index shown: the selected row and the uppermost one.
	selected, first int
	height          int
	// least is how many rows there is room for at least.
	least  int
	filter *form.Line
	// hint stands in the empty filter.
	hint   string
	choose func(i int) tea.Cmd
	// tried is told the index of each row that gets selected, cancelled that
	// none was chosen; nil when nobody cares.
	tried     func(i int)
	cancelled func() tea.Cmd
	// beside is what a click beside it does, empty for nothing.
	beside intent.ActionID
}

// searchLimit is how many characters are searched for at most.
const searchLimit = 200

// newChooser asks to choose a row, to be opened with placeOverlay. choose is
// told its index in rows, when the chooser is closed; nil makes a list to read.
func newChooser(s *shell, title string, rows []choice, choose func(i int) tea.Cmd) *chooser {
	c := &chooser{shell: s, title: title, rows: rows, filter: form.NewLine(searchLimit, ""), hint: "type to search", choose: choose, beside: intent.ActCancel}
	c.measure()
	c.narrow()
	return c
}

// measure finds the width of the names' column.
func (c *chooser) measure() {
	c.nameWidth = 0
	for _, r := range c.rows {
		c.nameWidth = max(c.nameWidth, text.Width(r.name))
	}
}

// narrow finds the rows that answer the search; without one all are shown.
func (c *chooser) narrow() {
	c.selected, c.first = 0, 0
	if words := strings.Fields(c.filter.Value()); len(words) > 0 {
		c.shown = search(c.rows, words)
	} else {
		c.shown = make([]found, len(c.rows))
		for i := range c.rows {
			c.shown[i].row = i
		}
		c.selected = slices.IndexFunc(c.rows, func(r choice) bool { return r.current })
	}
	c.settle(1)
}

// row is the n-th row shown.
func (c *chooser) row(n int) choice { return c.rows[c.shown[n].row] }

// settle keeps the selection inside, off captions and in sight. Past a caption
// it goes on in the direction of step.
func (c *chooser) settle(step int) {
	last := len(c.shown) - 1
	c.selected = max(0, min(c.selected, last))
	for c.selected >= 0 && c.selected <= last && c.row(c.selected).caption {
		c.selected += step
	}
	if c.selected < 0 || c.selected > last {
		c.selected = max(0, min(c.selected, last))
		if step < 0 && last > 0 {
			c.settle(1)
		}
	}
	if c.height > 0 {
		c.first = max(min(c.first, c.selected), c.selected-c.height+1, 0)
	}
	if c.selected <= 1 {
		c.first = 0 // the caption above the first row
	}
}

// Init reads nothing.
func (c *chooser) Init() tea.Cmd { return nil }

// Update types into the filter.
func (c *chooser) Update(msg tea.Msg) tea.Cmd {
	before := c.filter.Value()
	cmd := c.filter.Update(msg)
	if c.filter.Value() != before {
		c.narrow()
	}
	return cmd
}

// Handle moves, chooses and closes.
func (c *chooser) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.Act:
		return c.act(in.ID)
	case intent.Scroll:
		c.move(in.Rows)
		return nil, true
	case intent.SelectRow:
		if i, ok := in.Key.(int); ok {
			c.selected = i
			c.settle(1)
			return c.accept(), true
		}
	}
	return nil, false
}

func (c *chooser) act(id intent.ActionID) (tea.Cmd, bool) {
	switch id {
	case intent.ActNext:
		c.move(1)
	case intent.ActPrev:
		c.move(-1)
	case intent.ActPageDown:
		c.move(max(1, c.height))
	case intent.ActPageUp:
		c.move(-max(1, c.height))
	case intent.ActCancel:
		return c.cancel(), true
	case intent.ActAccept:
		return c.accept(), true
	default:
		return nil, false
	}
	return nil, true
}

func (c *chooser) move(rows int) {
	c.selected += rows
	if rows < 0 {
		c.settle(-1)
	} else {
		c.settle(1)
	}
	if c.tried != nil && len(c.shown) > 0 {
		c.tried(c.shown[c.selected].row)
	}
}

func (c *chooser) cancel() tea.Cmd {
	if c.cancelled == nil {
		return c.close()
	}
	return tea.Batch(c.close(), c.cancelled())
}

func (c *chooser) accept() tea.Cmd {
	if c.choose == nil || len(c.shown) == 0 {
		return c.cancel()
	}
	i := c.shown[c.selected].row
	return tea.Batch(c.close(), c.choose(i))
}

// Draw shows the filter and the rows.
func (c *chooser) Draw(cv *draw.Canvas, r draw.Rect) {
	in := cv.Panel(r, min(100, r.W-4), min(max(len(c.rows), c.least, 1)+3, max(6, r.H-2)), draw.Box{Title: c.title, Beside: c.beside})
	if in.Empty() {
		return
	}
	value, at := c.filter.Visible(max(1, in.W-3))
	cv.Text(in.X, in.Y, min(2, in.W), theme.Accent, "/ ")
	if value == "" {
		cv.Text(in.X+2, in.Y, in.W-2, theme.Muted, c.hint)
	} else {
		cv.Text(in.X+2, in.Y, in.W-2, theme.Text, value)
	}
	cv.Cursor = &draw.Position{X: min(in.X+2+at, in.X+in.W-1), Y: in.Y}
	c.height = max(0, in.H-1)
	c.settle(1)
	cv.Hit(draw.Region{Rect: in, Wheel: partChooser})
	c.drawRows(cv, draw.Rect{X: in.X, Y: in.Y + 1, W: in.W, H: c.height})
}

func (c *chooser) drawRows(cv *draw.Canvas, r draw.Rect) {
	cv.Fill(r)
	if len(c.shown) == 0 {
		cv.Text(r.X+2, r.Y, r.W-2, theme.Muted, c.nothing())
	}
	for i := range min(r.H, len(c.shown)-c.first) {
		n := c.first + i
		c.drawRow(cv, r.Row(i), n)
		if !c.row(n).caption {
			cv.Hit(draw.Region{Rect: r.Row(i), Click: intent.SelectRow{Key: n}, Wheel: partChooser})
		}
	}
}

// nothing says why no row is shown.
func (c *chooser) nothing() string {
	if c.filter.Value() == "" {
		return "Nothing here yet"
	}
	return "nothing matches “" + draw.Line(c.filter.Value()) + "”"
}

// namedWidth is the least width at which names have a column of their own.
const namedWidth = 64

func (c *chooser) drawRow(cv *draw.Canvas, r draw.Rect, n int) {
	row, at := c.row(n), c.shown[n]
	if row.current {
		row.note = strings.TrimPrefix(row.note+" · now", " · ")
	}
	if row.caption {
		cv.Rule(r, row.text)
		return
	}
	const keyWidth = 12
	role, marker := theme.Text, "  "
	if row.faint {
		role = theme.Muted
	}
	if n == c.selected {
		marker = cv.Theme.Glyph(theme.GlyphMarker) + " "
	}
	x := r.X
	cell := func(w int, role theme.Role, s string, letters []int) {
		w = min(w, r.X+r.W-x)
		cv.Highlighted(x, r.Y, w, role, s, letters)
		x += max(0, w)
	}
	cell(2, theme.Accent, marker, nil)
	if row.key != "" {
		cell(keyWidth, theme.Accent, row.key, nil)
	}
	words := role
	if row.name != "" {
		w := text.Width(row.name)
		if r.W >= namedWidth {
			w = c.nameWidth
		}
		cell(w+2, role, row.name, at.name)
		words = theme.Muted
	}
	left := max(0, r.X+r.W-x)
	note := min(text.Width(row.note), left*2/3)
	if row.name != "" && text.Width(row.text)+1+text.Width(row.note) > left {
		note = 0 // the heading of an action says less than its help, a reason more
		if row.faint {
			note, row.text = min(text.Width(row.note), left-1), ""
		}
	}
	cell(left-note-1, words, row.text, at.text)
	cell(1, role, " ", nil)
	cell(note, theme.Muted, row.note, nil)
}

// Scopes has no letters: they are the filter's.
func (c *chooser) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopeChooser} }

// Disabled is never.
func (c *chooser) Disabled(intent.ActionID) string { return "" }
