package ui

import (
	"strings"

	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// stop is a place in a document that the cursor stops at, or that can only be
// clicked: lines of it, or some cells of a line.
type stop struct {
	// want is what enter and a click ask for. It is the stop's identity.
	want intent
	// rect is where it is, in cells of the document.
	rect rect
	// shown is what a stop of some cells says, by line; empty for whole lines.
	shown []string
	// passed is true where the cursor does not stop.
	passed bool
}

// on tells whether the cursor is on the stop for an intent.
func (d *document) on(want intent) bool { return d.cursor != nil && d.cursor == want }

// put puts the cursor on the stop for an intent, and in sight.
func (d *document) put(want intent) {
	d.cursor, d.sought = want, true
	d.settle()
}

// halts lists the stops that the cursor stops at.
func (d *document) halts() []stop {
	var list []stop
	for _, s := range d.stops {
		if !s.passed {
			list = append(list, s)
		}
	}
	return list
}

// settle finds the cursor's place after a layout. Where its stop is gone it
// goes to the one that is there now.
func (d *document) settle() {
	halts := d.halts()
	for i, s := range halts {
		if s.want == d.cursor {
			d.at = i
			return
		}
	}
	if len(halts) == 0 || d.slot.h > 0 {
		return // an editor is open in place of it
	}
	d.at = max(0, min(d.at, len(halts)-1))
	d.cursor = halts[d.at].want
}

// step goes to the next stop where that is in sight or at its edge, and else
// scrolls by a line.
func (d *document) step(by int) {
	halts := d.halts()
	next := d.at + by
	if d.at < len(halts) && !d.visible(halts[d.at], 0) {
		next = d.entry(halts, by)
	}
	if next < 0 || next >= len(halts) || !d.visible(halts[next], 1) {
		d.scroll(by)
		return
	}
	d.at, d.cursor, d.sought = next, halts[next].want, true
}

// entry is the first stop in sight from above, or from below for a negative by;
// -1 when there is none.
func (d *document) entry(halts []stop, by int) int {
	found := -1
	for i, s := range halts {
		if d.visible(s, 0) && (found < 0 || by < 0) {
			found = i
		}
	}
	return found
}

// visible tells whether a stop begins in sight, or at most slack lines off.
func (d *document) visible(s stop, slack int) bool {
	return s.rect.y >= d.offset-slack && s.rect.y < d.offset+d.height+slack
}

// jump goes to the next stop wherever it is, past the last to the first.
func (d *document) jump(by int) {
	halts := d.halts()
	if len(halts) == 0 {
		return
	}
	d.at = (d.at + by + len(halts)) % len(halts)
	d.cursor, d.sought = halts[d.at].want, true
}

// turn takes the cursor along to either end of the text.
func (d *document) turn(id actionID) {
	halts := d.halts()
	if len(halts) == 0 || id != actTop && id != actBottom {
		return
	}
	d.at = 0
	if id == actBottom {
		d.at = max(0, d.entry(halts, -1))
	}
	d.cursor = halts[d.at].want
}

// reveal scrolls so that the slot, or else the cursor's stop, is in sight.
func (d *document) reveal() {
	at := d.slot
	if halts := d.halts(); at.h == 0 && d.at < len(halts) {
		at = halts[d.at].rect
	}
	if at.h > 0 {
		d.offset = min(max(d.offset, at.y+at.h-d.height), at.y)
	}
}

// drawStops records what can be clicked, and shows the cursor where the
// document has the focus: a marker before lines, a ground under cells.
func (d *document) drawStops(c *canvas, r rect) {
	for _, s := range d.stops {
		for i := range s.rect.h {
			y := s.rect.y + i - d.offset
			if y < 0 || y >= r.h {
				continue
			}
			at := rect{r.x + s.rect.x, r.y + y, min(s.rect.w, r.w-s.rect.x), 1}
			c.hit(region{rect: at, wheel: partDetail, click: s.want})
			if s.passed || !c.focused || !d.on(s.want) || d.slot.h > 0 {
				continue
			}
			if i < len(s.shown) {
				w := c.theme.Row(nil, at.w, theme.Selected)
				w.Add(theme.Text, s.shown[i])
				c.put(at.x, at.y, at.w, string(w.End()))
			} else if i == 0 {
				c.text(r.x-1, at.y, 1, theme.Accent, c.theme.Glyph(theme.GlyphMarker))
			}
		}
	}
}

// slotIn is where the room for an editor is in r, without what is out of sight.
func (d *document) slotIn(r rect) rect {
	at := d.slot
	at.y -= d.offset
	if at.h == 0 || at.y < 0 || at.y >= r.h {
		return rect{}
	}
	return rect{r.x + at.x, r.y + at.y, at.w, min(at.h, r.h-at.y)}
}

// link makes a stop of the line that was written last.
func (w *docWriter) link(want intent) { w.linkFrom(len(w.lines)-1, want) }

// linkFrom makes a stop of all lines from the first on.
func (w *docWriter) linkFrom(first int, want intent) {
	if n := len(w.lines) - first; n > 0 {
		w.stops = append(w.stops, stop{want: want, rect: rect{0, first, w.width, n}})
	}
}

// spot makes some cells of a line a place to click, above the line's stop.
func (w *docWriter) spot(line, x, width int, want intent) {
	w.stops = append(w.stops, stop{want: want, rect: rect{x, line, width, 1}, passed: true})
}

// leave leaves room for an editor, behind a margin on its first line.
func (w *docWriter) leave(margin []run, height int) {
	indent := 0
	for _, m := range margin {
		indent += text.Width(m.text)
	}
	w.slot = rect{indent, len(w.lines), max(1, w.width-indent), height}
	w.line(margin)
	for range height - 1 {
		w.blank()
	}
}

// stopRun is a run that is a stop.
type stopRun struct {
	run
	want intent
}

// row writes facts one behind the other, over as many lines as they need, and
// makes a stop of each.
func (w *docWriter) row(facts []stopRun) {
	const between = " · "
	var line []run
	used := 0
	flush := func() {
		w.line(line)
		line, used = nil, 0
	}
	for _, f := range facts {
		shown := f.text
		gap := 0
		if used > 0 {
			gap = text.Width(between)
		}
		if used > 0 && used+gap+text.Width(shown) > w.width {
			flush()
			gap = 0
		}
		pieces := text.Wrap(shown, w.width)
		for i, piece := range pieces {
			if i > 0 {
				flush()
			}
			if gap > 0 && i == 0 {
				line = append(line, run{theme.Muted, between})
				used += gap
			}
			line = append(line, run{f.role, piece})
			used += text.Width(piece)
		}
		w.stops = append(w.stops, factStop(f.want, pieces, used, len(w.lines)))
	}
	if used > 0 {
		flush()
	}
}

// factStop is the stop of a fact whose last line, the one at index last, ends
// in a column.
func factStop(want intent, pieces []string, end, last int) stop {
	n := len(pieces)
	width := 0
	for _, p := range pieces {
		width = max(width, text.Width(p))
	}
	x := 0
	if n == 1 {
		x = end - width
	}
	for i, p := range pieces {
		pieces[i] = p + strings.Repeat(" ", width-text.Width(p))
	}
	return stop{want: want, rect: rect{x, last - n + 1, width, n}, shown: pieces}
}
