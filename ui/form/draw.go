package form

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/text"
	"storydesk/ui/theme"
)

const (
	indent   = 2  // cells left of the labels
	minValue = 24 // cells that a value keeps beside a note
	wideGap  = 4  // cells between label and value
	thinGap  = 2  // the same where there is little room
	wide     = 60 // cells from which on there is enough
)

// page is a form as it was drawn last.
type page struct {
	theme *theme.Theme
	width int
	// value is the column where values start.
	value int
	lines []string
	// owner tells which field each line belongs to.
	owner []int
	// spans are the columns of a Choice's options, by field.
	spans map[int][]span
	// offset is the first visible line, completion the one that says what the focused
	// text can be completed to, 0 for none.
	offset, completion int
	cursor             *tea.Position
}

// span is a run of columns: from start up to, not including, end.
type span struct{ start, end int }

// Draw returns height lines of width cells, and where the cursor is among them;
// nil when the focused field has none. The lines scroll so that the focused
// field is in sight with its help and error.
func (f *Form) Draw(t *theme.Theme, width, height int) (lines []string, cursor *tea.Position) {
	width, height = max(width, 0), max(height, 0)
	p := &page{
		theme: t, width: width, value: f.valueColumn(width), offset: f.page.offset, spans: map[int][]span{},
	}
	first, end := p.offset, p.offset
	for i, field := range f.fields {
		if field.Hidden {
			continue
		}
		if i == f.focus {
			first = len(p.lines)
		}
		p.draw(i, field, i == f.focus)
		if i == f.focus {
			end = len(p.lines)
		}
	}
	p.scroll(first, end, height)
	f.page = *p
	return p.window(height)
}

// valueColumn returns where values start: after the longest label, but leaving
// them most of the width.
func (f *Form) valueColumn(width int) int {
	longest := 0
	for _, field := range f.fields {
		if !field.Hidden {
			longest = max(longest, text.Width(field.Label))
		}
	}
	gap := thinGap
	if width >= wide {
		gap = wideGap
	}
	return min(indent+longest+gap, width*2/5)
}

// room returns how many cells a value has.
func (p *page) room() int { return max(p.width-p.value-1, 0) }

func (p *page) draw(i int, field *field, focused bool) {
	p.owner = append(p.owner, i)
	w := p.theme.Row(nil, p.width, theme.Plain)
	w.Space(indent)
	label, marker := theme.Muted, " "
	if focused {
		label, marker = theme.Accent, p.theme.Glyph(theme.GlyphMarker)
	}
	w.Fill(label, field.Label, p.width-p.value+thinGap)
	w.SpaceTo(p.width - p.value + 1)
	w.Add(theme.Accent, marker)
	note := p.noteColumn(field)
	room := p.room()
	if note > 0 {
		room = note - p.value - thinGap
	}
	switch field.Kind {
	case Text, Secret:
		p.text(&w, field, focused, room)
	case Choice:
		p.choice(&w, i, field, room)
	case Toggle:
		p.toggle(&w, field)
	}
	if note > 0 {
		w.SpaceTo(p.width - note)
		w.Add(theme.Muted, field.Note)
	}
	p.lines = append(p.lines, string(w.End()))
	if note == 0 && field.Note != "" {
		p.below(i, theme.Muted, []string{field.Note})
	}
	if field.problem != "" {
		p.below(i, theme.Danger, p.wrap("! "+field.problem))
	}
	if !focused {
		return
	}
	if found, _ := field.completion(); found != "" {
		p.completion = len(p.lines)
		p.below(i, theme.Muted, []string{text.Truncate("→ "+found, p.room())})
	} else if field.Help != "" {
		p.below(i, theme.Muted, p.wrap(field.Help))
	}
}

// noteColumn returns where a note starts, 0 where it does not fit.
func (p *page) noteColumn(field *field) int {
	cells := text.Width(field.Note)
	if cells == 0 {
		return 0
	}
	if field.Kind == Toggle {
		column := p.value + p.switchWidth() + wideGap
		if column+cells >= p.width {
			return 0
		}
		return column
	}
	if cells+thinGap+minValue > p.room() {
		return 0
	}
	return p.value + min(p.room()-cells, max(minValue+thinGap, p.room()/2))
}

// below appends lines under a field.
func (p *page) below(i int, role theme.Role, lines []string) {
	for _, line := range lines {
		w := p.theme.Row(nil, p.width, theme.Plain)
		w.Space(p.value)
		w.Fill(role, line, 1)
		p.lines = append(p.lines, string(w.End()))
		p.owner = append(p.owner, i)
	}
}

func (p *page) wrap(s string) []string { return text.Wrap(s, p.room()) }

func (p *page) text(w *theme.RowWriter, field *field, focused bool, room int) {
	shown, column := field.visible(p.theme.Glyph(theme.GlyphMask), room, focused)
	switch {
	case shown != "":
		w.Add(theme.Text, shown)
	case field.Kind == Secret && field.Set:
		w.Add(theme.Muted, text.Truncate("set, unchanged", room))
	default:
		w.Add(theme.Muted, text.Truncate(field.Placeholder, room))
	}
	if focused {
		p.cursor = &tea.Position{X: min(p.value+column, max(p.width-1, 0)), Y: len(p.lines)}
	}
}

// visible returns the part of a text that fits into room cells, and the
// cursor's column in it: around the cursor with the focus, else its head. A
// secret shows masks.
func (f *field) visible(mask string, room int, focused bool) (shown string, column int) {
	value := []rune(f.line.Value())
	if f.Kind == Secret {
		value = []rune(strings.Repeat(mask, len(value)))
	}
	if focused {
		return f.line.window(value, room)
	}
	f.line.first = 0
	return text.Truncate(string(value), room), 0
}

func (p *page) choice(w *theme.RowWriter, i int, field *field, room int) {
	left, right := p.theme.Glyph(theme.GlyphChoiceLeft)+" ", " "+p.theme.Glyph(theme.GlyphChoiceRight)
	chosen := field.option()
	cells := text.Width(left + right)
	for _, option := range field.Options {
		cells += text.Width(option.Label) + len("   ")
	}
	all := cells-len("   ") <= room
	for n, option := range field.Options {
		if n != chosen && !all {
			continue
		}
		if n > 0 && all {
			w.Space(3)
		}
		start := p.width - w.Left()
		if n == chosen {
			w.Add(theme.Accent, left)
			w.Add(theme.Accent|theme.Bold, option.Label)
			w.Add(theme.Accent, right)
		} else {
			w.Add(theme.Muted, option.Label)
		}
		p.spans[i] = append(p.spans[i], span{start, p.width - w.Left()})
	}
	if !all {
		w.Add(theme.Muted, fmt.Sprintf("  %d of %d", chosen+1, len(field.Options)))
	}
}

func (p *page) toggle(w *theme.RowWriter, field *field) {
	if field.Value == On {
		w.Add(theme.Success, p.theme.Glyph(theme.GlyphOn))
		w.Add(theme.Text, " on")
	} else {
		w.Add(theme.Muted, p.theme.Glyph(theme.GlyphOff)+" off")
	}
}

func (p *page) switchWidth() int { return text.Width(p.theme.Glyph(theme.GlyphOff) + " off") }

// scroll brings the lines from first up to, not including, end into a window.
// Where they do not fit, the first ones are shown.
func (p *page) scroll(first, end, height int) {
	p.offset = max(p.offset, end-height)
	p.offset = min(p.offset, first, max(len(p.lines)-height, 0))
	p.offset = max(p.offset, 0)
}

// window cuts the visible lines and the cursor out of the page.
func (p *page) window(height int) (lines []string, cursor *tea.Position) {
	lines = append(lines, p.lines[p.offset:min(p.offset+height, len(p.lines))]...)
	for len(lines) < height {
		lines = append(lines, text.Spaces(p.width))
	}
	if p.cursor == nil || p.cursor.Y < p.offset || p.cursor.Y >= p.offset+height {
		return lines, nil
	}
	return lines, &tea.Position{X: p.cursor.X, Y: p.cursor.Y - p.offset}
}
