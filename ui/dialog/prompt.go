package dialog

import (
	"errors"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/form"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// NotSaving says why a text is not taken while nothing can be saved, given what StoreLost
// returned.
func NotSaving(lost error) string {
	if Offline(lost) {
		return "not saving: no connection to the database"
	}
	return "not saving: the database file is missing"
}

// Offline reports whether nothing can be saved because a server is out of reach.
func Offline(lost error) bool {
	var told *tracker.Error
	return errors.As(lost, &told) && told.Reason == tracker.ReasonOffline
}

// promptLimit is how many characters a line of text may have.
const promptLimit = 5000

// Prompt asks for one line of text in place of the footer.
type Prompt struct {
	*pane.Host
	actions pane.Actions[*Prompt]
	label   string
	input   *form.Line
	// Hint stands in the empty line, Note behind the text; empty for none. In
	// place of it stands problem while something is wrong with the text, which is
	// not accepted then.
	Hint, Note, Problem string
	// Check refuses a text, which stays to be corrected; nil where any is taken.
	Check func(text string) error
	// refused is the problem that came of [Prompt.Check], or of being unable to save; empty
	// for none.
	refused string
	// Reads is true where the text chooses what is shown and nothing is saved.
	Reads bool
	// accept takes the text; the prompt is closed by then.
	accept func(text string) tea.Cmd
	// Typed is called after every change; nil for nothing.
	Typed func(text string) tea.Cmd
	// Complete returns the text with its last word completed; nil where nothing can be.
	Complete func(text string) string
	// Preview shows what the text would send; nil where it sends nothing.
	Preview func(text string) tea.Cmd
	// Cancelled is called when the prompt was closed without a text; nil for nothing.
	Cancelled func() tea.Cmd
	// began reads what completes the text, received takes it; nil for nothing.
	began    func() tea.Cmd
	received func(msg tea.Msg)
}

// promptActions are those of a prompt, the preview where it has one.
func promptActions() pane.Actions[*Prompt] {
	return pane.Actions[*Prompt]{
		pane.On(keymap.Action{ID: intent.ActAccept, Scope: keymap.ScopePrompt, Keys: keymap.Bind("enter", "ok", "enter"), Group: keymap.GroupText, Help: "confirm", Footer: 1},
			(*Prompt).submit),
		pane.On(keymap.Action{ID: intent.ActCancel, Scope: keymap.ScopePrompt, Keys: keymap.Bind("esc", "cancel", "esc"), Group: keymap.GroupText, Help: "cancel", Footer: 2},
			(*Prompt).cancel),
		pane.Unless(keymap.Action{ID: "complete", Scope: keymap.ScopePrompt, Keys: keymap.Bind("tab", "complete", "tab"), Group: keymap.GroupText, Help: "complete the search term, its value or the path"},
			(*Prompt).cannotComplete, (*Prompt).complete),
		pane.On(keymap.Action{ID: intent.ActPreview, Scope: keymap.ScopeNote, Keys: keymap.Bind("ctrl+y", "preview", "ctrl+y"), Group: keymap.GroupText, Help: "preview the private comment"},
			func(p *Prompt) tea.Cmd { return p.Preview(p.input.Value()) }),
	}
}

// NewPrompt asks for a line of text, to be opened with [pane.Line].
func NewPrompt(s *pane.Host, label, value string, accept func(text string) tea.Cmd) *Prompt {
	return &Prompt{Host: s, actions: promptActions(), label: label, input: form.NewLine(promptLimit, value), accept: accept}
}

// Init reads what completes the text, where something does.
func (p *Prompt) Init() tea.Cmd {
	if p.began == nil {
		return nil
	}
	return p.began()
}

// Update types.
func (p *Prompt) Update(msg tea.Msg) tea.Cmd {
	if p.received != nil {
		p.received(msg)
	}
	before := p.input.Value()
	cmd := p.input.Update(msg)
	now := p.input.Value()
	if now == before {
		return cmd
	}
	if p.Check != nil {
		p.refuse(nil)
	}
	if p.Typed != nil {
		return tea.Batch(cmd, p.Typed(now))
	}
	return cmd
}

// Handle takes or drops the text.
func (p *Prompt) Handle(in intent.Intent) (tea.Cmd, bool) { return p.actions.Handle(p, in) }

// submit takes the text, unless something is wrong with it.
func (p *Prompt) submit() tea.Cmd {
	p.refuse(nil)
	if lost := p.Settings.StoreLost(); lost != nil && !p.Reads {
		p.refuse(errors.New(NotSaving(lost)))
	} else if p.Check != nil && p.Problem == "" {
		p.refuse(p.Check(p.input.Value()))
	}
	if p.Problem != "" {
		return nil // what was typed stays
	}
	asked := p.NameRequest.Asks()
	cmd := tea.Batch(p.Close(), p.accept(p.input.Value()))
	if p.NameRequest.Asks() && !asked {
		p.NameRequest.Typed = p
	}
	return cmd
}

// refuse says why the text is not taken, or no longer says so.
func (p *Prompt) refuse(err error) {
	if p.refused != "" && p.Problem == p.refused {
		p.Problem = ""
	}
	p.refused = ""
	if err != nil {
		p.refused = err.Error()
		p.Problem = p.refused
	}
}

func (p *Prompt) cannotComplete() string {
	if p.Complete == nil {
		return "this text cannot be completed"
	}
	return ""
}

// complete completes the last word, where the cursor is behind it from then on.
func (p *Prompt) complete() tea.Cmd {
	before := p.input.Value()
	now := p.Complete(before)
	if now == before {
		return nil
	}
	p.input.SetValue(now)
	if p.Typed == nil {
		return nil
	}
	return p.Typed(now)
}

func (p *Prompt) cancel() tea.Cmd {
	if p.Cancelled == nil {
		return p.Close()
	}
	return tea.Batch(p.Close(), p.Cancelled())
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

// Disabled says why an action cannot be done now.
func (p *Prompt) Disabled(id intent.ActionID) string { return p.actions.Disabled(p, id) }
