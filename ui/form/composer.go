package form

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"storydesk/tracker/plaintext"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Composer edits a text of several lines. Make one with [NewComposer].
type Composer struct {
	area        textarea.Model
	limit       int
	placeholder string
	paste       key.Binding
}

// NewComposer makes an empty composer for a text of at most limit characters.
// It takes longer ones too, and says so: nothing is cut that somebody pasted.
// The placeholder is shown while it is empty.
func NewComposer(limit int, placeholder string) *Composer {
	area := textarea.New()
	area.Prompt = ""
	area.ShowLineNumbers = false
	area.CharLimit = 0
	area.MaxHeight, area.MaxWidth = 0, 0
	area.SetStyles(textarea.Styles{})
	area.SetVirtualCursor(false)
	for _, binding := range []*key.Binding{
		// The clipboard is read through the terminal; a selection has no look here.
		&area.KeyMap.Paste, &area.KeyMap.CopySelection, &area.KeyMap.SelectAll,
		&area.KeyMap.SelectCharacterForward, &area.KeyMap.SelectCharacterBackward,
		&area.KeyMap.SelectWordForward, &area.KeyMap.SelectWordBackward,
		&area.KeyMap.SelectLineUp, &area.KeyMap.SelectLineDown,
	} {
		binding.SetEnabled(false)
	}
	area.Focus()
	return &Composer{area: area, limit: limit, placeholder: placeholder, paste: pasteKey()}
}

// Value returns the text.
func (c *Composer) Value() string { return c.area.Value() }

// Over returns by how many characters the text is too long, 0 when it is not.
func (c *Composer) Over() int { return max(0, c.length()-c.limit) }

// TooLong says by how much a text of a kind, such as comments, is too long; empty when it
// is not.
func (c *Composer) TooLong(kind string) string {
	over := c.Over()
	if over == 0 {
		return ""
	}
	return fmt.Sprintf("%s are limited to %s characters; remove %s", kind, text.Count(c.limit), text.Count(over))
}

func (c *Composer) length() int { return utf8.RuneCountInString(c.area.Value()) }

// SetValue replaces the text and puts the cursor at its end.
func (c *Composer) SetValue(s string) { c.area.SetValue(plaintext.Block(s)) }

// Update takes a key or a paste. Everything else is ignored.
func (c *Composer) Update(msg tea.Msg) tea.Cmd {
	switch m := msg.(type) {
	case tea.KeyPressMsg:
		if key.Matches(m, c.paste) {
			return tea.ReadClipboard
		}
		msg = plain(m)
	case tea.PasteMsg:
		msg = tea.PasteMsg{Content: plaintext.Block(m.Content)}
	case tea.ClipboardMsg:
		msg = tea.PasteMsg{Content: plaintext.Block(m.Content)}
	default:
		return nil
	}
	var cmd tea.Cmd
	c.area, cmd = c.area.Update(msg)
	return cmd
}

// Draw returns height lines of width cells around the cursor, and where the
// cursor is among them; nil when there is no room for one.
func (c *Composer) Draw(t *theme.Theme, width, height int) (lines []string, cursor *tea.Position) {
	width, height = max(width, 0), max(height, 0)
	if width == 0 || height == 0 {
		return make([]string, height), nil
	}
	if count, role := c.count(); count != "" && height > 1 {
		lines, cursor = c.text(t, width, height-1)
		w := t.Row(nil, width, theme.Plain)
		w.Fill(role, count, 0)
		return append(lines, string(w.End())), cursor
	}
	return c.text(t, width, height)
}

// count says how long the text is when it is nearly or more than what it may be.
func (c *Composer) count() (said string, role theme.Role) {
	length, over := c.length(), c.Over()
	said = fmt.Sprintf("%s of %s characters", text.Count(length), text.Count(c.limit))
	switch {
	case over > 0:
		return fmt.Sprintf("! %s: remove %s", said, text.Count(over)), theme.Danger
	case length*10 > c.limit*9:
		return said, theme.Muted
	}
	return "", theme.Muted
}

// text draws the lines around the cursor.
func (c *Composer) text(t *theme.Theme, width, height int) (lines []string, cursor *tea.Position) {
	role, shown := theme.Text, c.view(width, height)
	if c.area.Length() == 0 {
		role, shown = theme.Muted, []string{c.placeholder}
	}
	for i := range height {
		w := t.Row(nil, width, theme.Plain)
		if i < len(shown) {
			w.Add(role, shown[i])
		}
		lines = append(lines, string(w.End()))
	}
	at := c.area.Cursor()
	if at == nil || at.Y < 0 || at.Y >= height {
		return lines, nil
	}
	return lines, &tea.Position{X: min(c.column(), width-1), Y: at.Y}
}

// view returns the lines around the cursor as the textarea breaks them. Where it
// counts fewer cells than are reserved for a text, it is given less room.
func (c *Composer) view(width, height int) []string {
	for room := width; ; {
		lines := c.lines(room, height)
		widest := 0
		for _, l := range lines {
			widest = max(widest, text.Width(strings.TrimRight(l, " ")))
		}
		if widest <= width || room <= width/2 {
			return lines
		}
		room -= widest - width
	}
}

func (c *Composer) lines(width, height int) []string {
	c.area.SetWidth(width)
	c.area.SetHeight(height)
	view := c.area.View()
	if at := c.area.Cursor(); at != nil && (at.Y < 0 || at.Y >= height) {
		// The textarea scrolls by the lines of its last view; now it knows these.
		c.area.SetHeight(height)
		view = c.area.View()
	}
	return strings.Split(ansi.Strip(view), "\n")
}

// column returns the cursor's column in what is drawn.
func (c *Composer) column() int {
	info := c.area.LineInfo()
	lines := strings.Split(c.area.Value(), "\n")
	line := []rune(lines[min(c.area.Line(), len(lines)-1)])
	start := min(info.StartColumn, len(line))
	return text.Width(string(line[start:min(start+info.ColumnOffset, len(line))]))
}
