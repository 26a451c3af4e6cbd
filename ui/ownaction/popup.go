package ownaction

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/owncommand"
	"storydesk/ui/pane"
	"storydesk/ui/theme"
)

// popup shows what a command prints. Closing it stops the command.
type popup struct {
	*pane.Host
	run  int
	name string
	stop context.CancelFunc
	// ended is nil while the command runs.
	ended *ended
	doc   document.Document
}

// popUp runs a command in a window.
func (r *Runner) popUp(c owncommand.Command, calls []call) tea.Cmd {
	ctx, stop := context.WithCancel(r.Context())
	p := &popup{Host: r.Host, run: r.Next(), name: draw.Line(c.Name), stop: stop}
	return tea.Batch(r.Open(p, pane.Overlay), r.beside(ctx, p.run, c, calls))
}

// shown reports whether the window of a command is open.
func (r *Runner) shown(run int) bool {
	for _, l := range r.Layers {
		if p, ok := l.Pane.(*popup); ok && p.run == run {
			return true
		}
	}
	return false
}

// Init reads nothing.
func (p *popup) Init() tea.Cmd { return nil }

// Working until the command has ended.
func (p *popup) Working() bool { return p.ended == nil }

// Update takes how the command ended.
func (p *popup) Update(msg tea.Msg) tea.Cmd {
	if msg, ok := msg.(ended); ok && msg.run == p.run {
		p.ended = &msg
		p.doc.Changed()
	}
	return nil
}

// Handle scrolls and closes.
func (p *popup) Handle(in intent.Intent) (tea.Cmd, bool) {
	if p.doc.Handle(in) {
		return nil, true
	}
	if in == intent.Intent(intent.Act{ID: intent.ActBack}) {
		return p.Close(), true
	}
	return nil, false
}

// Closed stops the command.
func (p *popup) Closed() tea.Cmd {
	p.stop()
	return nil
}

// Draw shows what the command printed, as far as it has ended.
func (p *popup) Draw(c *draw.Canvas, r draw.Rect) {
	key := p.Keys.Key(keymap.ScopeDetail, intent.ActBack)
	frame := draw.Box{Title: p.name, Facts: key + " closes", Beside: intent.ActBack}
	if p.ended == nil {
		frame.Facts = key + " stops it"
	}
	in := document.Margined(c.Panel(r, min(120, r.W-4), min(40, r.H-2), frame))
	if !in.Empty() {
		p.doc.Draw(c, in, p.write)
	}
}

func (p *popup) write(w *document.Writer) {
	if p.ended == nil {
		w.Line([]draw.Run{{Role: theme.Muted, Text: "Running…"}})
		return
	}
	if why := failure(*p.ended); why != "" {
		w.Paragraph(nil, theme.Danger, why)
		w.Blank()
	}
	document.WriteText(w, strings.ToValidUTF8(string(p.ended.result.Output), "�"), "It printed nothing.")
	if p.ended.result.Cut {
		w.Paragraph(nil, theme.Muted, fmt.Sprintf("Only the first %d kB are shown.", owncommand.Limit>>10))
	}
}

// Scopes lets nothing past the window.
func (p *popup) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopeDetail, keymap.ScopeList} }

// Disabled is never.
func (p *popup) Disabled(intent.ActionID) string { return "" }
