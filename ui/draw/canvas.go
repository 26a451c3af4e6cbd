package draw

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"storydesk/ui/intent"
	"storydesk/ui/text"
	"storydesk/ui/theme"
	"storydesk/ui/tty"
)

// Canvas builds one frame. Panes put text on it; what is put later covers what
// was put before. It remembers where the mouse can do what, and where text is
// being typed. A canvas is used again for the next frame.
type Canvas struct {
	Theme *theme.Theme
	// Method is how the renderer counts cells: by cluster where the terminal
	// reports mode 2027, else by code point.
	Method ansi.Method
	// Focused tells the pane that draws now that it has the focus.
	Focused bool
	// Cursor is where text is being typed, nil when nowhere.
	Cursor *Position

	w, h int
	// size is how many bytes the last frame had.
	size int
	// Layer is the index of the pane that draws now.
	Layer   int
	lines   [][]span
	regions []Region
}

// Position is a cell of the screen, zero-based from the top left.
type Position struct{ X, Y int }

// span is a piece of a line: text that is exactly w cells wide.
type span struct {
	X, W int
	Text string
}

// Region is where the mouse can do something.
type Region struct {
	Rect Rect
	// Row is the row drawn here: a click selects it, two open it, a drag picks
	// it up, and what is dragged over it is dropped there. The zero value is none.
	Row intent.SelectRow
	// Click and double say what the user wants who clicks or clicks twice; they
	// stand above what row means.
	Click, double intent.Intent
	// Edge is -1 on the upper edge of a part that scrolls, 1 on the lower; tab
	// is true on the name of a part that is not shown.
	Edge int
	Tab  bool
	// Divider names the part at the left of the divider that is drawn here.
	Divider intent.PaneName
	// Wheel names the part that the wheel scrolls.
	Wheel intent.PaneName
	Layer int
}

// Reset begins a frame of w×h.
func (c *Canvas) Reset(t *theme.Theme, w, h int) {
	c.Theme, c.w, c.h, c.Cursor, c.Focused, c.Layer = t, w, h, nil, false, 0
	c.regions = c.regions[:0]
	for len(c.lines) < h {
		c.lines = append(c.lines, nil)
	}
	c.lines = c.lines[:h]
	for i := range c.lines {
		c.lines[i] = c.lines[i][:0]
	}
}

// Put puts text that is exactly w cells wide at (x, y), over what is there.
// Escape sequences in it must end what they begin. What lies outside the frame
// is cut off.
func (c *Canvas) Put(x, y, w int, s string) {
	if y < 0 || y >= c.h || w <= 0 || x >= c.w || x+w <= 0 {
		return
	}
	if x < 0 || x+w > c.w {
		left, right := max(0, -x), min(w, c.w-x)
		s = text.Slice(s, left, right)
		x, w = x+left, right-left
	}
	c.lines[y] = splice(c.lines[y], span{x, w, s})
}

// splice puts a span into a line of spans in order, and cuts away what it covers.
func splice(line []span, s span) []span {
	if n := len(line); n == 0 || line[n-1].X+line[n-1].W <= s.X {
		return append(line, s)
	}
	// Where nothing is covered it goes between: the inside of a border.
	for i, old := range line {
		if s.X+s.W <= old.X {
			if i == 0 || line[i-1].X+line[i-1].W <= s.X {
				return slices.Insert(line, i, s)
			}
			break
		}
	}
	var left, right []span
	for _, old := range line {
		if old.X < s.X {
			left = append(left, old.slice(old.X, min(old.X+old.W, s.X)))
		}
		if end := old.X + old.W; end > s.X+s.W {
			right = append(right, old.slice(max(old.X, s.X+s.W), end))
		}
	}
	line = append(line[:0], left...)
	line = append(line, s)
	return append(line, right...)
}

// slice is the part of a span from column x to column end.
func (s span) slice(x, end int) span {
	if x == s.X && end == s.X+s.W {
		return s
	}
	return span{x, end - x, text.Slice(s.Text, x-s.X, end-s.X)}
}

// Text puts sanitised text in a role, cut or padded to exactly w cells.
func (c *Canvas) Text(x, y, w int, role theme.Role, s string) {
	if w > 0 {
		c.Put(x, y, w, c.Theme.Paint(role, text.Fit(s, w)))
	}
}

// Highlighted is text with the clusters at some offsets of s made to stand out.
func (c *Canvas) Highlighted(x, y, w int, role theme.Role, s string, at []int) {
	if len(at) == 0 || w <= 0 {
		c.Text(x, y, w, role, s)
		return
	}
	var b strings.Builder
	lit, from := false, 0
	flush := func(to int) {
		look := role
		if lit {
			look = theme.Match
		}
		b.WriteString(c.Theme.Paint(look, s[from:to]))
		from = to
	}
	s = text.Fit(s, w)
	for i := 0; i < len(s); {
		if slices.Contains(at, i) != lit {
			flush(i)
			lit = !lit
		}
		i += len(text.Next(s[i:]))
	}
	flush(len(s))
	c.Put(x, y, w, b.String())
}

// Fill puts blanks over r, so that nothing below shows through.
func (c *Canvas) Fill(r Rect) {
	blank := strings.Repeat(" ", max(0, r.W))
	for y := r.Y; y < r.Y+r.H; y++ {
		c.Put(r.X, y, r.W, blank)
	}
}

// Clicked is what a click on the region means, nil for nothing.
func (g Region) Clicked(twice bool) intent.Intent {
	switch {
	case twice && g.double != nil:
		return g.double
	case g.Click != nil:
		return g.Click
	case g.Row.Key == nil && g.Row.Part != "":
		return intent.FocusPart{Part: g.Row.Part}
	case g.Row.Part == "":
		return nil
	case twice:
		return intent.ActOn{Row: g.Row, ID: intent.ActOpen}
	}
	return g.Row
}

// Held is what a drag that begins in the region takes hold of, nil for nothing.
func (g Region) Held() intent.Intent {
	switch {
	case g.Divider != "":
		return intent.Divide{Part: g.Divider}
	case g.Row.Key != nil && g.Click == nil:
		return intent.Grab{Row: g.Row, Dragged: true}
	}
	return nil
}

// Identity tells what a click hits: what is there, else the place.
func (g Region) Identity(at Position) any {
	switch {
	case g.Click != nil:
		return g.Click
	case g.Row.Key != nil:
		return g.Row
	}
	return at
}

// Hit records what the mouse can do in a rectangle. What is recorded later
// stands above.
func (c *Canvas) Hit(g Region) {
	g.Layer = c.Layer
	c.regions = append(c.regions, g)
}

// At finds the uppermost region at a cell.
func (c *Canvas) At(x, y int) (Region, bool) {
	for i := len(c.regions) - 1; i >= 0; i-- {
		if c.regions[i].Rect.contains(x, y) {
			return c.regions[i], true
		}
	}
	return Region{}, false
}

// String joins the lines, each exactly as wide as the frame.
func (c *Canvas) String() string {
	var b strings.Builder
	const spare = 1 << 10 // a little more than the last time: then it need not grow
	b.Grow(max(c.h*c.w*2, c.size+spare))
	for y, line := range c.lines {
		if y > 0 {
			b.WriteByte('\n')
		}
		x := 0
		for _, s := range line {
			b.WriteString(spaces(s.X - x))
			b.WriteString(text.Anchored(s.Text, s.X, c.w, c.Method, tty.Mark))
			x = s.X + s.W
		}
		b.WriteString(spaces(c.w - x))
	}
	c.size = b.Len()
	return b.String()
}

func spaces(n int) string { return strings.Repeat(" ", max(0, n)) }
