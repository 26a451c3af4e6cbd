package document

import (
	"strings"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// stop is a place in a document that the cursor stops at, or that can only be
// clicked: lines of it, or some cells of a line.
type stop struct {
	// want is what enter and a click ask for. It is the stop's identity.
	want intent.Intent
	// rect is where it is, in cells of the document.
	rect draw.Rect
	// shown is what a stop of some cells says, by line; empty for whole lines.
	shown []string
	// passed is true where the cursor does not stop.
	passed bool
}

// on reports whether the cursor is on the stop for an intent.
func (d *Document) on(want intent.Intent) bool { return d.Cursor != nil && d.Cursor == want }

// Put puts the cursor on the stop for an intent, and in sight.
func (d *Document) Put(want intent.Intent) {
	d.Cursor, d.Sought = want, true
	d.settle()
}

// halts lists the stops that the cursor stops at.
func (d *Document) halts() []stop {
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
func (d *Document) settle() {
	halts := d.halts()
	for i, s := range halts {
		if s.want == d.Cursor {
			d.at = i
			return
		}
	}
	if len(halts) == 0 || d.slot.H > 0 {
		return // an editor is open in place of it
	}
	d.at = max(0, min(d.at, len(halts)-1))
	d.Cursor = halts[d.at].want
}

// step goes to the next stop where that is in sight or at its edge, and else
// scrolls by a line.
func (d *Document) step(by int) {
	halts := d.halts()
	next := d.at + by
	if d.at < len(halts) && !d.visible(halts[d.at], 0) {
		next = d.entry(halts, by)
	}
	if next < 0 || next >= len(halts) || !d.visible(halts[next], 1) {
		d.scroll(by)
		return
	}
	d.at, d.Cursor, d.Sought = next, halts[next].want, true
}

// entry is the first stop in sight from above, or from below for a negative by;
// -1 when there is none.
func (d *Document) entry(halts []stop, by int) int {
	found := -1
	for i, s := range halts {
		if d.visible(s, 0) && (found < 0 || by < 0) {
			found = i
		}
	}
	return found
}

// visible reports whether a stop begins in sight, or at most slack lines off.
func (d *Document) visible(s stop, slack int) bool {
	return s.rect.Y >= d.Offset-slack && s.rect.Y < d.Offset+d.Height+slack
}

// jump goes to the next stop wherever it is, past the last to the first.
func (d *Document) jump(by int) {
	halts := d.halts()
	if len(halts) == 0 {
		return
	}
	d.at = (d.at + by + len(halts)) % len(halts)
	d.Cursor, d.Sought = halts[d.at].want, true
}

// turn takes the cursor along to either end of the text.
func (d *Document) turn(id intent.ActionID) {
	halts := d.halts()
	if len(halts) == 0 || id != intent.ActTop && id != intent.ActBottom {
		return
	}
	d.at = 0
	if id == intent.ActBottom {
		d.at = max(0, d.entry(halts, -1))
	}
	d.Cursor = halts[d.at].want
}

// reveal scrolls so that the slot, or else the cursor's stop, is in sight.
func (d *Document) reveal() {
	at := d.slot
	if halts := d.halts(); at.H == 0 && d.at < len(halts) {
		at = halts[d.at].rect
	}
	if at.H > 0 {
		d.Offset = min(max(d.Offset, at.Y+at.H-d.Height), at.Y)
	}
}

// drawStops records what can be clicked, and shows the cursor where the
// document has the focus: a marker before lines, a ground under cells.
func (d *Document) drawStops(c *draw.Canvas, r draw.Rect) {
	for _, s := range d.stops {
		for i := range s.rect.H {
			y := s.rect.Y + i - d.Offset
			if y < 0 || y >= r.H {
				continue
			}
			at := draw.Rect{X: r.X + s.rect.X, Y: r.Y + y, W: min(s.rect.W, r.W-s.rect.X), H: 1}
			c.Hit(draw.Region{Rect: at, Wheel: PartDetail, Click: s.want})
			if s.passed || !c.Focused || !d.on(s.want) || d.slot.H > 0 {
				continue
			}
			if i < len(s.shown) {
				w := c.Theme.Row(nil, at.W, theme.Selected)
				w.Add(theme.Text, s.shown[i])
				c.Put(at.X, at.Y, at.W, string(w.End()))
			} else if i == 0 {
				c.Text(r.X-1, at.Y, 1, theme.Accent, c.Theme.Glyph(theme.GlyphMarker))
			}
		}
	}
}

// SlotIn is where the room for an editor is in r, without what is out of sight.
func (d *Document) SlotIn(r draw.Rect) draw.Rect {
	at := d.slot
	at.Y -= d.Offset
	if at.H == 0 || at.Y < 0 || at.Y >= r.H {
		return draw.Rect{}
	}
	return draw.Rect{X: r.X + at.X, Y: r.Y + at.Y, W: at.W, H: min(at.H, r.H-at.Y)}
}

// Link makes a stop of the line that was written last.
func (w *Writer) Link(want intent.Intent) { w.LinkFrom(len(w.Lines)-1, want) }

// LinkFrom makes a stop of all lines from the first on.
func (w *Writer) LinkFrom(first int, want intent.Intent) {
	if n := len(w.Lines) - first; n > 0 {
		w.stops = append(w.stops, stop{want: want, rect: draw.Rect{X: 0, Y: first, W: w.Width, H: n}})
	}
}

// Spot makes some cells of a line a place to click, above the line's stop.
func (w *Writer) Spot(line, x, width int, want intent.Intent) {
	w.stops = append(w.stops, stop{want: want, rect: draw.Rect{X: x, Y: line, W: width, H: 1}, passed: true})
}

// Leave leaves room for an editor, behind a margin on its first line.
func (w *Writer) Leave(margin []draw.Run, height int) {
	indent := 0
	for _, m := range margin {
		indent += text.Width(m.Text)
	}
	w.slot = draw.Rect{X: indent, Y: len(w.Lines), W: max(1, w.Width-indent), H: height}
	w.Line(margin)
	for range height - 1 {
		w.Blank()
	}
}

// StopRun is a run that is a stop.
type StopRun struct {
	draw.Run
	Want intent.Intent
}

// Row writes facts one behind the other, over as many lines as they need, and
// makes a stop of each.
func (w *Writer) Row(facts []StopRun) {
	const between = " · "
	var line []draw.Run
	used := 0
	flush := func() {
		w.Line(line)
		line, used = nil, 0
	}
	for _, f := range facts {
		shown := f.Text
		gap := 0
		if used > 0 {
			gap = text.Width(between)
		}
		if used > 0 && used+gap+text.Width(shown) > w.Width {
			flush()
			gap = 0
		}
		pieces := text.Wrap(shown, w.Width)
		for i, piece := range pieces {
			if i > 0 {
				flush()
			}
			if gap > 0 && i == 0 {
				line = append(line, draw.Run{Role: theme.Muted, Text: between})
				used += gap
			}
			line = append(line, draw.Run{Role: f.Role, Text: piece})
			used += text.Width(piece)
		}
		w.stops = append(w.stops, factStop(f.Want, pieces, used, len(w.Lines)))
	}
	if used > 0 {
		flush()
	}
}

// factStop is the stop of a fact whose last line, the one at index last, ends
// in a column.
func factStop(want intent.Intent, pieces []string, end, last int) stop {
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
	return stop{want: want, rect: draw.Rect{X: x, Y: last - n + 1, W: width, H: n}, shown: pieces}
}
