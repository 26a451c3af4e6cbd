package ui

import (
	"context"
	"fmt"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

// notePane shows one delivery whole: its text as it is sent, what became of it
// and what was read back from the desk.
type notePane struct {
	*shell
	id       tracker.DeliveryID
	asked    int
	delivery *tracker.Delivery
	carriers carriers
	problem  string
	doc      document
}

// noteRead brings a delivery.
type noteRead struct {
	asked        int
	delivery     tracker.Delivery
	integrations []tracker.Integration
	err          error
}

func newNotePane(s *shell, id tracker.DeliveryID) *notePane { return &notePane{shell: s, id: id} }

// Init reads the delivery.
func (p *notePane) Init() tea.Cmd {
	p.asked = p.next()
	asked, id, service := p.asked, p.id, p.service
	return p.do(func(ctx context.Context) tea.Msg {
		read := noteRead{asked: asked}
		if read.delivery, read.err = service.Outbox.Delivery(ctx, id); read.err == nil {
			read.integrations, read.err = service.Accounts.Integrations(ctx, 0)
		}
		return read
	})
}

// Update follows what becomes of the delivery.
func (p *notePane) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case changed:
		if msg.hint.Has(tracker.HintDeliveries | tracker.HintIntegrations) {
			return p.Init()
		}
	case ticked:
		if p.delivery != nil && counting(*p.delivery, p.carriers.held(*p.delivery), p.service.Now().Add(-countdownEnd)) {
			p.doc.changed()
		}
	case noteRead:
		if msg.asked == p.asked {
			p.show(msg)
		}
	}
	return nil
}

func (p *notePane) show(msg noteRead) {
	p.doc.changed()
	if msg.err != nil {
		p.problem = line(msg.err.Error())
		return
	}
	p.problem, p.delivery, p.carriers = "", &msg.delivery, carriersOf(msg.integrations)
}

// Handle scrolls and closes.
func (p *notePane) Handle(in intent) (tea.Cmd, bool) {
	if p.doc.handle(in) {
		return nil, true
	}
	switch in {
	case act{actBack}:
		return p.close(), true
	case act{actRefresh}:
		return p.Init(), true
	}
	return nil, false
}

// Draw shows the delivery.
func (p *notePane) Draw(c *canvas, r rect) {
	c.fill(r)
	frame := box{title: "Private comment " + strconv.FormatInt(int64(p.id), 10), foot: p.doc.more()}
	if p.delivery != nil {
		frame.facts = string(p.delivery.State)
	}
	if in := margined(c.box(r, frame)); !in.empty() {
		p.doc.draw(c, in, p.write)
	}
}

func (p *notePane) write(w *docWriter) {
	if p.problem != "" {
		w.paragraph(nil, theme.Danger, p.problem)
	}
	if p.delivery == nil {
		return
	}
	d, now := *p.delivery, p.service.Now()
	glyph, role := deliveryMark(d.State)
	w.paragraph([]run{{role, w.theme.Glyph(glyph) + " "}}, theme.Text, line(deliveryWords(d, p.carriers.held(d), now)))
	w.blank()
	fact := func(name, value string) {
		w.paragraph([]run{{theme.Muted, fmt.Sprintf("%-12s", name)}}, theme.Text, line(value))
	}
	fact("ticket", d.Ticket.ID.String()+" of "+d.Ticket.Host)
	fact("story", d.StoryID.String())
	fact("through", orNone(d.Integration))
	fact("kind", string(d.Kind))
	fact("visibility", visibility(d.Public))
	if d.Opens {
		fact("status", "opens the ticket if it is still new")
	}
	fact("attempts", strconv.Itoa(d.Attempts))
	fact("made", clock(d.CreatedAt, now))
	if !d.SentAt.IsZero() {
		fact("last try", clock(d.SentAt, now))
	}
	if d.State == tracker.DeliveryWaiting || d.State == tracker.DeliveryUnconfirmed {
		fact("next try", clock(d.NotBefore, now)+" at the earliest")
	}
	if d.DeliveredAt != nil {
		fact("sent", clock(*d.DeliveredAt, now))
	}
	if d.AuditID != 0 {
		fact("audit", strconv.FormatInt(int64(d.AuditID), 10))
	}
	if d.Late {
		fact("order", "late: sent after newer private comments, because it was parked")
	}
	fact("operation", d.Operation)
	w.rule("Text")
	writeText(w, d.Text, "None: only the status changes.")
}

// Scopes names the keys of a detail.
func (p *notePane) Scopes() []scope { return []scope{scopeDetail, scopeList, scopeGlobal} }

// Disabled is never.
func (p *notePane) Disabled(actionID) string { return "" }
