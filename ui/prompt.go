package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/form"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// promptLimit is how many characters a line of text may have.
const promptLimit = 5000

// prompt asks for one line of text in place of the footer.
type prompt struct {
	*shell
	label string
	input *form.Line
	// accept takes the text; the prompt is closed by then.
	accept func(text string) tea.Cmd
	// typed is told of every change; nil when nobody cares.
	typed func(text string) tea.Cmd
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
func (p *prompt) Handle(in intent) (tea.Cmd, bool) {
	switch in {
	case act{actAccept}:
		return tea.Batch(p.close(), p.accept(p.input.Value())), true
	case act{actCancel}:
		if p.cancelled != nil {
			return tea.Batch(p.close(), p.cancelled()), true
		}
		return p.close(), true
	}
	return nil, false
}

// Draw shows label and text.
func (p *prompt) Draw(c *canvas, r rect) {
	label := " " + p.label + " "
	w := min(text.Width(label), r.w/2)
	c.text(r.x, r.y, w, theme.Accent, label)
	room := max(1, r.w-w-1)
	c.fill(rect{r.x + w, r.y, r.w - w, 1})
	value, at := p.input.Visible(room)
	c.text(r.x+w, r.y, room, theme.Text, value)
	c.cursor = &position{r.x + w + at, r.y}
}

// Scopes has no letters: they are text.
func (p *prompt) Scopes() []scope { return []scope{scopePrompt} }

// Disabled is never.
func (p *prompt) Disabled(actionID) string { return "" }

// question asks yes or no in place of the footer.
type question struct {
	*shell
	text string
	yes  func() tea.Cmd
	// no is what else no does; nil for nothing.
	no func() tea.Cmd
}

// newQuestion asks yes or no, to be opened with placeLine. No just closes it.
func newQuestion(s *shell, text string, yes func() tea.Cmd) *question {
	return &question{shell: s, text: line(text), yes: yes}
}

// Init reads nothing.
func (q *question) Init() tea.Cmd { return nil }

// Update takes nothing.
func (q *question) Update(tea.Msg) tea.Cmd { return nil }

// Handle takes the answer.
func (q *question) Handle(in intent) (tea.Cmd, bool) {
	switch in {
	case act{actYes}:
		return tea.Batch(q.close(), q.yes()), true
	case act{actNo}:
		if q.no != nil {
			return tea.Batch(q.close(), q.no()), true
		}
		return q.close(), true
	}
	return nil, false
}

// Draw shows the question with its answers.
func (q *question) Draw(c *canvas, r rect) {
	const yes, no = "  y yes", "  n no "
	w := min(text.Width(q.text)+1, max(0, r.w-len(yes)-len(no)))
	c.fill(r)
	c.text(r.x, r.y, w, theme.Warning, " "+q.text)
	c.text(r.x+w, r.y, len(yes), theme.Accent, yes)
	c.text(r.x+w+len(yes), r.y, len(no), theme.Accent, no)
	c.hit(region{rect: rect{r.x + w, r.y, len(yes), 1}, click: act{actYes}})
	c.hit(region{rect: rect{r.x + w + len(yes), r.y, len(no), 1}, click: act{actNo}})
}

// Scopes lets nothing but the answers through.
func (q *question) Scopes() []scope { return []scope{scopeQuestion} }

// Disabled is never.
func (q *question) Disabled(actionID) string { return "" }
