package board

import (
	"fmt"
	"slices"
	"strconv"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/present"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partTitle is a part's key and name.
func (b *Board) partTitle(part intent.PaneName) string {
	return b.digit(part) + " " + b.record(part).Title
}

// digit is the key that leads to a part.
func (b *Board) digit(part intent.PaneName) string {
	return strconv.Itoa(1 + slices.IndexFunc(b.view.Table, func(p layout.Part) bool { return p.Name == part }))
}

// facts are a part's counts: the true ones, with what is hidden and why.
func (b *Board) facts(part intent.PaneName) string {
	if part == intent.PaneTickets {
		return b.ticketFacts()
	}
	c := b.columnOf(part)
	count := text.Count(len(c.All))
	switch {
	case c.Filter.Query != "":
		count = text.Count(len(c.Shown)) + " of " + count
	case b.record(part).Searched:
		count = ""
	}
	if marks := c.MarkFact(); marks != "" {
		return draw.JoinFacts(" · ", marks, count)
	}
	if part != intent.PaneBacklog || c.Filter.Query != "" {
		return count
	}
	points := tracker.FormatPoints(b.points) + " pts"
	if b.points == 1 {
		points = "1 pt"
	}
	return present.StoryCount(len(c.All)) + " · " + points
}

func (b *Board) ticketFacts() string {
	t := b.tickets
	facts := text.Count(len(t.All))
	if (b.fetch.Partial || b.readingView()) && b.fetch.Total > len(t.All) {
		facts = fmt.Sprintf("%s of about %s", facts, text.Count(b.fetch.Total))
	}
	if b.fetch.Partial {
		facts += " ~"
	}
	if t.Filter.Query != "" {
		facts = text.Count(len(t.Shown)) + " of " + facts
	}
	if t.Hidden > 0 {
		facts += fmt.Sprintf(" · %s hidden", text.Count(t.Hidden))
	}
	return draw.JoinFacts(" · ", t.MarkFact(), facts)
}

// hitFrame records what the mouse can do with a part's border.
func (b *Board) hitFrame(c *draw.Canvas, r draw.Rect, part intent.PaneName) {
	frame := draw.Region{Rect: r, Click: intent.FocusPart{Part: part}, Wheel: part}
	c.Hit(frame)
	frame.Row.Part = part
	frame.Rect, frame.Edge = r.Row(0), -1
	c.Hit(frame)
	frame.Rect, frame.Edge = r.Row(r.H-1), 1
	c.Hit(frame)
}

// tabAt is the room for the name of the part without room beside the title of
// one that has; empty where the border's texts leave none.
func (b *Board) tabAt(r draw.Rect, frame draw.Box, tab intent.PaneName) draw.Rect {
	at := draw.Rect{X: r.X + text.Width(frame.Title) + 6, Y: r.Y, W: text.Width(b.partTitle(tab)) + 2, H: 1}
	if at.X+at.W+text.Width(frame.Facts)+5 > r.X+r.W {
		return draw.Rect{}
	}
	return at
}

// factsBeside are the first facts that leave room for the tab, else the last.
func (b *Board) factsBeside(r draw.Rect, frame draw.Box, tab intent.PaneName, facts ...string) string {
	for _, frame.Facts = range facts {
		if frame.Facts != "" && !b.tabAt(r, frame, tab).Empty() {
			break
		}
	}
	return frame.Facts
}

// drawTab names the part without room.
func (b *Board) drawTab(c *draw.Canvas, r draw.Rect, tab intent.PaneName) {
	if r.Empty() {
		return
	}
	c.Text(r.X, r.Y, r.W, theme.Muted, " "+b.partTitle(tab)+" ")
	c.Hit(draw.Region{Rect: r, Row: intent.SelectRow{Part: tab}, Tab: true, Click: intent.FocusPart{Part: tab}})
}

// drawStrip names all parts, where some have no room.
func (b *Board) drawStrip(c *draw.Canvas, r draw.Rect) {
	if r.Empty() {
		return
	}
	x := r.X
	parts := b.view.Parts()
	for i, label := range stripLabels(b, parts, r.W) {
		role, tab := theme.Muted, draw.Region{Click: intent.FocusPart{Part: parts[i]}}
		if parts[i] == b.view.Focus {
			role = theme.Accent | theme.Bold
		} else {
			tab.Row.Part, tab.Tab = parts[i], true
		}
		w := min(text.Width(label), r.X+r.W-x)
		c.Text(x, r.Y, w, role, label)
		tab.Rect = draw.Rect{X: x, Y: r.Y, W: w, H: 1}
		c.Hit(tab)
		x += w
	}
}

// stripLabels name parts by their keys, from left to right with their names and
// then their counts as long as there is room; the focused part comes first.
func stripLabels(b *Board, parts []intent.PaneName, room int) []string {
	labels := make([]string, len(parts))
	set := func(i int, facts ...string) {
		label := " " + draw.JoinFacts(" ", facts...) + " "
		if longer := text.Width(label) - text.Width(labels[i]); longer <= room {
			labels[i], room = label, room-longer
		}
	}
	for i, part := range parts {
		set(i, b.digit(part))
	}
	focused := slices.Index(parts, b.view.Focus)
	set(focused, b.partTitle(b.view.Focus), b.count(b.view.Focus))
	for i, part := range parts {
		if i != focused {
			set(i, b.partTitle(part))
		}
	}
	for i, part := range parts {
		if text.Width(labels[i]) > text.Width(b.digit(part))+2 {
			set(i, b.partTitle(part), b.count(part))
		}
	}
	return labels
}

func (b *Board) count(part intent.PaneName) string {
	switch c := b.columnOf(part); {
	case c == nil:
		return text.Count(len(b.tickets.All))
	case b.record(part).Searched:
		return text.Count(len(c.Shown))
	default:
		return text.Count(len(c.All))
	}
}

// titleIn is a part's title with its filter, as much of that as leaves room.
func (b *Board) titleIn(part intent.PaneName, room int) string {
	name := b.partTitle(part)
	if part == intent.PaneTickets {
		name += b.orderFact()
	}
	if query := b.queryOf(part); query != "" {
		return text.Truncate(name+" /"+present.Cell(query), max(room, text.Width(name)))
	}
	return name
}
