package deliveries

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// Note shows one delivery whole: its text as it is sent, what became of it
// and what was read back from the desk.
type Note struct {
	*pane.Host
	id       tracker.DeliveryID
	asked    int
	delivery *tracker.Delivery
	carriers present.Carriers
	problem  string
	doc      document.Document
}

// noteRead brings a delivery.
type noteRead struct {
	asked        int
	delivery     tracker.Delivery
	integrations []tracker.Integration
	err          error
}

func newNotePane(s *pane.Host, id tracker.DeliveryID) *Note { return &Note{Host: s, id: id} }

// Init reads the delivery.
func (p *Note) Init() tea.Cmd {
	p.asked = p.Next()
	asked, id, service := p.asked, p.id, p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		read := noteRead{asked: asked}
		if read.delivery, read.err = service.Outbox.Delivery(ctx, id); read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

// Settled reports whether the delivery has been read.
func (p *Note) Settled() bool { return p.delivery != nil }

// Update follows what becomes of the delivery.
func (p *Note) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintDeliveries | tracker.HintIntegrations) {
			return p.Init()
		}
	case pane.Ticked:
		if p.delivery != nil && present.Counting(*p.delivery, p.carriers.Held(*p.delivery), p.Service.Now().Add(-present.CountdownEnd)) {
			p.doc.Changed()
		}
	case noteRead:
		if msg.asked == p.asked {
			p.show(msg)
		}
	}
	return nil
}

func (p *Note) show(msg noteRead) {
	p.doc.Changed()
	if msg.err != nil {
		p.problem = draw.Line(msg.err.Error())
		return
	}
	p.problem, p.delivery, p.carriers = "", &msg.delivery, present.CarriersOf(msg.integrations)
}

// Handle scrolls and closes.
func (p *Note) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	switch in {
	case intent.Act{ID: intent.ActBack}:
		return p.Close(), true
	case intent.Act{ID: intent.ActRefresh}:
		return p.Init(), true
	}
	return nil, false
}

// Draw shows the delivery.
func (p *Note) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	frame := draw.Box{Title: "Private comment " + strconv.FormatInt(int64(p.id), 10)}
	if p.delivery != nil {
		frame.Facts = string(p.delivery.State)
	}
	p.doc.Framed(c, r, frame, p.write, nil)
}

func (p *Note) write(w *document.Writer) {
	if p.problem != "" {
		w.Paragraph(nil, theme.Danger, p.problem)
	}
	if p.delivery == nil {
		return
	}
	d, now := *p.delivery, p.Service.Now()
	glyph, role := present.DeliveryMark(d.State)
	w.Paragraph([]draw.Run{{Role: role, Text: w.Theme.Glyph(glyph) + " "}}, theme.Text, draw.Line(present.DeliveryWords(d, p.carriers.Held(d), now)))
	w.Blank()
	fact := func(name, value string) {
		w.Paragraph([]draw.Run{{Role: theme.Muted, Text: fmt.Sprintf("%-12s", name)}}, theme.Text, draw.Line(value))
	}
	fact("ticket", d.Ticket.ID.String()+" of "+d.Ticket.Host)
	fact("story", d.StoryID.String())
	fact("through", present.OrNone(d.Integration))
	fact("kind", string(d.Kind))
	fact("visibility", present.Visibility(d.Public))
	if d.Opens {
		fact("status", "opens the ticket if it is still new")
	}
	fact("attempts", strconv.Itoa(d.Attempts))
	fact("made", present.Clock(d.CreatedAt, now))
	if !d.SentAt.IsZero() {
		fact("last try", present.Clock(d.SentAt, now))
	}
	if d.State == tracker.DeliveryWaiting || d.State == tracker.DeliveryUnconfirmed {
		fact("next try", present.Clock(d.NotBefore, now)+" at the earliest")
	}
	if d.DeliveredAt != nil {
		fact("sent", present.Clock(*d.DeliveredAt, now))
	}
	if d.AuditID != 0 {
		fact("audit", strconv.FormatInt(int64(d.AuditID), 10))
	}
	if d.Late {
		fact("order", "late: sent after newer private comments, because it was parked")
	}
	fact("operation", d.Operation)
	w.Rule("Text")
	document.WriteText(w, d.Text, "None: only the status changes.")
}

// Scopes names the keys of a detail.
func (p *Note) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeDetail, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled is never.
func (p *Note) Disabled(intent.ActionID) string { return "" }
