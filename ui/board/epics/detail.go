package epics

import (
	"context"
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/plaintext"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/row"
	"storydesk/ui/theme"
)

// Detail shows an epic with its stories, which its row knows, and with its comments and
// attachments.
type Detail struct {
	*pane.Host
	service UseCases
	id      tracker.EpicID
	// latest finds the row as it was read last.
	latest func() (row.Epic, bool)
	shown  shown
	doc    document.Document
	// asked is the generation of the last reading of the parts, problem the sentence of the
	// error that it ended with.
	asked   int
	parts   epic.Parts
	problem string
}

// partsRead brings an epic's comments and attachments.
type partsRead struct {
	asked int
	parts epic.Parts
	err   error
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

// NewDetail makes the detail of an epic whose row is found again whenever it is drawn.
func NewDetail(h *pane.Host, s UseCases, id tracker.EpicID, latest func() (row.Epic, bool)) *Detail {
	return &Detail{Host: h, service: s, id: id, latest: latest}
}

// Update follows what changes.
func (d *Detail) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintStories) {
			return d.Recall()
		}
	case partsRead:
		if msg.asked != d.asked {
			return nil
		}
		if d.problem = ""; msg.err == nil {
			d.parts = msg.parts
		} else {
			d.problem = draw.Line(msg.err.Error()) // beside what was read before
		}
		d.doc.Changed()
	case pane.Ticked:
		d.doc.Aged(d.Now())
	}
	return nil
}

// Handle scrolls.
func (d *Detail) Handle(in intent.Intent) (tea.Cmd, bool) { return nil, d.doc.Handle(in) }

// Working reports that nothing is waited for: the row is shown at once.
func (d *Detail) Working() bool { return false }

// Recall reads the comments and attachments.
func (d *Detail) Recall() tea.Cmd {
	d.asked = d.Next()
	asked, id, service := d.asked, d.id, d.service
	return d.Do(func(ctx context.Context) tea.Msg {
		read := partsRead{asked: asked}
		read.parts, read.err = service.Parts(ctx, id)
		return read
	})
}

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
	d.writeParts(w)
}

// writeParts writes the attachments and comments; nothing where there are none.
func (d *Detail) writeParts(w *document.Writer) {
	if d.problem != "" {
		w.Paragraph(nil, theme.Danger, d.problem)
	}
	if n := len(d.parts.Files); n > 0 {
		w.Rule(fmt.Sprintf("Attachments %d", n))
	}
	for _, f := range d.parts.Files {
		w.Facts([]draw.Run{{Role: theme.Text, Text: draw.Line(f.Name)}}, draw.Run{Role: theme.Muted, Text: present.FileSize(f.Size)})
	}
	if n := len(d.parts.Comments); n > 0 {
		w.Rule(fmt.Sprintf("Comments %d", n))
	}
	for _, c := range d.parts.Comments {
		w.Paragraph([]draw.Run{{Role: theme.Accent, Text: present.Byline(c.Author, c.CreatedAt, d.Now())}}, theme.Text, strings.TrimSpace(plaintext.Block(c.Text)))
	}
}
