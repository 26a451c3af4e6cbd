package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partChooser is the list of a chooser.
const partChooser intent.PaneName = "chooser"

// Choice is one row to choose from. Its texts are sanitised.
type Choice struct {
	// Key stands at the left, Note at the right. A name, such as an action's,
	// stands before the text and is what a search looks at first.
	Key, Name, Text, Note string
	// Current is the row of what holds now: it says so and is selected at first.
	Current bool
	// Caption rows are headings: they cannot be chosen.
	Caption bool
	// Faint rows can be chosen but will say why nothing comes of it.
	Faint bool
}

// Chooser is a list with a filter to choose from: the palette, help, the log,
// projects, links.
type Chooser struct {
	*pane.Host
	actions pane.Actions[*Chooser]
	title   string
	Rows    []Choice
	// Shown are the rows that the search finds.
	Shown []Found
	// nameWidth is that of the names' column, in cells.
	nameWidth int
	// Selected and first index shown: the selected row and the uppermost one.
	Selected, first int
	height          int
	// least is how many rows there is room for at least.
	least  int
	Filter *form.Line
	// hint stands in the empty filter.
	hint   string
	choose func(i int) tea.Cmd
	// Tried is called with the index of each row that gets selected, Cancelled when
	// none was chosen; nil for nothing.
	Tried     func(i int)
	Cancelled func() tea.Cmd
	// beside is what a click beside it does, empty for nothing.
	beside intent.ActionID
}

// searchLimit is how many characters are searched for at most.
const searchLimit = 200

func chooserActions() pane.Actions[*Chooser] {
	return pane.Actions[*Chooser]{
		pane.On(keymap.Action{ID: intent.ActAccept, Scope: keymap.ScopeChooser, Keys: keymap.Bind("enter", "choose", "enter"), Group: keymap.GroupText, Help: "choose the row", Footer: 1},
			(*Chooser).Accept),
		pane.On(keymap.Action{ID: intent.ActCancel, Scope: keymap.ScopeChooser, Keys: keymap.Bind("esc", "close", "esc"), Group: keymap.GroupText, Help: "close", Footer: 2},
			(*Chooser).cancel),
		pane.On(keymap.Action{ID: "next", Scope: keymap.ScopeChooser, Keys: keymap.Bind("↓", "next", "down", "ctrl+n"), Group: keymap.GroupText, Help: "go to the next row"},
			func(c *Chooser) tea.Cmd { return c.move(1) }),
		pane.On(keymap.Action{ID: "previous", Scope: keymap.ScopeChooser, Keys: keymap.Bind("↑", "previous", "up", "ctrl+p"), Group: keymap.GroupText, Help: "go to the previous row"},
			func(c *Chooser) tea.Cmd { return c.move(-1) }),
		pane.On(keymap.Action{ID: intent.ActPageDown, Scope: keymap.ScopeChooser, Keys: keymap.Bind("pgdn", "page down", "pgdown"), Group: keymap.GroupText, Help: "scroll down a page"},
			func(c *Chooser) tea.Cmd { return c.move(max(1, c.height)) }),
		pane.On(keymap.Action{ID: intent.ActPageUp, Scope: keymap.ScopeChooser, Keys: keymap.Bind("pgup", "page up", "pgup"), Group: keymap.GroupText, Help: "scroll up a page"},
			func(c *Chooser) tea.Cmd { return c.move(-max(1, c.height)) }),
	}
}

// NewChooser asks to choose a row, to be opened with [pane.Overlay]. choose gets
// its index in rows, when the chooser is closed; nil makes a list to read.
func NewChooser(s *pane.Host, title string, rows []Choice, choose func(i int) tea.Cmd) *Chooser {
	c := &Chooser{
		Host: s, actions: chooserActions(), title: title, Rows: rows, Filter: form.NewLine(searchLimit, ""), hint: "type to search",
		choose: choose, beside: intent.ActCancel,
	}
	c.Measure()
	c.Narrow()
	return c
}

// Measure finds the width of the names' column.
func (c *Chooser) Measure() {
	c.nameWidth = 0
	for _, r := range c.Rows {
		c.nameWidth = max(c.nameWidth, text.Width(r.Name))
	}
}

// Narrow finds the rows that match the search; without one all are shown.
func (c *Chooser) Narrow() {
	c.Selected, c.first = 0, 0
	if words := strings.Fields(c.Filter.Value()); len(words) > 0 {
		c.Shown = search(c.Rows, words)
	} else {
		c.Shown = make([]Found, len(c.Rows))
		for i := range c.Rows {
			c.Shown[i].Row = i
		}
		c.Selected = slices.IndexFunc(c.Rows, func(r Choice) bool { return r.Current })
	}
	c.Settle(1)
}

// row is the n-th row shown.
func (c *Chooser) row(n int) Choice { return c.Rows[c.Shown[n].Row] }

// Settle keeps the selection inside, off captions and in sight. Past a caption
// it goes on in the direction of step.
func (c *Chooser) Settle(step int) {
	last := len(c.Shown) - 1
	c.Selected = max(0, min(c.Selected, last))
	for c.Selected >= 0 && c.Selected <= last && c.row(c.Selected).Caption {
		c.Selected += step
	}
	if c.Selected < 0 || c.Selected > last {
		c.Selected = max(0, min(c.Selected, last))
		if step < 0 && last > 0 {
			c.Settle(1)
		}
	}
	if c.height > 0 {
		c.first = max(min(c.first, c.Selected), c.Selected-c.height+1, 0)
	}
	if c.Selected <= 1 {
		c.first = 0 // the caption above the first row
	}
}

// Init reads nothing.
func (c *Chooser) Init() tea.Cmd { return nil }

// Update types into the filter.
func (c *Chooser) Update(msg tea.Msg) tea.Cmd {
	before := c.Filter.Value()
	cmd := c.Filter.Update(msg)
	if c.Filter.Value() != before {
		c.Narrow()
	}
	return cmd
}

// Handle moves, chooses and closes.
func (c *Chooser) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case intent.Scroll:
		return c.move(in.Rows), true
	case intent.SelectRow:
		if i, ok := in.Key.(int); ok {
			c.Selected = i
			c.Settle(1)
			return c.Accept(), true
		}
	}
	return c.actions.Handle(c, in)
}

// move selects another row, which needs no command.
func (c *Chooser) move(rows int) tea.Cmd {
	c.Selected += rows
	if rows < 0 {
		c.Settle(-1)
	} else {
		c.Settle(1)
	}
	if c.Tried != nil && len(c.Shown) > 0 {
		c.Tried(c.Shown[c.Selected].Row)
	}
	return nil
}

func (c *Chooser) cancel() tea.Cmd {
	if c.Cancelled == nil {
		return c.Close()
	}
	return tea.Batch(c.Close(), c.Cancelled())
}

// Accept chooses the selected row.
func (c *Chooser) Accept() tea.Cmd {
	if c.choose == nil || len(c.Shown) == 0 {
		return c.cancel()
	}
	i := c.Shown[c.Selected].Row
	return tea.Batch(c.Close(), c.choose(i))
}

// Draw shows the filter and the rows.
func (c *Chooser) Draw(cv *draw.Canvas, r draw.Rect) {
	in := cv.Panel(r, min(100, r.W-4), min(max(len(c.Rows), c.least, 1)+3, max(6, r.H-2)), draw.Box{Title: c.title, Beside: c.beside})
	if in.Empty() {
		return
	}
	value, at := c.Filter.Visible(max(1, in.W-3))
	cv.Text(in.X, in.Y, min(2, in.W), theme.Accent, "/ ")
	if value == "" {
		cv.Text(in.X+2, in.Y, in.W-2, theme.Muted, c.hint)
	} else {
		cv.Text(in.X+2, in.Y, in.W-2, theme.Text, value)
	}
	cv.Cursor = &draw.Position{X: min(in.X+2+at, in.X+in.W-1), Y: in.Y}
	c.height = max(0, in.H-1)
	c.Settle(1)
	cv.Hit(draw.Region{Rect: in, Wheel: partChooser})
	c.drawRows(cv, draw.Rect{X: in.X, Y: in.Y + 1, W: in.W, H: c.height})
}

func (c *Chooser) drawRows(cv *draw.Canvas, r draw.Rect) {
	cv.Fill(r)
	if len(c.Shown) == 0 {
		cv.Text(r.X+2, r.Y, r.W-2, theme.Muted, c.nothing())
	}
	for i := range min(r.H, len(c.Shown)-c.first) {
		n := c.first + i
		c.drawRow(cv, r.Row(i), n)
		if !c.row(n).Caption {
			cv.Hit(draw.Region{Rect: r.Row(i), Click: intent.SelectRow{Key: n}, Wheel: partChooser})
		}
	}
}

// nothing says why no row is shown.
func (c *Chooser) nothing() string {
	if c.Filter.Value() == "" {
		return "Nothing here yet"
	}
	return "nothing matches “" + draw.Line(c.Filter.Value()) + "”"
}

// namedWidth is the least width at which names have a column of their own.
const namedWidth = 64

func (c *Chooser) drawRow(cv *draw.Canvas, r draw.Rect, n int) {
	row, at := c.row(n), c.Shown[n]
	if row.Current {
		row.Note = strings.TrimPrefix(row.Note+" · now", " · ")
	}
	if row.Caption {
		cv.Rule(r, row.Text)
		return
	}
	const keyWidth = 12
	role, marker := theme.Text, "  "
	if row.Faint {
		role = theme.Muted
	}
	if n == c.Selected {
		marker = cv.Theme.Glyph(theme.GlyphMarker) + " "
	}
	x := r.X
	cell := func(w int, role theme.Role, s string, letters []int) {
		w = min(w, r.X+r.W-x)
		cv.Highlighted(x, r.Y, w, role, s, letters)
		x += max(0, w)
	}
	cell(2, theme.Accent, marker, nil)
	if row.Key != "" {
		cell(keyWidth, theme.Accent, row.Key, nil)
	}
	words := role
	if row.Name != "" {
		w := text.Width(row.Name)
		if r.W >= namedWidth {
			w = c.nameWidth
		}
		cell(w+2, role, row.Name, at.name)
		words = theme.Muted
	}
	left := max(0, r.X+r.W-x)
	note := min(text.Width(row.Note), left*2/3)
	if row.Name != "" && text.Width(row.Text)+1+text.Width(row.Note) > left {
		note = 0 // the heading of an action says less than its help, a reason more
		if row.Faint {
			note, row.Text = min(text.Width(row.Note), left-1), ""
		}
	}
	cell(left-note-1, words, row.Text, at.text)
	cell(1, role, " ", nil)
	cell(note, theme.Muted, row.Note, nil)
}

// Scopes has no letters: they are the filter's.
func (c *Chooser) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopeChooser} }

// Disabled says why an action cannot be done now.
func (c *Chooser) Disabled(id intent.ActionID) string { return c.actions.Disabled(c, id) }
