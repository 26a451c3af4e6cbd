package terminal_test

import (
	"slices"
	"testing"

	"storydesk/scripts/terminal"
)

// What a program leaves behind is named, what it takes back is not.
func TestWhatIsLeftBehind(t *testing.T) {
	x := start(t, terminal.Options{Width: 30, Height: 3},
		`stty -echo; printf '\033[?1049h\033[?1004h\033[?25l\033[>5u\033]9;4;3\033\\\033[?1004l'; read -r line
		stty echo; printf '\033[?1049l\033[?25h\033[<1u\033]9;4;0\033\\done'`)
	want := []string{"the alternate screen", "no cursor", "other reports of keys", "a progress bar", "another line discipline"}
	must(t, x.Until("all of it", func(string) bool {
		left, err := x.Left()
		return err == nil && slices.Equal(left, want)
	}))
	must(t, x.Press("enter"))
	must(t, x.Sees("done"))
	if left, err := x.Left(); err != nil || len(left) > 0 {
		t.Errorf("%q, %v", left, err)
	}
}
