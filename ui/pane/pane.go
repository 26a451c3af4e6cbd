package pane

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// Waiter is a pane that lets keys wait while it saves, or reads what the last
// one was about: they mean something else before that has ended.
type Waiter interface {
	// Waits reports whether a key has to wait that means this action, the zero
	// action for text.
	Waits(meant keymap.Action) bool
}

// Pane is a screen, a panel or a dialogue. It is a pointer type.
//
// The [Host] keeps open panes in a stack. The topmost one has the focus: it is
// asked for keys, clicks and intents. Results reach every open pane.
type Pane interface {
	// Init returns the command that reads what the pane shows. It is called
	// once, when the pane is opened.
	Init() tea.Cmd
	// Update takes a result message and, while the pane has the focus, keys
	// that are no action in its scopes and pastes: the text for its fields.
	Update(msg tea.Msg) tea.Cmd
	// Handle does what an intent asks for; false when the pane knows no such intent.
	Handle(in intent.Intent) (tea.Cmd, bool)
	// Draw fills r and nothing else. It records what the mouse can do with
	// Canvas.Hit and sets Canvas.Cursor where text is typed.
	Draw(c *draw.Canvas, r draw.Rect)
	// Scopes names the keys that work now, innermost first. A pane whose text
	// field has the focus leaves out every scope that has letters in it; then
	// letters reach Update.
	Scopes() []keymap.Scope
	// Disabled says in one sentence why an action of its scopes cannot be done
	// now; empty when it can.
	Disabled(id intent.ActionID) string
}

// Closer is a pane with something to do when it has been closed or the program ends,
// such as keeping a draft.
type Closer interface {
	Closed() tea.Cmd
}

// Hinter is a pane that says in the footer, before the keys, what goes on.
type Hinter interface {
	Hint() string
}

// Worker is a pane that may be busy with something that takes long.
type Worker interface {
	// Working reports whether it is now.
	Working() bool
}

// Namer is a pane on which an action does something more particular than its record says.
type Namer interface {
	// Named says what an action does now: in a word or two for the footer, and in a line
	// for help. What the record says rightly is empty.
	Named(id intent.ActionID) (brief, help string)
}

// Placement says where an open pane stands.
type Placement int

const (
	// Body covers everything between status line and footer.
	Body Placement = iota
	// Side covers the right half of the body when the terminal is wide,
	// all of it otherwise.
	Side
	// Overlay is a dialogue over the body; nothing below it is reached.
	// The pane is given the body and centres itself with Canvas.Panel.
	Overlay
	// Line is a prompt or question in the last line, in place of the footer.
	Line
)

// Modal is true where panes below cannot be reached by the mouse.
func (p Placement) Modal() bool { return p == Overlay || p == Line }

// Layer is one open pane.
type Layer struct {
	Pane  Pane
	Place Placement
}
