package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// notSaving says why a text is not taken while the database file is missing.
const notSaving = "not saving: the database file is missing"

// promptLimit is how many characters a line of text may have.
const promptLimit = 5000

// prompt asks for one line of text in place of the footer.
type prompt struct {
	*shell
	label string
	input *form.Line
	// hint stands in the empty line, note behind the text; empty for none. In
	// place of it stands problem while something is wrong with the text, which is
	// not accepted then.
	hint, note, problem string
	// reads is true where the text chooses what is shown and nothing is saved.
	reads bool
	// accept takes the text; the prompt is closed by then.
	accept func(text string) tea.Cmd
	// typed is told of every change; nil when nobody cares.
	typed func(text string) tea.Cmd
	// preview shows what the text would send; nil where it sends nothing.
	preview func(text string) tea.Cmd
	// cancelled is told that the prompt was closed without a text; nil when nobody cares.
	cancelled func() tea.Cmd
}

// newPrompt asks for a line of text, to be opened with placeLine.
func newPrompt(s *shell, label, value string, accept func(text string) tea.Cmd) *prompt {
	return &prompt{shell: s, label: label, input: form.NewLine(promptLimit, value), accept: accept}
}

// Init reads nothing.
func (p *prompt) Init() tea.Cmd { return nil }

// Update types.
func (p *prompt) Update(msg tea.Msg) tea.Cmd {
	before := p.input.Value()
	cmd := p.input.Update(msg)
	if now := p.input.Value(); now != before && p.typed != nil {
		return tea.Batch(cmd, p.typed(now))
	}
	return cmd
}

// Handle takes or drops the text.
func (p *prompt) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch in {
	case intent.Act{ID: intent.ActAccept}:
		switch lost := !p.reads && p.service.StoreLost() != nil; {
		case lost:
			p.problem = notSaving // what was typed stays
		case p.problem == notSaving:
			p.problem = ""
		}
		if p.problem != "" {
			return nil, true
		}
		asked := p.naming.asks()
		cmd := tea.Batch(p.close(), p.accept(p.input.Value()))
		if p.naming.asks() && !asked {
			p.naming.typed = p
		}
		return cmd, true
	case intent.Act{ID: intent.ActPreview}:
		return p.preview(p.input.Value()), true
	case intent.Act{ID: intent.ActCancel}:
		if p.cancelled != nil {
			return tea.Batch(p.close(), p.cancelled()), true
		}
		return p.close(), true
	}
	return nil, false
}

// Draw shows label and text. A long text leaves room for what is wrong with it.
func (p *prompt) Draw(c *draw.Canvas, r draw.Rect) {
	const gap = 2
	label := " " + p.label + " "
	w := min(text.Width(label), r.W/2)
	c.Text(r.X, r.Y, w, theme.Accent, label)
	room := max(1, r.W-w-1)
	if behind := p.problem + p.note; behind != "" {
		room = max(1, room/2, room-gap-text.Width(behind))
	}
	c.Fill(draw.Rect{X: r.X + w, Y: r.Y, W: r.W - w, H: 1})
	value, at := p.input.Visible(room)
	c.Text(r.X+w, r.Y, room, theme.Text, value)
	if p.top() == pane(p) {
		c.Cursor = &draw.Position{X: r.X + w + at, Y: r.Y}
	}
	used := w + text.Width(value) + gap
	switch {
	case p.problem != "":
		c.Text(r.X+used, r.Y, r.W-used, theme.Warning, p.problem)
	case p.note != "":
		c.Text(r.X+used, r.Y, r.W-used, theme.Muted, p.note)
	case value == "" && p.preview != nil:
		c.Text(r.X+used, r.Y, r.W-used, theme.Muted, p.keys.Key(keymap.ScopeNote, intent.ActPreview)+" previews the private comment")
	case value == "":
		c.Text(r.X+used, r.Y, r.W-used, theme.Muted, p.hint)
	}
}

// Scopes has no letters: they are text.
func (p *prompt) Scopes() []keymap.Scope {
	if p.preview != nil {
		return []keymap.Scope{keymap.ScopeNote, keymap.ScopePrompt}
	}
	return []keymap.Scope{keymap.ScopePrompt}
}

// Disabled is never.
func (p *prompt) Disabled(intent.ActionID) string { return "" }
