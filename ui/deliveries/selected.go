package deliveries

import (
	"fmt"
	"strconv"
	"time"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// From this width on the selected delivery stands beside the list, and from this
// height on below it.
const (
	wide = 150
	tall = 18
)

// The lines that the selected delivery has below the list.
const (
	minLines = 8
	maxLines = 18
)

// split divides the room between the list and the selected delivery, which has none
// where it is too small.
func split(r draw.Rect) (list, selected draw.Rect) {
	switch {
	case r.W >= wide:
		w := r.W * 3 / 5
		return draw.Rect{X: r.X, Y: r.Y, W: w, H: r.H}, draw.Rect{X: r.X + w, Y: r.Y, W: r.W - w, H: r.H}
	case r.H >= tall:
		h := max(minLines, min(maxLines, r.H*2/5))
		return draw.Rect{X: r.X, Y: r.Y, W: r.W, H: r.H - h}, draw.Rect{X: r.X, Y: r.Y + r.H - h, W: r.W, H: h}
	}
	return r, draw.Rect{}
}

// selected is the text and the trail of the delivery that the cursor is on.
type selected struct {
	doc document.Document
	// of and version are what it shows.
	of      tracker.DeliveryID
	version uint64
}

// show follows the cursor: another delivery is shown from its top.
func (s *selected) show(r deliveryRow) {
	if s.of != r.ID {
		s.doc.Offset = 0
	}
	if s.of != r.ID || s.version != r.version {
		s.of, s.version = r.ID, r.version
		s.doc.Changed()
	}
}

// draw draws the selected delivery into the room that it has; a click leads into it.
func (s *selected) draw(c *draw.Canvas, r draw.Rect, d deliveryRow, now time.Time) {
	if r.Empty() {
		return
	}
	s.show(d)
	focused := c.Focused
	c.Focused = false
	frame := draw.Box{Title: d.Ticket.ID.String() + " · " + d.StoryID.String(), Facts: string(d.State)}
	s.doc.Framed(c, r, frame, func(w *document.Writer) { writeBrief(w, d, now) }, nil)
	c.Focused = focused
	c.Hit(draw.Region{Rect: r, Click: intent.Act{ID: intent.ActOpen}, Wheel: document.PartDetail})
}

// writeBrief writes how a delivery stands, what it says, and its trail.
func writeBrief(w *document.Writer, d deliveryRow, now time.Time) {
	glyph, role := present.DeliveryMark(d.State)
	w.Paragraph([]draw.Run{{Role: role, Text: w.Theme.Glyph(glyph) + " "}}, theme.Text, d.words(now))
	document.WriteText(w, d.Text, "No text: only the status changes.")
	w.Rule("Trail")
	for _, m := range trail(d, now) {
		w.Paragraph([]draw.Run{{Role: theme.Muted, Text: m.at + "  "}}, theme.Text, draw.Line(m.what))
	}
	if d.Integration != "" {
		w.Paragraph(nil, theme.Muted, draw.Line("through "+d.Integration+" to "+d.Ticket.Host))
	}
}

// moment is a line of a trail.
type moment struct{ at, what string }

// trail says what became of a delivery, the earliest first.
func trail(d deliveryRow, now time.Time) []moment {
	made := "made"
	if d.who != "" {
		made = "made by " + d.who
	}
	list := []moment{{present.Clock(d.CreatedAt, now), made}}
	add := func(at time.Time, what string) { list = append(list, moment{present.Clock(at, now), what}) }
	if len(d.attempts) == tracker.MaxAttempts {
		list = append(list, moment{"then ", fmt.Sprintf("only the last %d attempts are saved", tracker.MaxAttempts)})
	}
	for _, a := range d.attempts {
		if a.State != tracker.DeliverySent {
			add(a.At, present.AttemptWords(a))
		}
	}
	if len(d.attempts) == 0 && !d.SentAt.IsZero() {
		add(d.SentAt, "tried")
	}
	if d.DeliveredAt != nil {
		what := "sent"
		if d.AuditID != 0 {
			what += " · audit " + strconv.FormatInt(int64(d.AuditID), 10)
		}
		add(*d.DeliveredAt, what+" · "+present.Visibility(d.Public))
	}
	if d.Behind == 0 && (d.State == tracker.DeliveryWaiting || d.State == tracker.DeliveryUnconfirmed) {
		add(d.NotBefore, "the earliest next try")
	}
	if d.Late {
		list = append(list, moment{"late ", "sent after newer private comments, because it was parked"})
	}
	return list
}
