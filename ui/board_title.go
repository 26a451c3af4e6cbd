package ui

import (
	"fmt"
	"slices"
	"strconv"

	"storydesk/tracker"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// partTitle is a part's key and name.
func (b *board) partTitle(part paneName) string {
	return b.digit(part) + " " + b.record(part).title
}

// digit is the key that leads to a part.
func (b *board) digit(part paneName) string {
	return strconv.Itoa(1 + slices.IndexFunc(b.view.table, func(p boardPart) bool { return p.name == part }))
}

// facts are a part's counts: the true ones, with what is hidden and why.
func (b *board) facts(part paneName) string {
	if part == paneTickets {
		return b.ticketFacts()
	}
	c := b.columnOf(part)
	count := text.Count(len(c.all))
	switch {
	case c.filter.query != "":
		count = text.Count(len(c.shown)) + " of " + count
	case b.record(part).searched:
		count = ""
	}
	if marks := c.markFact(); marks != "" {
		return joinFacts(" · ", marks, count)
	}
	if part != paneBacklog || c.filter.query != "" {
		return count
	}
	points := tracker.FormatPoints(b.points) + " pts"
	if b.points == 1 {
		points = "1 pt"
	}
	return storyCount(len(c.all)) + " · " + points
}

func (b *board) ticketFacts() string {
	t := b.tickets
	facts := text.Count(len(t.all))
	if (b.fetch.Partial || b.readingView()) && b.fetch.Total > len(t.all) {
		facts = fmt.Sprintf("%s of about %s", facts, text.Count(b.fetch.Total))
	}
	if b.fetch.Partial {
		facts += " ~"
	}
	if t.filter.query != "" {
		facts = text.Count(len(t.shown)) + " of " + facts
	}
	if t.hidden > 0 {
		facts += fmt.Sprintf(" · %s hidden", text.Count(t.hidden))
	}
	return joinFacts(" · ", t.markFact(), facts)
}

// hitFrame records what the mouse can do with a part's border.
func (b *board) hitFrame(c *canvas, r rect, part paneName) {
	frame := region{rect: r, click: focusPart{part}, wheel: part}
	c.hit(frame)
	frame.row.part = part
	frame.rect, frame.edge = r.row(0), -1
	c.hit(frame)
	frame.rect, frame.edge = r.row(r.h-1), 1
	c.hit(frame)
}

// tabAt is the room for the name of the part without room beside the title of
// one that has; empty where the border's texts leave none.
func (b *board) tabAt(r rect, frame box, tab paneName) rect {
	at := rect{r.x + text.Width(frame.title) + 6, r.y, text.Width(b.partTitle(tab)) + 2, 1}
	if at.x+at.w+text.Width(frame.facts)+5 > r.x+r.w {
		return rect{}
	}
	return at
}

// factsBeside are the first facts that leave room for the tab, else the last.
func (b *board) factsBeside(r rect, frame box, tab paneName, facts ...string) string {
	for _, frame.facts = range facts {
		if frame.facts != "" && !b.tabAt(r, frame, tab).empty() {
			break
		}
	}
	return frame.facts
}

// drawTab names the part without room.
func (b *board) drawTab(c *canvas, r rect, tab paneName) {
	if r.empty() {
		return
	}
	c.text(r.x, r.y, r.w, theme.Muted, " "+b.partTitle(tab)+" ")
	c.hit(region{rect: r, row: selectRow{part: tab}, tab: true, click: focusPart{tab}})
}

// drawStrip names all parts, where some have no room.
func (b *board) drawStrip(c *canvas, r rect) {
	if r.empty() {
		return
	}
	x := r.x
	parts := b.view.parts()
	for i, label := range stripLabels(b, parts, r.w) {
		role, tab := theme.Muted, region{click: focusPart{parts[i]}}
		if parts[i] == b.view.focus {
			role = theme.Accent | theme.Bold
		} else {
			tab.row.part, tab.tab = parts[i], true
		}
		w := min(text.Width(label), r.x+r.w-x)
		c.text(x, r.y, w, role, label)
		tab.rect = rect{x, r.y, w, 1}
		c.hit(tab)
		x += w
	}
}

// stripLabels name parts by their keys, from left to right with their names and
// then their counts as long as there is room; the focused part comes first.
func stripLabels(b *board, parts []paneName, room int) []string {
	labels := make([]string, len(parts))
	set := func(i int, facts ...string) {
		label := " " + joinFacts(" ", facts...) + " "
		if longer := text.Width(label) - text.Width(labels[i]); longer <= room {
			labels[i], room = label, room-longer
		}
	}
	for i, part := range parts {
		set(i, b.digit(part))
	}
	focused := slices.Index(parts, b.view.focus)
	set(focused, b.partTitle(b.view.focus), b.count(b.view.focus))
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

func (b *board) count(part paneName) string {
	switch c := b.columnOf(part); {
	case c == nil:
		return text.Count(len(b.tickets.all))
	case b.record(part).searched:
		return text.Count(len(c.shown))
	default:
		return text.Count(len(c.all))
	}
}

// titleIn is a part's title with its filter, as much of that as leaves room.
func (b *board) titleIn(part paneName, room int) string {
	name := b.partTitle(part)
	if part == paneTickets {
		name += b.orderFact()
	}
	if query := b.queryOf(part); query != "" {
		return text.Truncate(name+" /"+cell(query), max(room, text.Width(name)))
	}
	return name
}
