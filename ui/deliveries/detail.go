package deliveries

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/wording"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// Detail shows one delivery: its text as it is sent, what became of it and what
// was read back from Zendesk.
type Detail struct {
	*host
	actions  pane.Actions[*Detail]
	id       tracker.DeliveryID
	asked    int
	delivery *tracker.Delivery
	attempts []tracker.DeliveryAttempt
	carriers present.Carriers
	problem  string
	doc      document.Document
}

// deliveryRead brings a delivery.
type deliveryRead struct {
	asked        int
	delivery     tracker.Delivery
	attempts     []tracker.DeliveryAttempt
	integrations []tracker.Integration
	err          error
}

func newDetail(h *host, id tracker.DeliveryID) *Detail {
	return &Detail{host: h, actions: detailActions(), id: id}
}

// detailActions are those of a detail, whose keys all details share.
func detailActions() pane.Actions[*Detail] {
	return pane.Actions[*Detail]{
		pane.On(keymap.Action{ID: intent.ActBack, Scope: keymap.ScopeDetail}, func(p *Detail) tea.Cmd { return p.Close() }),
		pane.On(keymap.Action{ID: intent.ActRefresh, Scope: keymap.ScopeDetail}, (*Detail).Init),
	}
}

// Init reads the delivery.
func (p *Detail) Init() tea.Cmd {
	p.asked = p.Next()
	asked, id, service := p.asked, p.id, p.Service
	return p.Do(func(ctx context.Context) tea.Msg {
		read := deliveryRead{asked: asked}
		if read.delivery, read.err = service.Outbox.Delivery(ctx, id); read.err == nil {
			var all map[tracker.DeliveryID][]tracker.DeliveryAttempt
			all, read.err = service.Outbox.Attempts(ctx, id)
			read.attempts = all[id]
		}
		if read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

// Settled reports whether the delivery has been read.
func (p *Detail) Settled() bool { return p.delivery != nil }

// Update follows what becomes of the delivery.
func (p *Detail) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case pane.Changed:
		if msg.Hint.Has(tracker.HintDeliveries | tracker.HintIntegrations) {
			return p.Init()
		}
	case pane.Ticked:
		if p.delivery != nil && present.Counting(*p.delivery, p.carriers.Held(*p.delivery), p.Now().Add(-present.CountdownEnd)) {
			p.doc.Changed()
		}
	case deliveryRead:
		if msg.asked == p.asked {
			p.show(msg)
		}
	}
	return nil
}

func (p *Detail) show(msg deliveryRead) {
	p.doc.Changed()
	if msg.err != nil {
		p.problem = draw.Line(msg.err.Error())
		return
	}
	p.problem, p.delivery, p.attempts, p.carriers = "", &msg.delivery, msg.attempts, present.CarriersOf(msg.integrations)
}

// Handle scrolls and closes.
func (p *Detail) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	return p.actions.Handle(p, in)
}

// Draw shows the delivery.
func (p *Detail) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	frame := draw.Box{Title: "Private comment " + strconv.FormatInt(int64(p.id), 10)}
	if p.delivery != nil {
		frame.Facts = string(p.delivery.State)
	}
	p.doc.Framed(c, r, frame, p.write, nil)
}

func (p *Detail) write(w *document.Writer) {
	if p.problem != "" {
		w.Paragraph(nil, theme.Danger, p.problem)
	}
	if p.delivery == nil {
		return
	}
	d, now := *p.delivery, p.Now()
	glyph, role := present.DeliveryMark(d.State)
	w.Paragraph([]draw.Run{{Role: role, Text: w.Theme.Glyph(glyph) + " "}}, theme.Text, draw.Line(present.DeliveryWords(d, p.carriers.Held(d), now)))
	w.Blank()
	fact := func(name, value string) {
		w.Paragraph([]draw.Run{{Role: theme.Muted, Text: fmt.Sprintf("%-12s", name)}}, theme.Text, draw.Line(value))
	}
	fact("ticket", d.Ticket.ID.String()+" of "+d.Ticket.Host)
	fact("story", d.StoryID.String())
	if who, _ := wording.Change(d); who != "" {
		fact("by", who)
	}
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
	p.writeAttempts(w)
	w.Rule("Text")
	document.WriteText(w, d.Text, "None: only the status changes.")
}

// writeAttempts lists the last tries, the newest first.
func (p *Detail) writeAttempts(w *document.Writer) {
	if len(p.attempts) == 0 {
		return
	}
	title := "Attempts"
	if len(p.attempts) == tracker.MaxAttempts {
		title = fmt.Sprintf("Last %d attempts", tracker.MaxAttempts)
	}
	w.Rule(title)
	for _, a := range slices.Backward(p.attempts) {
		glyph, role := present.DeliveryMark(a.State)
		when := fmt.Sprintf("%-12s", present.Clock(a.At, p.Now()))
		w.Paragraph([]draw.Run{{Role: theme.Muted, Text: when}, {Role: role, Text: w.Theme.Glyph(glyph) + " "}}, theme.Text, draw.Line(present.AttemptWords(a)))
	}
}

// Scopes names the keys of a detail.
func (p *Detail) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeDetail, keymap.ScopeList, keymap.ScopeGlobal}
}

// Disabled says why an action cannot be done now.
func (p *Detail) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }
