package draw

import "testing"

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
