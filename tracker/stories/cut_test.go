package stories

import (
	"testing"

	"pgregory.net/rapid"

	"storydesk/tracker"
)

func TestCutKeepsTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		n := rapid.IntRange(len([]rune(tracker.CutMark)), 40).Draw(t, "limit")
		got := cut(text, n)
		if len([]rune(got)) > n {
			t.Fatalf("%d characters, limit %d", len([]rune(got)), n)
		}
		if len([]rune(text)) <= n && got != text {
			t.Fatalf("%q was changed to %q", text, got)
		}
	})
}
