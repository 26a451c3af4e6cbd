package table

import (
	"strings"

	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Section is a run of a column's rows under a caption, which cannot be selected.
type Section[K comparable] struct {
	// From and To are where its rows stand among all of the column's.
	From, To int
	// Key tells the caption from all rows.
	Key K
	// Version changes whenever the captions or the role do.
	Version uint64
	// Captions say what the section is, the longest first: the first one that has room
	// is drawn, in Role. They are made for those that are visible.
	Captions func() []string
	Role     theme.Role
}

// draw draws the section's caption between two pieces of a rule.
func (s Section[K]) draw(w *theme.RowWriter, t *theme.Theme) {
	rule := t.Glyph(theme.GlyphRule)
	room := w.Left() - 6
	caption := ""
	for _, caption = range s.Captions() {
		if text.Width(caption) <= room {
			break
		}
	}
	w.Add(theme.Faint, strings.Repeat(rule, 2)+" ")
	w.Add(s.Role, text.Truncate(caption, max(0, room)))
	// A rule to the end would be sent again whenever rows scroll.
	w.Add(theme.Faint, " "+strings.Repeat(rule, 2))
}

// lines are what stands among a column's rows without being one of them.
type lines[K comparable] struct {
	// DropAt is the index in shown before which the drop line stands, -1 for none.
	DropAt int
	// DropOver: above the captions at that index, but for the first one of the column,
	// instead of below them.
	DropOver bool
	// Inset stands under one of the rows, nil for none.
	Inset    *Inset[K]
	sections sections[K]
}

// sections are the captions of a column.
type sections[K comparable] struct {
	all []Section[K]
	// shown are those that are shown, with the indices of the rows that they stand
	// above among those shown.
	shown []int32
	above []int32
	// passed is how many captions stood above what was asked for last: what is asked
	// for next is mostly beside it.
	passed int
}

// pick decides which captions are shown among rows: of a column that is narrowed those
// with rows, else all.
func (s *sections[K]) pick(rows []int32, narrowed bool) {
	s.shown, s.above, s.passed = s.shown[:0], s.above[:0], 0
	if len(rows) == 0 {
		return
	}
	next := 0
	for i, section := range s.all {
		for next < len(rows) && int(rows[next]) < section.From {
			next++
		}
		if narrowed && (next == len(rows) || int(rows[next]) >= section.To) {
			continue
		}
		s.shown, s.above = append(s.shown, int32(i)), append(s.above, int32(next))
	}
}

// lineOf is the index, among all lines but captions, of the row at an index among those
// shown; that of the drop line where that stands above the row.
func (c *lines[K]) lineOf(row int) int {
	line := row
	if in := c.Inset; in != nil && in.At >= 0 && row > in.At {
		line += len(in.Lines)
	}
	if c.DropAt >= 0 && c.DropAt < row {
		line++
	}
	return line
}

// bare turns an index of the list into one among all lines but captions. At a caption
// section is that, and the index that of the line below it.
func (c *lines[K]) bare(i int) (at int, section *Section[K]) {
	s := &c.sections
	place := func(n int) int {
		at := c.lineOf(int(s.above[n])) + n
		if c.DropOver && c.DropAt == int(s.above[n]) && s.shown[n] > 0 {
			at++
		}
		return at
	}
	for s.passed < len(s.shown) && place(s.passed) <= i {
		s.passed++
	}
	for s.passed > 0 && place(s.passed-1) > i {
		s.passed--
	}
	if n := s.passed; n > 0 && place(n-1) == i {
		return i - n + 1, &s.all[s.shown[n-1]]
	}
	return i - s.passed, nil
}

// RowsAbove counts the rows above index i of the list, the drop line included.
func (c *lines[K]) RowsAbove(i int) int {
	at, _ := c.bare(i)
	return at - c.InsetAbove(i)
}

// DrawCaption draws the caption at index i of the list; false where none stands.
func (c *lines[K]) DrawCaption(w *theme.RowWriter, t *theme.Theme, i int) bool {
	_, section := c.bare(i)
	if section != nil {
		section.draw(w, t)
	}
	return section != nil
}
