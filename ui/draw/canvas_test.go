package draw

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"storydesk/ui/theme"
)

func TestCoveringCutsWhatLiesBelow(t *testing.T) {
	line := splice(nil, span{X: 0, W: 10, Text: "0123456789"})
	line = splice(line, span{X: 3, W: 4, Text: "abcd"})
	got := ""
	for _, s := range line {
		got += s.Text
	}
	if got != "012abcd789" {
		t.Errorf("covered line is %q", got)
	}
	// Half of a wide character cannot be drawn.
	line = splice(splice(nil, span{X: 0, W: 6, Text: "漢字漢"}), span{X: 1, W: 2, Text: "ab"})
	got = ""
	for _, s := range line {
		got += s.Text
	}
	if got != " ab 漢" {
		t.Errorf("covered wide characters are %q", got)
	}
}

// Where a border has no room for all facts, the last ones give way.
func TestTheLastFactsGiveWay(t *testing.T) {
	for width, want := range map[int]string{44: "52 · 1 dismissed · 43 new", 43: "52 · 1 dismissed", 29: "52", 18: ""} {
		c := &Canvas{}
		c.Reset(theme.New(theme.Options{}), width, 3)
		c.Box(Rect{W: width, H: 3}, Box{Title: "1 Tickets", Facts: "52 · 1 dismissed · 43 new"})
		top, _, _ := strings.Cut(ansi.Strip(c.String()), "\n")
		if got := strings.Trim(strings.TrimPrefix(top[strings.Index(top, "Tickets"):], "Tickets"), " ╮─"); got != want {
			t.Errorf("at %d cells: %q, want %q", width, got, want)
		}
	}
}
