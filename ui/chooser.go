package ui

import (
	"strings"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partChooser is the list of a chooser.
const partChooser paneName = "chooser"

// choice is one row to choose from. Its texts are sanitised.
type choice struct {
	// key stands at the left, note at the right.
	key, text, note string
	// caption rows are headings: they cannot be chosen.
	caption bool
	// faint rows can be chosen but will say why nothing comes of it.
	faint bool
}

func (r choice) matches(words []string) bool {
	all := strings.ToLower(r.key + " " + r.text + " " + r.note)
	for _, w := range words {
		if !strings.Contains(all, w) {
			return false
		}
	}
	return true
}

// chooser is a list of a few hundred rows at most, with a filter: the palette,
// help, the log, projects, links.
type chooser struct {
	*shell
	title string
	rows  []choice
	// shown are the indices of the rows that match the filter.
	shown []int
	// selected and first index shown: the selected row and the uppermost one.
	selected, first int
	height          int
	filter          textinput.Model
	choose          func(i int) tea.Cmd
}

// newChooser asks to choose a row, to be opened with placeOverlay. choose is
// told its index in rows, when the chooser is closed; nil makes a list to read.
func newChooser(s *shell, title string, rows []choice, choose func(i int) tea.Cmd) *chooser {
	in := textinput.New()
	in.Prompt = ""
	in.CharLimit = 200
	in.SetVirtualCursor(false)
	c := &chooser{shell: s, title: title, rows: rows, filter: in, choose: choose}
	c.narrow()
	return c
}

// narrow finds the rows that match the filter.
func (c *chooser) narrow() {
	words := strings.Fields(strings.ToLower(c.filter.Value()))
	c.shown = c.shown[:0]
	for i, r := range c.rows {
		if r.caption && len(words) == 0 || !r.caption && r.matches(words) {
			c.shown = append(c.shown, i)
		}
	}
	c.selected, c.first = 0, 0
	c.settle(1)
}

// settle keeps the selection inside, off captions and in sight. Past a caption
// it goes on in the direction of step.
func (c *chooser) settle(step int) {
	last := len(c.shown) - 1
	c.selected = max(0, min(c.selected, last))
	for c.selected >= 0 && c.selected <= last && c.rows[c.shown[c.selected]].caption {
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

// Init puts the cursor into the filter.
func (c *chooser) Init() tea.Cmd { return c.filter.Focus() }

// Update types into the filter.
func (c *chooser) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
	case tea.PasteMsg:
		m.Content = line(m.Content)
		msg = m
	default:
		return nil
	}
	before := c.filter.Value()
	var cmd tea.Cmd
	c.filter, cmd = c.filter.Update(msg)
	if c.filter.Value() != before {
		c.narrow()
	}
	return cmd
}

// Handle moves, chooses and closes.
func (c *chooser) Handle(in intent) (tea.Cmd, bool) {
	switch in := in.(type) {
	case act:
		return c.act(in.id)
	case scroll:
		c.move(in.rows)
		return nil, true
	case selectRow:
		if i, ok := in.key.(int); ok {
			c.selected = i
			c.settle(1)
			return c.accept(), true
		}
	}
	return nil, false
}

func (c *chooser) act(id actionID) (tea.Cmd, bool) {
	switch id {
	case actNext:
		c.move(1)
	case actPrev:
		c.move(-1)
	case actPageDown:
		c.move(max(1, c.height))
	case actPageUp:
		c.move(-max(1, c.height))
	case actCancel:
		return c.close(), true
	case actAccept:
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
		return
	}
	c.settle(1)
}

func (c *chooser) accept() tea.Cmd {
	if c.choose == nil || len(c.shown) == 0 {
		return c.close()
	}
	i := c.shown[c.selected]
	return tea.Batch(c.close(), c.choose(i))
}

// Draw shows the filter and the rows.
func (c *chooser) Draw(cv *canvas, r rect) {
	in := cv.panel(r, min(100, r.w-4), min(len(c.rows)+3, max(6, r.h-2)), box{title: c.title})
	if in.empty() {
		return
	}
	value, at := visible(c.filter.Value(), c.filter.Position(), max(1, in.w-3))
	cv.text(in.x, in.y, min(2, in.w), theme.Accent, "/ ")
	if value == "" {
		cv.text(in.x+2, in.y, in.w-2, theme.Faint, "type to search")
	} else {
		cv.text(in.x+2, in.y, in.w-2, theme.Text, value)
	}
	cv.cursor = &position{min(in.x+2+at, in.x+in.w-1), in.y}
	c.height = max(0, in.h-1)
	c.settle(1)
	cv.hit(region{rect: in, wheel: partChooser})
	for i := range c.height {
		row := rect{in.x, in.y + 1 + i, in.w, 1}
		n := c.first + i
		if n >= len(c.shown) {
			cv.fill(row)
			continue
		}
		c.drawRow(cv, row, c.rows[c.shown[n]], n == c.selected)
		if !c.rows[c.shown[n]].caption {
			cv.hit(region{rect: row, click: selectRow{key: n}, wheel: partChooser})
		}
	}
}

func (c *chooser) drawRow(cv *canvas, r rect, row choice, selected bool) {
	if row.caption {
		cv.rule(r, row.text)
		return
	}
	const keyWidth = 12
	role, marker := theme.Text, "  "
	if row.faint {
		role = theme.Muted
	}
	if selected {
		marker = cv.theme.Glyph(theme.GlyphMarker) + " "
	}
	x := r.x
	cell := func(w int, role theme.Role, s string) {
		w = min(w, r.x+r.w-x)
		cv.text(x, r.y, w, role, s)
		x += max(0, w)
	}
	cell(2, theme.Accent, marker)
	if row.key != "" {
		cell(keyWidth, theme.Accent, row.key)
	}
	note := min(text.Width(row.note), max(0, r.x+r.w-x)*2/3)
	cell(r.x+r.w-x-note-1, role, row.text)
	cell(1, role, " ")
	cell(note, theme.Muted, row.note)
}

// Scopes has no letters: they are the filter's.
func (c *chooser) Scopes() []scope { return []scope{scopeChooser} }

// Disabled is never.
func (c *chooser) Disabled(actionID) string { return "" }
