package ui

import (
	"strings"

	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// box is a border with what is written on it. The texts are sanitised.
type box struct {
	// title stands at the left of the upper border, facts at its right.
	title, facts string
	// foot stands at the left of the lower border, behind what is offered there.
	foot   string
	offers []offer
	// lit draws the border as that of a target even when it has no focus.
	lit bool
	// beside is what a click beside a dialogue does, empty for nothing.
	beside actionID
}

// offer is an action that can be clicked on a border.
type offer struct {
	text string
	id   actionID
}

// footer is what stands on the lower border.
func (b box) footer() string {
	texts := make([]string, 0, len(b.offers)+1)
	for _, o := range b.offers {
		texts = append(texts, o.text)
	}
	return joinFacts("  ", append(texts, b.foot)...)
}

// box draws a border around r and returns the room inside.
func (c *canvas) box(r rect, b box) rect {
	if r.w < 2 || r.h < 2 {
		return rect{}
	}
	border := c.theme.Border(c.focused)
	role := border.Role
	if b.lit {
		role = theme.Accent
	}
	top := c.edge(r.w-2, border.Horizontal, role, b.title, b.facts)
	bottom := c.edge(r.w-2, border.Horizontal, role, b.footer(), "")
	side := c.theme.Paint(role, border.Vertical)
	c.put(r.x, r.y, r.w, c.theme.Paint(role, border.TopLeft)+top+c.theme.Paint(role, border.TopRight))
	for y := r.y + 1; y < r.y+r.h-1; y++ {
		c.put(r.x, y, 1, side)
		c.put(r.x+r.w-1, y, 1, side)
	}
	c.put(r.x, r.y+r.h-1, r.w, c.theme.Paint(role, border.BottomLeft)+bottom+c.theme.Paint(role, border.BottomRight))
	x := r.x + 3
	for _, o := range b.offers {
		w := min(text.Width(o.text), r.x+r.w-2-x)
		c.hit(region{rect: rect{x, r.y + r.h - 1, w, 1}, click: act{o.id}})
		x += w + 2
	}
	return r.inset()
}

// edge is a horizontal border of w cells with a text near each end.
func (c *canvas) edge(w int, line string, role theme.Role, left, right string) string {
	const room = 4 // a line and a space at either end
	if left != "" {
		left = text.Truncate(left, max(0, w-room))
	}
	if right != "" && text.Width(left)+text.Width(right)+2*room > w {
		right = ""
	}
	var b strings.Builder
	rest := w
	if left != "" && w > room {
		b.WriteString(c.theme.Paint(role, line) + c.theme.Paint(c.titleRole(), " "+left+" "))
		rest -= text.Width(left) + 3
	}
	if right == "" {
		b.WriteString(c.theme.Paint(role, strings.Repeat(line, max(0, rest))))
		return b.String()
	}
	b.WriteString(c.theme.Paint(role, strings.Repeat(line, max(0, rest-text.Width(right)-3))))
	b.WriteString(c.theme.Paint(theme.Muted, " "+right+" ") + c.theme.Paint(role, line))
	return b.String()
}

func (c *canvas) titleRole() theme.Role {
	if c.focused {
		return theme.Accent
	}
	return theme.Text
}

// panel draws a dialogue of at most w×h in the middle of r, over what is
// there, and returns the room inside. Clicks beside it reach nothing below.
func (c *canvas) panel(r rect, w, h int, b box) rect {
	around := region{rect: r}
	if b.beside != "" {
		around.click = act{b.beside}
	}
	c.hit(around)
	r = r.centre(w, h)
	c.hit(region{rect: r})
	c.fill(r)
	return c.box(r, b)
}

// rule draws a line with a caption across r's first row: the head of a section.
func (c *canvas) rule(r rect, caption string) {
	line := c.theme.Border(false).Horizontal
	label := text.Truncate(caption, max(0, r.w-6))
	rest := r.w - text.Width(label) - 4
	if rest < 0 {
		c.text(r.x, r.y, r.w, theme.Muted, label)
		return
	}
	c.put(r.x, r.y, r.w, c.theme.Paint(theme.Faint, strings.Repeat(line, 2)+" ")+
		c.theme.Paint(theme.Muted, label)+c.theme.Paint(theme.Faint, " "+strings.Repeat(line, rest)))
}
