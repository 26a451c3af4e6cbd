package form_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"

	"storydesk/ui/form"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

func TestComposerDraw(t *testing.T) {
	th := theme.New(theme.Options{Dark: true})
	c := form.NewComposer(1000, "Write a comment")
	empty := screen(c.Draw(th, 40, 3))
	c.SetValue("Found it: the cursor is closed before the rows are read.\n\nFixed in 4.2.1 日本語")
	golden.RequireEqual(t, empty+screen(c.Draw(th, 40, 6))+screen(c.Draw(th, 20, 3)))
}

func TestComposerEdits(t *testing.T) {
	c := form.NewComposer(10, "")
	press(c, "a", "b", "enter", "c", "left", "d", "backspace", "space")
	if got, want := c.Value(), "ab\n c"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	c.Update(tea.PasteMsg{Content: "\x1b[31mx\r\ny\u202e" + strings.Repeat("z", 20)})
	if got, want := c.Value(), "ab\n x\ny"+strings.Repeat("z", 20)+"c"; got != want {
		t.Errorf("after pasting: %q, want %q", got, want)
	}
	c.SetValue("")
	press(c, "e", "\u0301", "\u009b")
	if got, want := c.Value(), "e\u0301"; got != want {
		t.Errorf("a mark on a key: %q, want %q", got, want)
	}
	c.SetValue("\x1b]0;owned\x07new")
	c.Update(tea.ClipboardMsg{Content: "er"})
	if got, want := c.Value(), "newer"; got != want {
		t.Errorf("after setting: %q, want %q", got, want)
	}
}

// A comment may be far longer than what is seen of it.
func TestComposerTakesManyLines(t *testing.T) {
	c := form.NewComposer(20_000, "")
	long := strings.Repeat("line\n", 900) + "end"
	c.SetValue(long)
	if got := c.Value(); got != long {
		t.Errorf("%d of %d characters were kept", len(got), len(long))
	}
	lines, cursor := c.Draw(theme.New(theme.Options{}), 40, 5)
	if got := screen(lines, nil); !strings.Contains(got, "end") || cursor == nil || cursor.X != 3 {
		t.Errorf("cursor %v in\n%s", cursor, got)
	}
}

func TestComposerFramesAreExact(t *testing.T) {
	th := theme.New(theme.Options{})
	rapid.Check(t, func(t *rapid.T) {
		c := form.NewComposer(500, "Write a comment that is longer than the line")
		c.SetValue(rapid.OneOf(rapid.String(), rapid.StringMatching(`(日本| |word|👩‍👩‍👧|नमस्ते|\n){0,40}`)).Draw(t, "text"))
		for range rapid.IntRange(0, 5).Draw(t, "steps") {
			press(c, rapid.SampledFrom([]string{"up", "left", "home", "enter", "backspace", "x"}).Draw(t, "key"))
		}
		width, height := rapid.IntRange(0, 60).Draw(t, "width"), rapid.IntRange(0, 9).Draw(t, "height")
		lines, cursor := c.Draw(th, width, height)
		if len(lines) != height {
			t.Fatalf("%d lines, want %d", len(lines), height)
		}
		for _, line := range lines {
			if text.Width(ansi.Strip(line)) != width {
				t.Fatalf("%q is not %d wide", line, width)
			}
		}
		if width*height == 0 {
			return
		}
		if cursor == nil || cursor.X < 0 || cursor.X >= width || cursor.Y < 0 || cursor.Y >= height {
			t.Fatalf("cursor %v in %d×%d of %q", cursor, width, height, c.Value())
		}
	})
}

// What is too long is said, and nothing is lost.
func TestComposerSaysWhatIsTooLong(t *testing.T) {
	th := theme.New(theme.Options{})
	c := form.NewComposer(20_000, "")
	for _, step := range []struct {
		paste int
		want  string
	}{{17_000, ""}, {1_500, "18\u202f500 of 20\u202f000 characters"}, {2_000, "! 20\u202f500 of 20\u202f000 characters: remove 500"}} {
		c.Update(tea.PasteMsg{Content: strings.Repeat("z", step.paste)})
		lines, _ := c.Draw(th, 60, 4)
		if got := strings.TrimSpace(ansi.Strip(lines[3])); got != step.want && step.want != "" || step.want == "" && strings.Contains(got, " of ") {
			t.Errorf("under the text: %q, want %q", got, step.want)
		}
	}
	if len(c.Value()) != 20_500 || c.Over() != 500 {
		t.Errorf("%d characters, %d too many", len(c.Value()), c.Over())
	}
	press(c, "backspace")
	if c.Over() != 499 {
		t.Errorf("%d too many after a backspace", c.Over())
	}
}
