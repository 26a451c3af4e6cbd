package form

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/plaintext"
)

// keyMap holds the keys of a form; a text field takes all others.
type keyMap struct {
	next, previous, left, right, toggle, complete key.Binding
}

func newKeyMap() keyMap {
	return keyMap{
		next:     key.NewBinding(key.WithKeys("tab", "down", "enter")),
		previous: key.NewBinding(key.WithKeys("shift+tab", "up")),
		left:     key.NewBinding(key.WithKeys("left")),
		right:    key.NewBinding(key.WithKeys("right", "space")),
		complete: key.NewBinding(key.WithKeys("right")),
		toggle:   key.NewBinding(key.WithKeys("space", "left", "right")),
	}
}

// pasteKey asks the terminal for the clipboard. Terminals that paste by
// themselves send a paste without it.
func pasteKey() key.Binding { return key.NewBinding(key.WithKeys("ctrl+v")) }

// Update takes a key or a paste. Everything else is ignored.
func (f *Form) Update(msg tea.Msg) tea.Cmd {
	field := f.focused()
	if field == nil {
		return nil
	}
	if pressed, ok := msg.(tea.KeyPressMsg); ok {
		return f.press(field, pressed)
	}
	if field.typed() {
		return field.edit(msg)
	}
	return nil
}

func (f *Form) press(field *field, msg tea.KeyPressMsg) tea.Cmd {
	switch {
	case key.Matches(msg, f.keys.next):
		f.step(1)
	case key.Matches(msg, f.keys.previous):
		f.step(-1)
	case key.Matches(msg, f.keys.complete) && field.complete():
	case field.typed():
		return field.edit(msg)
	case field.Kind == Choice && key.Matches(msg, f.keys.left):
		field.cycle(-1)
		field.problem = ""
	case field.Kind == Choice && key.Matches(msg, f.keys.right):
		field.cycle(1)
		field.problem = ""
	case field.Kind == Toggle && key.Matches(msg, f.keys.toggle):
		field.toggle()
		field.problem = ""
	}
	return nil
}

// plain makes the text of a key plain. A combining mark, which many scripts
// have on keys of their own, stays: it stands on what was typed before.
func plain(msg tea.KeyPressMsg) tea.KeyPressMsg {
	const before = "x"
	msg.Text = strings.TrimPrefix(plaintext.Line(before+msg.Text), before)
	return msg
}

// edit lets the line take a message; an error disappears with the text that it
// was about.
func (f *field) edit(msg tea.Msg) tea.Cmd {
	before := f.line.Value()
	cmd := f.line.Update(msg)
	if f.line.Value() != before {
		f.problem = ""
	}
	return cmd
}
