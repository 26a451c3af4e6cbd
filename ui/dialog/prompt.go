package dialog

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// NotSaving says why a text is not taken while the database file is missing.
const NotSaving = "not saving: the database file is missing"

// promptLimit is how many characters a line of text may have.
const promptLimit = 5000

// Prompt asks for one line of text in place of the footer.
type Prompt struct {
	*pane.Host
	label string
	input *form.Line
	// Hint stands in the empty line, Note behind the text; empty for none. In
	// place of it stands problem while something is wrong with the text, which is
	// not accepted then.
	Hint, Note, Problem string
	// Reads is true where the text chooses what is shown and nothing is saved.
	Reads bool
	// accept takes the text; the prompt is closed by then.
	accept func(text string) tea.Cmd
	// Typed is told of every change; nil when nobody cares.
	Typed func(text string) tea.Cmd
	// Preview shows what the text would send; nil where it sends nothing.
	Preview func(text string) tea.Cmd
	// Cancelled is told that the prompt was closed without a text; nil when nobody cares.
	Cancelled func() tea.Cmd
}

// NewPrompt asks for a line of text, to be opened with [pane.Line].
func NewPrompt(s *pane.Host, label, value string, accept func(text string) tea.Cmd) *Prompt {
	return &Prompt{Host: s, label: label, input: form.NewLine(promptLimit, value), accept: accept}
}

// Init reads nothing.
func (p *Prompt) Init() tea.Cmd { return nil }

// Update types.
func (p *Prompt) Update(msg tea.Msg) tea.Cmd {
	before := p.input.Value()
	cmd := p.input.Update(msg)
	if now := p.input.Value(); now != before && p.Typed != nil {
		return tea.Batch(cmd, p.Typed(now))
	}
	return cmd
}

// Handle takes or drops the text.
func (p *Prompt) Handle(in intent.Intent) (tea.Cmd, bool) {
	switch in {
	case intent.Act{ID: intent.ActAccept}:
		switch lost := !p.Reads && p.Service.StoreLost() != nil; {
		case lost:
			p.Problem = NotSaving // what was typed stays
		case p.Problem == NotSaving:
			p.Problem = ""
		}
		if p.Problem != "" {
			return nil, true
		}
		asked := p.Naming.Asks()
		cmd := tea.Batch(p.Close(), p.accept(p.input.Value()))
		if p.Naming.Asks() && !asked {
			p.Naming.Typed = p
		}
		return cmd, true
	case intent.Act{ID: intent.ActPreview}:
		return p.Preview(p.input.Value()), true
	case intent.Act{ID: intent.ActCancel}:
		if p.Cancelled != nil {
			return tea.Batch(p.Close(), p.Cancelled()), true
		}
		return p.Close(), true
	}
	return nil, false
}

// Draw shows label and text. A long text leaves room for what is wrong with it.
func (p *Prompt) Draw(c *draw.Canvas, r draw.Rect) {
	const gap = 2
	label := " " + p.label + " "
	w := min(text.Width(label), r.W/2)
	c.Text(r.X, r.Y, w, theme.Accent, label)
	room := max(1, r.W-w-1)
	if behind := p.Problem + p.Note; behind != "" {
		room = max(1, room/2, room-gap-text.Width(behind))
	}
	c.Fill(draw.Rect{X: r.X + w, Y: r.Y, W: r.W - w, H: 1})
	value, at := p.input.Visible(room)
	c.Text(r.X+w, r.Y, room, theme.Text, value)
	if p.Top() == pane.Pane(p) {
		c.Cursor = &draw.Position{X: r.X + w + at, Y: r.Y}
	}
	used := w + text.Width(value) + gap
	switch {
	case p.Problem != "":
		c.Text(r.X+used, r.Y, r.W-used, theme.Warning, p.Problem)
	case p.Note != "":
		c.Text(r.X+used, r.Y, r.W-used, theme.Muted, p.Note)
	case value == "" && p.Preview != nil:
		c.Text(r.X+used, r.Y, r.W-used, theme.Muted, p.Keys.Key(keymap.ScopeNote, intent.ActPreview)+" previews the private comment")
	case value == "":
		c.Text(r.X+used, r.Y, r.W-used, theme.Muted, p.Hint)
	}
}

// Scopes has no letters: they are text.
func (p *Prompt) Scopes() []keymap.Scope {
	if p.Preview != nil {
		return []keymap.Scope{keymap.ScopeNote, keymap.ScopePrompt}
	}
	return []keymap.Scope{keymap.ScopePrompt}
}

// Disabled is never.
func (p *Prompt) Disabled(intent.ActionID) string { return "" }
