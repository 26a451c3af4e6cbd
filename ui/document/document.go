package document

import (
	"strings"
	"time"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// PartDetail is the scrolling text of a detail.
const PartDetail intent.PaneName = "detail"

// Document is a text that scrolls: captions, lines of facts and paragraphs, with
// places in it that a cursor stops at. It is laid out once for each version,
// width and theme.
type Document struct {
	// Version is raised by what the document shows when that changes.
	Version int
	// minute is when ages were written last, in minutes.
	minute int64
	Offset int
	// Height is how many lines were visible when it was drawn last.
	Height int
	laid   layoutOf
	page
	// Cursor is what the stop is for that the cursor is on, nil before the first
	// layout; at is its index.
	Cursor intent.Intent
	at     int
	// wanted is the section whose end the next drawing brings into sight;
	// sought is true when that is the cursor or the slot.
	wanted string
	Sought bool
	// Anchored is true when the next layout adds above what is in sight, which
	// stays where it is.
	Anchored bool
}

// page is a document laid out.
type page struct {
	Lines []string
	stops []stop
	// slot is the room that was left for an editor; it has no height where there
	// is none.
	slot draw.Rect
	// Ends are the lines before which sections end, by name.
	Ends map[string]int
}

// layoutOf is what a document's lines depend on: a setting that changes how they are laid out
// stands here.
type layoutOf struct {
	version, width int
	look           uint64
}

// Changed says that what the document shows is no longer the same.
func (d *Document) Changed() { d.Version++ }

// Aged says that time went by: once a minute ages are written anew.
func (d *Document) Aged(now time.Time) {
	if minute := now.Unix() / 60; minute != d.minute {
		d.minute = minute
		d.Changed()
	}
}

// scroll moves by lines, down when positive. The next drawing keeps it within
// the text.
func (d *Document) scroll(lines int) { d.Offset = d.clamp(d.Offset + lines) }

// ShowEnd brings the end of a section into sight.
func (d *Document) ShowEnd(section string) { d.wanted = section }

func (d *Document) clamp(offset int) int {
	return max(0, min(offset, len(d.Lines)-d.Height))
}

// Handle scrolls where an intent asks for it.
func (d *Document) Handle(in intent.Intent) bool {
	switch in := in.(type) {
	case intent.Scroll:
		d.scroll(in.Rows)
		return true
	case intent.Act:
		switch in.ID {
		case intent.ActDown:
			d.step(1)
			return true
		case intent.ActUp:
			d.step(-1)
			return true
		case intent.ActNextStop:
			d.jump(1)
			return true
		case intent.ActPrevStop:
			d.jump(-1)
			return true
		default:
			lines, ok := d.distance(in.ID)
			d.scroll(lines)
			d.turn(in.ID)
			return ok
		}
	}
	return false
}

// distance is how far an action scrolls; ok is false for all other actions.
func (d *Document) distance(id intent.ActionID) (lines int, ok bool) {
	switch id {
	case intent.ActHalfDown:
		return d.Height / 2, true
	case intent.ActHalfUp:
		return -d.Height / 2, true
	case intent.ActPageDown:
		return d.Height, true
	case intent.ActPageUp:
		return -d.Height, true
	case intent.ActTop:
		return -len(d.Lines), true
	case intent.ActBottom:
		return len(d.Lines), true
	default:
		return 0, false
	}
}

// Draw puts the visible lines into r, laying them out with write when they are
// not the same as last time.
func (d *Document) Draw(c *draw.Canvas, r draw.Rect, write func(*Writer)) {
	if now := (layoutOf{d.Version, r.W, c.Theme.Generation()}); d.Lines == nil || d.laid != now {
		w := Writer{Theme: c.Theme, Width: r.W}
		write(&w)
		if d.Anchored {
			d.Offset += len(w.Lines) - len(d.Lines)
		}
		d.page, d.laid, d.Anchored = w.page, now, false
		d.settle()
	}
	d.Height = r.H
	if end, ok := d.Ends[d.wanted]; ok {
		d.Offset = end - d.Height
	}
	if d.Sought {
		d.reveal()
	}
	d.wanted, d.Sought = "", false
	d.Offset = d.clamp(d.Offset)
	c.Hit(draw.Region{Rect: r, Wheel: PartDetail})
	for i := range min(r.H, len(d.Lines)-d.Offset) {
		c.Put(r.X, r.Y+i, r.W, d.Lines[d.Offset+i])
	}
	d.drawStops(c, r)
}

// More says where in the text the visible part is, empty when all is visible.
func (d *Document) More() string {
	switch {
	case len(d.Lines) <= d.Height:
		return ""
	case d.Offset == 0:
		return "more below"
	case d.Offset+d.Height >= len(d.Lines):
		return "more above"
	}
	return "more above and below"
}

// Margined leaves a cell free at either side.
func Margined(r draw.Rect) draw.Rect { return draw.Rect{X: r.X + 1, Y: r.Y, W: max(0, r.W-2), H: r.H} }

// Writer lays out a document. Every line is exactly width cells wide.
type Writer struct {
	Theme *theme.Theme
	Width int
	page
}

// End says that a section ends with what was written so far.
func (w *Writer) End(section string) {
	if w.Ends == nil {
		w.Ends = make(map[string]int)
	}
	w.Ends[section] = len(w.Lines)
}

// Rule writes the head of a section.
func (w *Writer) Rule(caption string) {
	line := w.Theme.Glyph(theme.GlyphRule)
	caption = text.Truncate(caption, max(0, w.Width-6))
	tail := max(0, w.Width-text.Width(caption)-4)
	w.Line([]draw.Run{
		{Role: theme.Faint, Text: strings.Repeat(line, 2) + " "}, {Role: theme.Muted, Text: caption}, {Role: theme.Faint, Text: " " + strings.Repeat(line, tail)},
	})
}

// Blank writes an empty line.
func (w *Writer) Blank() { w.Line(nil) }

// Line writes one line of runs, cut where it ends.
func (w *Writer) Line(runs []draw.Run) { w.Facts(runs, draw.Run{}) }

// Facts writes a line of runs with a fact at its right end. Where the fact
// would take more than half of the line it is left out.
func (w *Writer) Facts(runs []draw.Run, fact draw.Run) {
	right := fact.Text
	reserve := text.Width(right)
	if reserve > 0 {
		reserve++
	}
	if reserve > w.Width/2 {
		right, reserve = "", 0
	}
	row := w.Theme.Row(nil, w.Width, theme.Plain)
	for _, r := range runs {
		s := r.Text
		if text.Width(s) > row.Left()-reserve {
			row.Fill(r.Role, s, reserve)
			break
		}
		row.Add(r.Role, s)
	}
	row.SpaceTo(text.Width(right))
	row.Add(fact.Role, right)
	w.Lines = append(w.Lines, string(row.End()))
}

// Paragraph writes text, wrapped, behind a margin on its first line and as
// many spaces on the others. The text is sanitised and may hold line feeds.
func (w *Writer) Paragraph(margin []draw.Run, role theme.Role, s string) {
	indent := 0
	for _, m := range margin {
		indent += text.Width(m.Text)
	}
	for i, l := range text.Wrap(s, max(1, w.Width-indent)) {
		lead := margin
		if i > 0 {
			lead = []draw.Run{{Role: theme.Text, Text: text.Spaces(indent)}}
		}
		w.Line(append(lead[:len(lead):len(lead)], draw.Run{Role: role, Text: l}))
	}
}
