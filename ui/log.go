package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"
)

// messageLog lists the messages so far with their times, newest first.
// Choosing one shows all of it.
func (a *app) messageLog() *chooser {
	list, now := slices.Clone(a.toasts.log), a.service.Now()
	slices.Reverse(list)
	rows := make([]choice, len(list))
	for i, t := range list {
		mark := ""
		if t.kind == toastError {
			mark = "! "
		}
		rows[i] = choice{key: clock(t.at, now), text: mark + t.text}
	}
	return newChooser(a.shell, "Messages", rows, func(i int) tea.Cmd {
		return a.open(&messagePane{shell: a.shell, message: list[i]}, placeOverlay)
	})
}

// messagePane shows one message of the log whole.
type messagePane struct {
	*shell
	message toast
	doc     document
}

// Init reads nothing.
func (p *messagePane) Init() tea.Cmd { return nil }

// Update takes nothing.
func (p *messagePane) Update(tea.Msg) tea.Cmd { return nil }

// Handle scrolls and closes.
func (p *messagePane) Handle(in intent) (tea.Cmd, bool) {
	if p.doc.handle(in) {
		return nil, true
	}
	if in == intent(act{actBack}) {
		return p.close(), true
	}
	return nil, false
}

// Draw shows the message.
func (p *messagePane) Draw(c *canvas, r rect) {
	title := "Message of " + clock(p.message.at, p.service.Now())
	in := margined(c.panel(r, 76, 12, box{title: title, facts: p.keys.key(scopeDetail, actBack) + " closes", beside: actBack}))
	if !in.empty() {
		p.doc.draw(c, in, func(w *docWriter) { w.paragraph(nil, toastRole(p.message.kind), p.message.text) })
	}
}

// Scopes lets nothing past the panel.
func (p *messagePane) Scopes() []scope { return []scope{scopeDetail, scopeList} }

// Disabled is never.
func (p *messagePane) Disabled(actionID) string { return "" }
