// Package messages is the list of the messages that the program has shown.
package messages

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// NewList lists the messages so far with their times, newest first. Choosing one shows all of
// it.
func NewList(h *pane.Host) *dialog.Chooser {
	list, now := slices.Clone(h.Toasts.Log), h.Now()
	slices.Reverse(list)
	rows := make([]dialog.Choice, len(list))
	for i, t := range list {
		mark := ""
		if t.Kind == pane.ToastError {
			mark = "! "
		}
		rows[i] = dialog.Choice{Key: present.Clock(t.At, now), Text: mark + t.Text}
	}
	return dialog.NewChooser(h, "Messages", rows, func(i int) tea.Cmd {
		return h.Open(&message{Host: h, Toast: list[i]}, pane.Overlay)
	})
}

// message is one of them, whole.
type message struct {
	*pane.Host
	pane.Toast
	doc document.Document
}

// Init reads nothing.
func (p *message) Init() tea.Cmd { return nil }

// Update takes nothing.
func (p *message) Update(tea.Msg) tea.Cmd { return nil }

// Handle scrolls and closes.
func (p *message) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	if in == intent.Intent(intent.Act{ID: intent.ActBack}) {
		return p.Close(), true
	}
	return nil, false
}

// Draw shows the message.
func (p *message) Draw(c *draw.Canvas, r draw.Rect) {
	title := "Message of " + present.Clock(p.At, p.Now())
	in := document.Margined(c.Panel(r, 76, 12, draw.Box{Title: title, Facts: p.Keys.Key(keymap.ScopeDetail, intent.ActBack) + " closes", Beside: intent.ActBack}))
	if !in.Empty() {
		p.doc.Draw(c, in, func(w *document.Writer) { w.Paragraph(nil, p.Kind.Role(), p.Text) })
	}
}

// Scopes lets nothing past the panel.
func (p *message) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeDetail, keymap.ScopeList}
}

// Disabled is never.
func (p *message) Disabled(intent.ActionID) string { return "" }
