package report

import (
	"fmt"

	"storydesk/tracker/plaintext"
	"storydesk/ui/chart"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/figure"
	"storydesk/ui/intent"
	"storydesk/ui/setting"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Draw shows the figure below the names of all.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	// With ASCII alone, which screen readers are given, tables come first.
	table := p.asTable == setting.FiguresTable || p.asTable != setting.FiguresChart && c.Theme.Options().ASCII
	if table != p.table {
		p.table = table
		p.doc.Changed()
	}
	title := "Figures · " + figure.Kinds()[p.shown].Title()
	if p.figure.Kind == figure.BurnUp && figure.Kinds()[p.shown] == figure.BurnUp {
		title += " · " + p.figure.Of
	}
	p.doc.Framed(c, r, draw.Box{Title: title, Facts: p.facts()}, p.write, func(room draw.Rect) draw.Rect { return p.drawNames(c, room) })
}

// facts says how many iterations the figure looks back on.
func (p *Pane) facts() string {
	if p.history == nil {
		return ""
	}
	n := min(p.last, p.history.Done())
	if n == 1 {
		return "1 done iteration"
	}
	return fmt.Sprintf("%d done iterations", n)
}

// drawNames draws the names of the figures, to be clicked, the shown one between signs;
// where there is no room for all, only that one.
func (p *Pane) drawNames(c *draw.Canvas, r draw.Rect) draw.Rect {
	if r.H < 3 {
		return r
	}
	kinds := figure.Kinds()
	all := 0
	for _, k := range kinds {
		all += text.Width(k.Title()) + 3
	}
	x := r.X
	for i, k := range kinds {
		if all > r.W && i != p.shown {
			continue
		}
		name, role := " "+k.Title()+" ", theme.Muted
		if i == p.shown {
			name, role = c.Theme.Glyph(theme.GlyphChoiceLeft)+k.Title()+c.Theme.Glyph(theme.GlyphChoiceRight), theme.Accent|theme.Bold
		}
		w := min(text.Width(name), r.X+r.W-x)
		c.Text(x, r.Y, w, role, name)
		c.Hit(draw.Region{Rect: draw.Rect{X: x, Y: r.Y, W: w, H: 1}, Click: intent.Act{ID: showing(k)}})
		x += w + 1
	}
	return draw.Rect{X: r.X, Y: r.Y + 2, W: r.W, H: r.H - 2}
}

// write lays the figure out.
func (p *Pane) write(w *document.Writer) {
	kind := figure.Kinds()[p.shown]
	switch {
	case p.problem != "":
		w.Paragraph(nil, theme.Danger, draw.Line(p.problem))
		return
	case p.history == nil || p.figure.Kind != kind && p.waits:
		w.Paragraph(nil, theme.Muted, setting.When(p.Slow(), "Reading…"))
		return
	case kind == figure.BurnUp && len(p.subjects) == 0:
		w.Paragraph(nil, theme.Muted, "The project has no release and no label to show a burn-up of.")
		return
	}
	for _, sentence := range p.figure.Said {
		w.Paragraph(nil, theme.Text, plaintext.Line(sentence))
	}
	w.Blank()
	if p.table {
		writeTable(w, p.figure)
	} else {
		writeChart(w, p.figure)
	}
	w.Blank()
	w.Paragraph(nil, theme.Muted, kind.About())
}

func writeChart(w *document.Writer, f figure.Figure) {
	if len(f.Bars) == 0 {
		return
	}
	ascii := w.Theme.Options().ASCII
	for _, line := range chart.Lines(f.Bars, w.Width, ascii) {
		w.Line(line)
	}
	w.Blank()
	w.Line(chart.Legend(ascii, f.Parts, f.Legend))
}

// writeTable writes the figure in columns: words at their left, numbers at their right.
func writeTable(w *document.Writer, f figure.Figure) {
	if len(f.Rows) == 0 {
		return
	}
	widths := make([]int, len(f.Headings))
	for _, row := range append([][]string{f.Headings}, f.Rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], text.Width(plaintext.Line(cell)))
		}
	}
	words := 1
	if f.Headings[1] == figure.Dates {
		words = 2
	}
	line := func(role theme.Role, cells []string) {
		var runs []draw.Run
		for i, cell := range cells {
			cell = plaintext.Line(cell)
			if i < words {
				cell = text.Pad(cell, widths[i])
			} else {
				cell = text.PadLeft(cell, widths[i])
			}
			runs = append(runs, draw.Run{Role: role, Text: cell + "  "})
		}
		w.Line(runs)
	}
	line(theme.Muted|theme.Bold, f.Headings)
	for _, row := range f.Rows {
		line(theme.Text, row)
	}
}
