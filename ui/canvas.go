package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"storydesk/ui/text"
	"storydesk/ui/theme"
	"storydesk/ui/tty"
)

// canvas builds one frame. Panes put text on it; what is put later covers what
// was put before. It remembers where the mouse can do what, and where text is
// being typed. A canvas is used again for the next frame.
type canvas struct {
	theme *theme.Theme
	// method is how the renderer counts cells: by cluster where the terminal
	// reports mode 2027, else by code point.
	method ansi.Method
	// focused tells the pane that draws now that it has the focus.
	focused bool
	// cursor is where text is being typed, nil when nowhere.
	cursor *position

	w, h int
	// layer is the index of the pane that draws now.
	layer   int
	lines   [][]span
	regions []region
}

// position is a cell of the screen, zero-based from the top left.
type position struct{ x, y int }

// span is a piece of a line: text that is exactly w cells wide.
type span struct {
	x, w int
	text string
}

// region is where the mouse can do something.
type region struct {
	rect rect
	// row is the row drawn here: a click selects it, two open it, a drag picks
	// it up, and what is dragged over it is dropped there. The zero value is none.
	row selectRow
	// click and double say what the user wants who clicks or clicks twice; they
	// stand above what row means.
	click, double intent
	// edge is -1 on the upper edge of a part that scrolls, 1 on the lower; tab
	// is true on the name of a part that is not shown.
	edge int
	tab  bool
	// divider names the part at the left of the divider that is drawn here.
	divider paneName
	// wheel names the part that the wheel scrolls.
	wheel paneName
	layer int
}

// reset begins a frame of w×h.
func (c *canvas) reset(t *theme.Theme, w, h int) {
	c.theme, c.w, c.h, c.cursor, c.focused, c.layer = t, w, h, nil, false, 0
	c.regions = c.regions[:0]
	for len(c.lines) < h {
		c.lines = append(c.lines, nil)
	}
	c.lines = c.lines[:h]
	for i := range c.lines {
		c.lines[i] = c.lines[i][:0]
	}
}

// put puts text that is exactly w cells wide at (x, y), over what is there.
// Escape sequences in it must end what they begin. What lies outside the frame
// is cut off.
func (c *canvas) put(x, y, w int, s string) {
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
	if n := len(line); n == 0 || line[n-1].x+line[n-1].w <= s.x {
		return append(line, s)
	}
	// Where nothing is covered it goes between: the inside of a border.
	for i, old := range line {
		if s.x+s.w <= old.x {
			if i == 0 || line[i-1].x+line[i-1].w <= s.x {
				return slices.Insert(line, i, s)
			}
			break
		}
	}
	var left, right []span
	for _, old := range line {
		if old.x < s.x {
			left = append(left, old.slice(old.x, min(old.x+old.w, s.x)))
		}
		if end := old.x + old.w; end > s.x+s.w {
			right = append(right, old.slice(max(old.x, s.x+s.w), end))
		}
	}
	line = append(line[:0], left...)
	line = append(line, s)
	return append(line, right...)
}

// slice is the part of a span from column x to column end.
func (s span) slice(x, end int) span {
	if x == s.x && end == s.x+s.w {
		return s
	}
	return span{x, end - x, text.Slice(s.text, x-s.x, end-s.x)}
}

// text puts sanitised text in a role, cut or padded to exactly w cells.
func (c *canvas) text(x, y, w int, role theme.Role, s string) {
	if w > 0 {
		c.put(x, y, w, c.theme.Paint(role, text.Fit(s, w)))
	}
}

// highlighted is text with the clusters at some offsets of s made to stand out.
func (c *canvas) highlighted(x, y, w int, role theme.Role, s string, at []int) {
	if len(at) == 0 || w <= 0 {
		c.text(x, y, w, role, s)
		return
	}
	var b strings.Builder
	lit, from := false, 0
	flush := func(to int) {
		look := role
		if lit {
			look = theme.Match
		}
		b.WriteString(c.theme.Paint(look, s[from:to]))
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
	c.put(x, y, w, b.String())
}

// fill puts blanks over r, so that nothing below shows through.
func (c *canvas) fill(r rect) {
	blank := strings.Repeat(" ", max(0, r.w))
	for y := r.y; y < r.y+r.h; y++ {
		c.put(r.x, y, r.w, blank)
	}
}

// clicked is what a click on the region means, nil for nothing.
func (g region) clicked(twice bool) intent {
	switch {
	case twice && g.double != nil:
		return g.double
	case g.click != nil:
		return g.click
	case g.row.key == nil && g.row.part != "":
		return focusPart{g.row.part}
	case g.row.part == "":
		return nil
	case twice:
		return actOn{g.row, actOpen}
	}
	return g.row
}

// held is what a drag that begins in the region takes hold of, nil for nothing.
func (g region) held() intent {
	switch {
	case g.divider != "":
		return divide{part: g.divider}
	case g.row.key != nil && g.click == nil:
		return grab{row: g.row, dragged: true}
	}
	return nil
}

// identity tells what a click hits: what is there, else the place.
func (g region) identity(at position) any {
	switch {
	case g.click != nil:
		return g.click
	case g.row.key != nil:
		return g.row
	}
	return at
}

// hit records what the mouse can do in a rectangle. What is recorded later
// stands above.
func (c *canvas) hit(g region) {
	g.layer = c.layer
	c.regions = append(c.regions, g)
}

// at finds the uppermost region at a cell.
func (c *canvas) at(x, y int) (region, bool) {
	for i := len(c.regions) - 1; i >= 0; i-- {
		if c.regions[i].rect.contains(x, y) {
			return c.regions[i], true
		}
	}
	return region{}, false
}

// String joins the lines, each exactly as wide as the frame.
func (c *canvas) String() string {
	var b strings.Builder
	b.Grow(c.h * c.w * 2)
	for y, line := range c.lines {
		if y > 0 {
			b.WriteByte('\n')
		}
		x := 0
		for _, s := range line {
			b.WriteString(spaces(s.x - x))
			b.WriteString(text.Anchored(s.text, s.x, c.w, c.method, tty.Mark))
			x = s.x + s.w
		}
		b.WriteString(spaces(c.w - x))
	}
	return b.String()
}

func spaces(n int) string { return strings.Repeat(" ", max(0, n)) }
