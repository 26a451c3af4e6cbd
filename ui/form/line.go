package form

import (
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/plaintext"
	"storydesk/ui/text"
)

// Line edits a text of one line. Make one with [NewLine].
type Line struct {
	input textinput.Model
	paste key.Binding
	// first is the first visible character.
	first int
}

// NewLine makes a line of at most limit characters, any number when it is 0,
// with the cursor at its end.
func NewLine(limit int, value string) *Line {
	input := textinput.New()
	input.SetVirtualCursor(false)
	input.CharLimit = limit
	// The clipboard is read through the terminal, see pasteKey.
	input.KeyMap.Paste.SetEnabled(false)
	input.KeyMap.AcceptSuggestion = key.Binding{}
	// A cursor that the terminal draws has no blinking to start.
	input.Focus()
	l := &Line{input: input, paste: pasteKey()}
	l.SetValue(value)
	return l
}

// Value returns the text.
func (l *Line) Value() string { return l.input.Value() }

// SetValue replaces the text and puts the cursor at its end.
func (l *Line) SetValue(value string) {
	l.input.SetValue(plaintext.Line(value))
	l.input.CursorEnd()
}

// Update takes a key or a paste, in which a line break becomes a space.
// Everything else is ignored.
func (l *Line) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if key.Matches(m, l.paste) {
			return tea.ReadClipboard
		}
		return l.edit(plain(m))
	case tea.PasteMsg:
		return l.insert(m.Content)
	case tea.ClipboardMsg:
		return l.insert(m.Content)
	}
	return nil
}

// insert puts a text at the cursor, without the spaces around it.
func (l *Line) insert(content string) tea.Cmd {
	return l.edit(tea.PasteMsg{Content: strings.TrimSpace(plaintext.Line(content))})
}

func (l *Line) edit(msg tea.Msg) tea.Cmd {
	var cmd tea.Cmd
	l.input, cmd = l.input.Update(msg)
	return cmd
}

// Visible returns the part of the text that fits into width cells around the
// cursor, and the cursor's column in it.
func (l *Line) Visible(width int) (shown string, column int) {
	return l.window([]rune(l.input.Value()), width)
}

// window cuts what is drawn in place of the value, character by character.
func (l *Line) window(value []rune, width int) (shown string, column int) {
	at := l.input.Position()
	before := func() int { return text.Width(string(value[l.first:at])) }
	// No more than this many characters can stand in the width, marks included.
	l.first = max(min(l.first, at), at-6*max(width, 1))
	for l.first < at && before() >= width {
		l.first++
	}
	for l.first > 0 && text.Width(string(value[l.first-1:])) < width {
		l.first--
	}
	for l.first < at && text.Width(string(value[l.first])) == 0 {
		l.first++ // a mark without its letter
	}
	shown, _ = text.Cut(string(value[l.first:]), width)
	return shown, before()
}

// Click puts the cursor on the character that is drawn in a column.
func (l *Line) Click(column int) {
	value := []rune(l.input.Value())
	l.clickOn(column, func(from, to int) int { return text.Width(string(value[from:to])) })
}

// clickOn is Click where cells tells how wide characters are drawn.
func (l *Line) clickOn(column int, cells func(from, to int) int) {
	n := len([]rune(l.input.Value()))
	from := min(l.first, n)
	at := from
	for at < n && cells(from, at+1) <= column {
		at++
	}
	l.input.SetCursor(at)
}
