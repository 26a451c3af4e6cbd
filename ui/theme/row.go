package theme

import "storydesk/ui/text"

// RowWriter appends one row of cells to a byte slice: pieces of text, each in
// its role, on the row's ground. It allocates only what the slice needs to
// grow.
//
//	w := t.Row(dst, width, theme.Selected)
//	w.Add(theme.Accent, "▌")
//	w.Fill(theme.Text, name, 4)
//	w.Add(theme.Muted, " 12m")
//	return w.End()
type RowWriter struct {
	theme  *Theme
	dst    []byte
	ground Ground
	left   int    // cells
	style  string // the sequence in force
}

// Row starts a row of width cells behind what dst holds.
func (t *Theme) Row(dst []byte, width int, ground Ground) RowWriter {
	return RowWriter{theme: t, dst: dst, ground: ground, left: max(width, 0), style: reset}
}

// Left returns how many cells are still free.
func (w *RowWriter) Left() int { return w.left }

// Add appends s, or as much of it as fits.
func (w *RowWriter) Add(role Role, s string) {
	head, cells := text.Cut(s, w.left)
	if head == "" {
		return
	}
	w.use(w.theme.open[w.ground][role])
	w.dst = append(w.dst, head...)
	w.left -= cells
}

// Fill appends s and spaces so that exactly reserve cells stay free. What does
// not fit is cut and ends in an ellipsis.
func (w *RowWriter) Fill(role Role, s string, reserve int) { w.FillMatched(role, s, nil, reserve) }

// FillMatched is Fill with the characters at some offsets of s, in order, in the
// look of [Match].
func (w *RowWriter) FillMatched(role Role, s string, at []int, reserve int) {
	room := w.left - max(reserve, 0)
	if room <= 0 {
		return
	}
	end := w.left - room
	if head, _ := text.Cut(s, room); len(head) == len(s) {
		w.addMatched(role, s, at)
	} else {
		ellipsis := w.theme.Glyph(GlyphEllipsis)
		head, _ = text.Cut(s, room-text.Width(ellipsis))
		w.addMatched(role, head, at)
		w.Add(role, ellipsis)
	}
	w.Space(w.left - end)
}

// addMatched is Add with the clusters at some offsets in the look of Match.
func (w *RowWriter) addMatched(role Role, s string, at []int) {
	from, matched := 0, false
	for i := 0; i < len(s) && len(at) > 0; {
		cluster := text.Next(s[i:])
		here := at[0] < i+len(cluster)
		for len(at) > 0 && at[0] < i+len(cluster) {
			at = at[1:]
		}
		if here != matched {
			w.Add(look(role, matched), s[from:i])
			from, matched = i, here
		}
		i += len(cluster)
		if len(at) == 0 && matched {
			w.Add(Match, s[from:i])
			from, matched = i, false
		}
	}
	w.Add(look(role, matched), s[from:])
}

func look(role Role, matched bool) Role {
	if matched {
		return Match
	}
	return role
}

// Space appends n spaces, or as many as fit.
func (w *RowWriter) Space(n int) {
	if n = min(n, w.left); n <= 0 {
		return
	}
	w.use(w.theme.open[w.ground][Text])
	w.dst = appendSpaces(w.dst, n)
	w.left -= n
}

// SpaceTo appends the spaces that leave n cells free.
func (w *RowWriter) SpaceTo(n int) { w.Space(w.left - n) }

// End pads the row to its width, returns to the terminal's defaults and gives
// back the slice.
func (w *RowWriter) End() []byte {
	w.Space(w.left)
	w.use(reset)
	return w.dst
}

// use writes a sequence unless it is in force.
func (w *RowWriter) use(style string) {
	if w.style != style {
		w.dst = append(w.dst, style...)
		w.style = style
	}
}

func appendSpaces(dst []byte, n int) []byte {
	for range n {
		dst = append(dst, ' ')
	}
	return dst
}
