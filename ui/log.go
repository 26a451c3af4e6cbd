package ui

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

// messageLog lists the messages so far with their times, newest first.
// Choosing one shows all of it.
func messageLog(h *pane.Host) *dialog.Chooser {
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
		return h.Open(&messagePane{Host: h, message: list[i]}, pane.Overlay)
	})
}

// messagePane shows one message of the log whole.
type messagePane struct {
	*pane.Host
	message pane.Toast
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
		return p.Close(), true
	}
	return nil, false
}

// Draw shows the message.
func (p *messagePane) Draw(c *draw.Canvas, r draw.Rect) {
	title := "Message of " + present.Clock(p.message.At, p.Now())
	in := document.Margined(c.Panel(r, 76, 12, draw.Box{Title: title, Facts: p.Keys.Key(keymap.ScopeDetail, intent.ActBack) + " closes", Beside: intent.ActBack}))
	if !in.Empty() {
		p.doc.Draw(c, in, func(w *document.Writer) { w.Paragraph(nil, toastRole(p.message.Kind), p.message.Text) })
	}
}

// Scopes lets nothing past the panel.
func (p *messagePane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeDetail, keymap.ScopeList}
}

// Disabled is never.
func (p *messagePane) Disabled(intent.ActionID) string { return "" }
