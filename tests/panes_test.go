package tests

import (
	"path/filepath"
	"strings"
	"testing"
)

// Panes are shown, hidden, made wider and searched through, and all of it is
// there again after a restart.
func TestPanesAreRemembered(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	open := func() *console {
		t.Helper()
		x := start(t, 284, 40, home, "--db", db)
		x.sees("? help")
		return x
	}
	x := open()
	x.sees("create stories without Zendesk")
	x.press("n", "Rotate the keys", "enter")
	x.sees("S-1 created", "p points")
	x.press("p1s") // all at once, as quick hands do
	x.sees("S-1 is started")
	x.press("5")
	x.sees("5 My work ━")
	x.press("6")
	x.sees("Search all stories")
	x.press("keys", "enter")
	x.sees("6 Search /keys", "1 of 1")
	x.press("4")
	x.sees("4 Done ━")
	x.press("w")
	x.loses("4 Done")

	x.Rest()
	title := x.over("2 Backlog").x
	border := pointer{x, title - 4, 20}
	border.down().drag(pointer{x, border.x - 9, 20}).up()
	x.Rest()
	x.over("2 Backlog").click()
	x.sees("2 Backlog ━")
	x.press("z")
	x.sees("S-1 · planned for Current", "feature · 1 point · started", "z close", "1 story · 1 pt")
	x.press("z")
	x.loses("z close")
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("left with exit code %d", code)
	}

	x = open()
	x.sees("1 Tickets", "5 My work", "6 Search /keys", "1 of 1")
	if now := x.over("2 Backlog").x; now != title-9 || strings.Contains(x.Text(), "4 Done") {
		t.Errorf("the Backlog is at %d, not %d, or Done is shown again:\n%s", now, title-9, x.Text())
	}
	x.until("the story in two columns, in the search and in the preview", func(screen string) bool {
		return strings.Count(screen, "Rotate the keys") == 4
	})
}
