package ui

import (
	"strings"
	"time"

	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Actions on the places that a document's cursor stops at.
const (
	actNextStop actionID = "next-stop"
	actPrevStop actionID = "previous-stop"
)

// partDetail is the scrolling text of a detail.
const partDetail paneName = "detail"

// document is a text that scrolls: captions, lines of facts and paragraphs, with
// places in it that a cursor stops at. It is laid out once for each version,
// width and theme.
type document struct {
	// version is raised by what the document shows when that changes.
	version int
	// minute is when ages were written last, in minutes.
	minute int64
	offset int
	// height is how many lines were visible when it was drawn last.
	height int
	laid   layoutOf
	page
	// cursor is what the stop is for that the cursor is on, nil before the first
	// layout; at is its index.
	cursor intent
	at     int
	// wanted is the section whose end the next drawing brings into sight;
	// sought is true when that is the cursor or the slot.
	wanted string
	sought bool
	// anchored is true when the next layout adds above what is in sight, which
	// stays where it is.
	anchored bool
}

// page is a document laid out.
type page struct {
	lines []string
	stops []stop
	// slot is the room that was left for an editor; it has no height where there
	// is none.
	slot rect
	// ends are the lines before which sections end, by name.
	ends map[string]int
}

// layoutOf is what a document's lines depend on.
type layoutOf struct {
	version, width int
	look           uint64
}

// changed says that what the document shows is no longer the same.
func (d *document) changed() { d.version++ }

// aged says that time went by: once a minute ages are written anew.
func (d *document) aged(now time.Time) {
	if minute := now.Unix() / 60; minute != d.minute {
		d.minute = minute
		d.changed()
	}
}

// scroll moves by lines, down when positive. The next drawing keeps it within
// the text.
func (d *document) scroll(lines int) { d.offset = d.clamp(d.offset + lines) }

// showEnd brings the end of a section into sight.
func (d *document) showEnd(section string) { d.wanted = section }

func (d *document) clamp(offset int) int {
	return max(0, min(offset, len(d.lines)-d.height))
}

// handle scrolls where an intent asks for it.
func (d *document) handle(in intent) bool {
	switch in := in.(type) {
	case scroll:
		d.scroll(in.rows)
		return true
	case act:
		switch in.id {
		case actDown:
			d.step(1)
			return true
		case actUp:
			d.step(-1)
			return true
		case actNextStop:
			d.jump(1)
			return true
		case actPrevStop:
			d.jump(-1)
			return true
		default:
			lines, ok := d.distance(in.id)
			d.scroll(lines)
			d.turn(in.id)
			return ok
		}
	}
	return false
}

// distance is how far an action scrolls; ok is false for all other actions.
func (d *document) distance(id actionID) (lines int, ok bool) {
	switch id {
	case actHalfDown:
		return d.height / 2, true
	case actHalfUp:
		return -d.height / 2, true
	case actPageDown:
		return d.height, true
	case actPageUp:
		return -d.height, true
	case actTop:
		return -len(d.lines), true
	case actBottom:
		return len(d.lines), true
	default:
		return 0, false
	}
}

// draw puts the visible lines into r, laying them out with write when they are
// not the same as last time.
func (d *document) draw(c *canvas, r rect, write func(*docWriter)) {
	if now := (layoutOf{d.version, r.w, c.theme.Generation()}); d.lines == nil || d.laid != now {
		w := docWriter{theme: c.theme, width: r.w}
		write(&w)
		if d.anchored {
			d.offset += len(w.lines) - len(d.lines)
		}
		d.page, d.laid, d.anchored = w.page, now, false
		d.settle()
	}
	d.height = r.h
	if end, ok := d.ends[d.wanted]; ok {
		d.offset = end - d.height
	}
	if d.sought {
		d.reveal()
	}
	d.wanted, d.sought = "", false
	d.offset = d.clamp(d.offset)
	c.hit(region{rect: r, wheel: partDetail})
	for i := range min(r.h, len(d.lines)-d.offset) {
		c.put(r.x, r.y+i, r.w, d.lines[d.offset+i])
	}
	d.drawStops(c, r)
}

// more says where in the text the visible part is, empty when all is visible.
func (d *document) more() string {
	switch {
	case len(d.lines) <= d.height:
		return ""
	case d.offset == 0:
		return "more below"
	case d.offset+d.height >= len(d.lines):
		return "more above"
	}
	return "more above and below"
}

// margined leaves a cell free at either side.
func margined(r rect) rect { return rect{r.x + 1, r.y, max(0, r.w-2), r.h} }

// run is sanitised text in one role.
type run struct {
	role theme.Role
	text string
}

// docWriter lays out a document. Every line is exactly width cells wide.
type docWriter struct {
	theme *theme.Theme
	width int
	page
}

// end says that a section ends with what was written so far.
func (w *docWriter) end(section string) {
	if w.ends == nil {
		w.ends = make(map[string]int)
	}
	w.ends[section] = len(w.lines)
}

// rule writes the head of a section.
func (w *docWriter) rule(caption string) {
	line := w.theme.Glyph(theme.GlyphRule)
	caption = text.Truncate(caption, max(0, w.width-6))
	tail := max(0, w.width-text.Width(caption)-4)
	w.line([]run{
		{theme.Faint, strings.Repeat(line, 2) + " "}, {theme.Muted, caption}, {theme.Faint, " " + strings.Repeat(line, tail)},
	})
}

// blank writes an empty line.
func (w *docWriter) blank() { w.line(nil) }

// line writes one line of runs, cut where it ends.
func (w *docWriter) line(runs []run) { w.facts(runs, run{}) }

// facts writes a line of runs with a fact at its right end. Where the fact
// would take more than half of the line it is left out.
func (w *docWriter) facts(runs []run, fact run) {
	right := fact.text
	reserve := text.Width(right)
	if reserve > 0 {
		reserve++
	}
	if reserve > w.width/2 {
		right, reserve = "", 0
	}
	row := w.theme.Row(nil, w.width, theme.Plain)
	for _, r := range runs {
		s := r.text
		if text.Width(s) > row.Left()-reserve {
			row.Fill(r.role, s, reserve)
			break
		}
		row.Add(r.role, s)
	}
	row.SpaceTo(text.Width(right))
	row.Add(fact.role, right)
	w.lines = append(w.lines, string(row.End()))
}

// paragraph writes text, wrapped, behind a margin on its first line and as
// many spaces on the others. The text is sanitised and may hold line feeds.
func (w *docWriter) paragraph(margin []run, role theme.Role, s string) {
	indent := 0
	for _, m := range margin {
		indent += text.Width(m.text)
	}
	for i, l := range text.Wrap(s, max(1, w.width-indent)) {
		lead := margin
		if i > 0 {
			lead = []run{{theme.Text, text.Spaces(indent)}}
		}
		w.line(append(lead[:len(lead):len(lead)], run{role, l}))
	}
}
