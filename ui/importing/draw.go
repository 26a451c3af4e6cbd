package importing

import (
	"fmt"
	"strings"

	"storydesk/ui/draw"
	"storydesk/ui/setting"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// roomForWhole is how many lines the selected row has at the bottom where rows are wider
// than the screen, with the rule above.
const roomForWhole = 4

// show lists the rows of a report.
func (p *Pane) show(parts []part) {
	var rows []line
	var captions []table.Section[int]
	p.widest = 0
	for i, part := range parts {
		from := len(rows)
		for _, row := range part.rows {
			row.key = len(rows) + 1
			rows = append(rows, row)
			p.widest = max(p.widest, text.Width(row.text))
		}
		captions = append(captions, table.Section[int]{
			From: from, To: len(rows), Key: -1 - i, Version: table.Text(part.caption), Role: theme.Accent,
			Captions: func() []string { return []string{part.caption} },
		})
	}
	p.rows.Set(rows, captions...)
}

// Draw shows what an import would do or did, or how far it is.
func (p *Pane) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	in := c.Box(r, draw.Box{Title: p.title(), Facts: p.facts()})
	room := draw.Rect{X: in.X + 1, Y: in.Y, W: max(0, in.W-2), H: in.H}
	switch {
	case in.Empty():
	case p.problem != "":
		drawText(c, room, theme.Danger, p.problem)
	case p.stage == asking:
		drawGuide(c, room)
	case p.stage == reading:
		c.Text(room.X, room.Y, room.W, theme.Muted, setting.When(p.Slow(), "Reading the file…"))
	case p.stage == writing:
		p.drawProgress(c, room)
	default:
		p.drawReport(c, in)
	}
}

func (p *Pane) title() string {
	if p.path.chosen == "" {
		return "Import"
	}
	title := "Import · " + p.fileName()
	switch p.stage {
	case ready:
		title += " · nothing is changed yet"
	case done:
		title += " · imported into " + draw.Line(p.project.Name)
	case asking, reading, writing:
	}
	return title
}

func (p *Pane) facts() string {
	if p.stage == reading && p.progress.AllBytes > 0 {
		return p.progress.String()
	}
	if p.stage == reading && p.progress.Stories > 0 {
		return text.Count(p.progress.Stories) + " stories"
	}
	if n := len(p.unanswered()); p.stage == ready && n > 0 {
		return "to answer " + text.Count(n)
	}
	return ""
}

// drawProgress draws a bar of how much is done.
func (p *Pane) drawProgress(c *draw.Canvas, r draw.Rect) {
	words := " reading the file"
	switch {
	case p.progress.AllBytes > 0:
		words = " " + p.progress.String()
	case p.progress.AllStories > 0:
		words = fmt.Sprintf(" %s of %s stories", text.Count(p.progress.Stories), text.Count(p.progress.AllStories))
	}
	const widest = 60
	room := max(0, min(widest, r.W-text.Width(words)-2))
	filled := int(float64(room) * p.progress.Share())
	c.Text(r.X, r.Y, r.W, theme.Muted, "["+strings.Repeat("-", room)+"]"+words)
	c.Text(r.X+1, r.Y, min(filled, r.W), theme.Accent, strings.Repeat("#", filled))
	if r.H > 2 {
		drawText(c, draw.Rect{X: r.X, Y: r.Y + 2, W: r.W, H: r.H - 2}, theme.Muted,
			"All of the file is imported, or nothing. Nothing is sent to Zendesk because of it.")
	}
}

// drawReport draws the rows, and the selected one in full where some have no room.
func (p *Pane) drawReport(c *draw.Canvas, r draw.Rect) {
	list := r
	if p.widest > r.W-3 && r.H > 2*roomForWhole {
		list.H -= roomForWhole
		below := draw.Rect{X: r.X, Y: r.Y + list.H, W: r.W, H: roomForWhole}
		c.Rule(below, "Selected")
		if row, ok := p.rows.Selected(); ok {
			drawText(c, draw.Rect{X: r.X + 1, Y: below.Y + 1, W: max(0, r.W-2), H: roomForWhole - 1}, theme.Text, row.text)
		}
	}
	table.DrawRows(c, list, p.rows, func(w *theme.RowWriter, _ *theme.Theme, l line) { w.Fill(l.role, l.text, 0) })
}

func drawText(c *draw.Canvas, r draw.Rect, role theme.Role, words string) {
	for i, l := range text.Wrap(words, max(1, r.W)) {
		if i >= r.H {
			return
		}
		c.Text(r.X, r.Y+i, r.W, role, l)
	}
}

// drawGuide says what can be imported.
func drawGuide(c *draw.Canvas, r draw.Rect) {
	lines := [][2]string{
		{".zip", "an export of Pivotal Tracker or storydesk, or the folder that it was unzipped to"},
		{".csv", "its table alone, or another program's, with a column named name"},
		{".jsonl", "an export of storydesk without its attachments"},
	}
	for i, l := range lines {
		if i < r.H {
			const width = 8
			c.Text(r.X, r.Y+i, min(width, r.W), theme.Accent, l[0])
			c.Text(r.X+width, r.Y+i, max(0, r.W-width), theme.Muted, l[1])
		}
	}
	if at := len(lines) + 1; at < r.H {
		drawText(c, draw.Rect{X: r.X, Y: r.Y + at, W: r.W, H: r.H - at}, theme.Muted,
			"First you see what an import would do; nothing is changed by that.")
	}
}
