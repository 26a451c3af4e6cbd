package draw

import (
	"strings"

	"storydesk/ui/intent"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Box is a border with what is written on it. The texts are sanitised.
type Box struct {
	// Title stands at the left of the upper border, facts at its right.
	Title, Facts string
	// Foot stands at the left of the lower border, behind what is offered there.
	Foot   string
	Offers []Offer
	// Lit draws the border as that of a target even when it has no focus.
	Lit bool
	// Beside is what a click beside a dialogue does, empty for nothing.
	Beside intent.ActionID
}

// Offer is an action that can be clicked on a border.
type Offer struct {
	Text string
	ID   intent.ActionID
}

// footer is what stands on the lower border.
func (b Box) footer() string {
	texts := make([]string, 0, len(b.Offers)+1)
	for _, o := range b.Offers {
		texts = append(texts, o.Text)
	}
	return JoinFacts("  ", append(texts, b.Foot)...)
}

// Box draws a border around r and returns the room inside.
func (c *Canvas) Box(r Rect, b Box) Rect {
	if r.W < 2 || r.H < 2 {
		return Rect{}
	}
	border := c.Theme.Border(c.Focused)
	role := border.Role
	if b.Lit {
		role = theme.Accent
	}
	top := c.edge(r.W-2, border.Horizontal, role, b.Title, b.Facts)
	bottom := c.edge(r.W-2, border.Horizontal, role, b.footer(), "")
	side := c.Theme.Paint(role, border.Vertical)
	c.Put(r.X, r.Y, r.W, c.Theme.Paint(role, border.TopLeft)+top+c.Theme.Paint(role, border.TopRight))
	for y := r.Y + 1; y < r.Y+r.H-1; y++ {
		c.Put(r.X, y, 1, side)
		c.Put(r.X+r.W-1, y, 1, side)
	}
	c.Put(r.X, r.Y+r.H-1, r.W, c.Theme.Paint(role, border.BottomLeft)+bottom+c.Theme.Paint(role, border.BottomRight))
	x := r.X + 3
	for _, o := range b.Offers {
		w := min(text.Width(o.Text), r.X+r.W-2-x)
		c.Hit(Region{Rect: Rect{x, r.Y + r.H - 1, w, 1}, Click: intent.Act{ID: o.ID}})
		x += w + 2
	}
	return r.Inside()
}

// separator stands between facts. The last ones give way first where there is no room.
const separator = " · "

// edge is a horizontal border of w cells with a text near each end.
func (c *Canvas) edge(w int, line string, role theme.Role, left, right string) string {
	const room = 4 // a line and a space at either end
	if left != "" {
		left = text.Truncate(left, max(0, w-room))
	}
	for right != "" && text.Width(left)+text.Width(right)+2*room > w {
		right = right[:max(0, strings.LastIndex(right, separator))]
	}
	var b strings.Builder
	rest := w
	if left != "" && w > room {
		b.WriteString(c.Theme.Paint(role, line) + c.Theme.Paint(c.titleRole(), " "+left+" "))
		rest -= text.Width(left) + 3
	}
	if right == "" {
		b.WriteString(c.Theme.Paint(role, strings.Repeat(line, max(0, rest))))
		return b.String()
	}
	b.WriteString(c.Theme.Paint(role, strings.Repeat(line, max(0, rest-text.Width(right)-3))))
	b.WriteString(c.Theme.Paint(theme.Muted, " "+right+" ") + c.Theme.Paint(role, line))
	return b.String()
}

func (c *Canvas) titleRole() theme.Role {
	if c.Focused {
		return theme.Accent
	}
	return theme.Text
}

// Panel draws a dialogue of at most w×h in the middle of r, over what is
// there, and returns the room inside. Clicks beside it reach nothing below.
func (c *Canvas) Panel(r Rect, w, h int, b Box) Rect { return c.Box(c.Clear(r, w, h, b.Beside), b) }

// Clear makes room for a dialogue of at most w×h in the middle of r and returns it.
// A click beside it does what beside says and reaches nothing below.
func (c *Canvas) Clear(r Rect, w, h int, beside intent.ActionID) Rect {
	around := Region{Rect: r}
	if beside != "" {
		around.Click = intent.Act{ID: beside}
	}
	c.Hit(around)
	r = r.Centre(w, h)
	c.Hit(Region{Rect: r})
	c.Fill(r)
	return r
}

// Rule draws a line with a caption across r's first row: the head of a section.
func (c *Canvas) Rule(r Rect, caption string) {
	line := c.Theme.Border(false).Horizontal
	label := text.Truncate(caption, max(0, r.W-6))
	rest := r.W - text.Width(label) - 4
	if rest < 0 {
		c.Text(r.X, r.Y, r.W, theme.Muted, label)
		return
	}
	c.Put(r.X, r.Y, r.W, c.Theme.Paint(theme.Faint, strings.Repeat(line, 2)+" ")+
		c.Theme.Paint(theme.Muted, label)+c.Theme.Paint(theme.Faint, " "+strings.Repeat(line, rest)))
}
