package ui

import (
	"slices"

	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"

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
		rows[i] = choice{key: present.Clock(t.at, now), text: mark + t.text}
	}
	return newChooser(a.shell, "Messages", rows, func(i int) tea.Cmd {
		return a.open(&messagePane{shell: a.shell, message: list[i]}, placeOverlay)
	})
}

// messagePane shows one message of the log whole.
type messagePane struct {
	*shell
	message toast
	doc     document.Document
}

// Init reads nothing.
func (p *messagePane) Init() tea.Cmd { return nil }

// Update takes nothing.
func (p *messagePane) Update(tea.Msg) tea.Cmd { return nil }

// Handle scrolls and closes.
func (p *messagePane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	if in == intent.Intent(intent.Act{ID: intent.ActBack}) {
		return p.close(), true
	}
	return nil, false
}

// Draw shows the message.
func (p *messagePane) Draw(c *draw.Canvas, r draw.Rect) {
	title := "Message of " + present.Clock(p.message.at, p.service.Now())
	in := document.Margined(c.Panel(r, 76, 12, draw.Box{Title: title, Facts: p.keys.Key(keymap.ScopeDetail, intent.ActBack) + " closes", Beside: intent.ActBack}))
	if !in.Empty() {
		p.doc.Draw(c, in, func(w *document.Writer) { w.Paragraph(nil, toastRole(p.message.kind), p.message.text) })
	}
}

// Scopes lets nothing past the panel.
func (p *messagePane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeDetail, keymap.ScopeList}
}

// Disabled is never.
func (p *messagePane) Disabled(intent.ActionID) string { return "" }
