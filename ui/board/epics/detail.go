package epics

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
	"storydesk/ui/theme"
)

// Detail shows an epic with its stories. It reads nothing: the row knows all of it.
type Detail struct {
	*pane.Host
	// latest finds the row as it was read last.
	latest func() (row.Epic, bool)
	shown  shown
	doc    document.Document
}

// shown is what the detail was written of: an epic, its row, and its stories, which every
// reading brings anew.
type shown struct {
	epic    tracker.Epic
	row     uint64
	stories *tracker.Card
}

func shownOf(e row.Epic) shown {
	s := shown{epic: e.Epic, row: e.RowVersion()}
	if len(e.Cards) > 0 {
		s.stories = &e.Cards[0]
	}
	return s
}

// NewDetail makes the detail of a row that is found again whenever it is drawn.
func NewDetail(h *pane.Host, latest func() (row.Epic, bool)) *Detail {
	return &Detail{Host: h, latest: latest}
}

// Update follows nothing.
func (d *Detail) Update(tea.Msg) tea.Cmd { return nil }

// Handle scrolls.
func (d *Detail) Handle(in intent.Intent) (tea.Cmd, bool) { return nil, d.doc.Handle(in) }

// Working reports that nothing is being read.
func (d *Detail) Working() bool { return false }

// Recall reads nothing.
func (d *Detail) Recall() tea.Cmd { return nil }

// Attend asks nobody.
func (d *Detail) Attend(time.Time) tea.Cmd { return nil }

// Leave ends nothing.
func (d *Detail) Leave() {}

// Draw shows the epic.
func (d *Detail) Draw(c *draw.Canvas, r draw.Rect) {
	e, ok := d.latest()
	if !ok {
		return
	}
	if now := shownOf(e); d.shown != now {
		d.shown = now
		d.doc.Changed()
	}
	in := c.Box(r, draw.Box{Title: "Epic " + e.Epic.ID.String(), Facts: present.Percent(e.Share())})
	d.doc.Draw(c, document.Margined(in), func(w *document.Writer) { d.write(w, e) })
}

// write lays the epic out.
func (d *Detail) write(w *document.Writer, e row.Epic) {
	muted := func(s string) { w.Line([]draw.Run{{Role: theme.Muted, Text: s}}) }
	w.Paragraph(nil, theme.Text|theme.Bold, e.Name)
	muted("label " + draw.Line(e.Epic.Label))
	full := row.Bar(e.Share(), min(40, w.Width))
	w.Line([]draw.Run{
		{Role: theme.Accent, Text: strings.Repeat(w.Theme.Glyph(theme.GlyphFull), full)},
		{Role: theme.Muted, Text: strings.Repeat(w.Theme.Glyph(theme.GlyphFree), min(40, w.Width)-full)},
	})
	muted(fmt.Sprintf("%d of %s accepted", e.Accepted, present.StoryCount(e.Stories)))
	muted(fmt.Sprintf("%s of %s accepted", tracker.FormatPoints(e.AcceptedPoints), present.PointCount(e.Points)))
	if ends := e.Ends(d.Now()); ends != "" {
		muted("planned: " + ends)
	}
	var states []string
	for _, s := range tracker.States() {
		if n := e.States[s]; n > 0 {
			states = append(states, fmt.Sprintf("%d %s", n, s))
		}
	}
	muted(strings.Join(states, " · "))
	if e.Unestimated > 0 {
		muted(present.StoryCount(e.Unestimated) + " without an estimate")
	}
	w.Rule("Description")
	document.WriteText(w, e.Epic.Description, "None yet.")
	w.Rule(fmt.Sprintf("Stories %d", e.Stories))
	for _, c := range e.Cards {
		glyph, role := present.TypeGlyph(c.Type)
		w.Facts([]draw.Run{{Role: role, Text: w.Theme.Glyph(glyph) + " "}, {Role: theme.Accent, Text: c.ID.String() + " "}, {Role: theme.Text, Text: present.Cell(c.Name)}},
			draw.Run{Role: theme.Muted, Text: string(c.State)})
	}
}
