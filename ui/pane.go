package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// pane is a screen, a panel or a dialogue. It is a pointer type.
//
// The shell keeps open panes in a stack. The topmost one has the focus: it is
// asked for keys, clicks and intents. Results reach every open pane.
type pane interface {
	// Init returns the command that reads what the pane shows. It is called
	// once, when the pane is opened.
	Init() tea.Cmd
	// Update takes a result message and, while the pane has the focus, keys
	// that are no action in its scopes and pastes: the text for its fields.
	Update(msg tea.Msg) tea.Cmd
	// Handle does what an intent asks for; false when the pane knows no such intent.
	Handle(in intent.Intent) (tea.Cmd, bool)
	// Draw fills r and nothing else. It records what the mouse can do with
	// canvas.hit and sets canvas.cursor where text is typed.
	Draw(c *draw.Canvas, r draw.Rect)
	// Scopes names the keys that work now, innermost first. A pane whose text
	// field has the focus leaves out every scope that has letters in it; then
	// letters reach Update.
	Scopes() []keymap.Scope
	// Disabled says in one sentence why an action of its scopes cannot be done
	// now; empty when it can.
	Disabled(id intent.ActionID) string
}

// closer is a pane with something to do when it is closed or the program ends,
// such as keeping a draft.
type closer interface {
	Close() tea.Cmd
}

// hinter is a pane that says in the footer, before the keys, what goes on.
type hinter interface {
	Hint() string
}

// placement says where an open pane stands.
type placement int

const (
	// placeBody covers everything between status line and footer.
	placeBody placement = iota
	// placeSide covers the right half of the body when the terminal is wide,
	// all of it otherwise.
	placeSide
	// placeOverlay is a dialogue over the body; nothing below it is reached.
	// The pane is given the body and centres itself with canvas.panel.
	placeOverlay
	// placeLine is a prompt or question in the last line, in place of the footer.
	placeLine
)

// modal is true where panes below cannot be reached by the mouse.
func (p placement) modal() bool { return p == placeOverlay || p == placeLine }

// layer is one open pane.
type layer struct {
	pane  pane
	place placement
}
