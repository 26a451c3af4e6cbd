package tests

import (
	"path/filepath"
	"strings"
	"testing"
)

// withStories is a console on a sandbox whose Icebox holds three stories and
// whose Backlog holds one with an estimate.
func withStories(t *testing.T, width int) (x *console, list func(column string) []storyJSON) {
	t.Helper()
	home := t.TempDir()
	db := filepath.Join(home, "demo.db")
	x = start(t, width, 40, home, "demo", "--db", db)
	x.sees("1 Tickets", "Login loops on SSO")
	x.press("W") // the columns have the whole screen
	for _, name := range []string{"Cherry", "Banana", "Apple"} {
		var added storyJSON
		twin(t, home, &added, "--db", db, "story", "add", "--name", name, "--to", "icebox")
	}
	var next storyJSON
	twin(t, home, &next, "--db", db, "story", "add", "--name", "Walnut", "--to", "backlog")
	twin(t, home, &next, "--db", db, "story", "estimate", "4", "1")
	x.sees("3 Icebox ─")
	x.until("the stories", func(screen string) bool {
		return strings.Contains(screen, "Apple") && strings.Contains(screen, "Cherry") && strings.Contains(screen, "Start")
	})
	return x, func(column string) []storyJSON {
		t.Helper()
		var stories []storyJSON
		twin(t, home, &stories, "--db", db, "story", "list", "--column", column)
		return stories
	}
}

// The bytes of a mouse drag a ticket from the panel between two stories.
func TestMouseDragsATicketIntoTheIcebox(t *testing.T) {
	x, list := withStories(t, 140)
	between := x.over("Banana")

	// Cancelled, a drag changes nothing, wherever it ends then.
	held := x.over("#1042").down().drag(between)
	x.sees("#1042 → Icebox, above S-2   release drops  esc cancels", "━━▶ here")
	x.press("esc")
	x.until("the end of the drag", func(screen string) bool { return !strings.Contains(screen, "━━▶") })
	held.up()

	held = x.over("#1042").down().drag(between)
	x.sees("#1042 → Icebox, above S-2")
	held.up()
	x.sees("created from #1042", "─ 4 ─")
	icebox := list("icebox")
	if got := names(icebox); got != "Apple, Export CSV is empty, Banana, Cherry" {
		t.Fatalf("the Icebox holds %s", got)
	}
	if icebox[1].Position != 2 || len(icebox[1].Tickets) != 1 || icebox[1].Tickets[0].TicketID != 1042 {
		t.Errorf("%+v", icebox[1])
	}

	// A story goes to the other column.
	held = x.over("Cherry").down().drag(x.over("Walnut"))
	x.sees("S-1 → Backlog, above S-4")
	held.up()
	x.sees("S-1 moved")
	if got := names(list("backlog")); got != "Cherry, Walnut" {
		t.Errorf("the Backlog holds %s", got)
	}
}

// Clicks start, select and open; the wheel scrolls; M gives the mouse back.
func TestMouseClicksAndScrolls(t *testing.T) {
	x, list := withStories(t, 140)
	x.over("Start").click()
	x.sees("S-4 is started", "Finish")
	if got := list("backlog")[0]; got.State != "started" {
		t.Errorf("%+v", got)
	}

	x.over("#1047").wheel()
	x.until("the tickets to scroll", func(screen string) bool { return !strings.Contains(screen, "#1047") })

	apple := x.over("Apple")
	apple.click()
	apple.click()
	x.sees("Description", "S-3")
	x.press("esc")
	x.sees("3 Icebox ━")

	x.press("M")
	x.sees("mouse off")
	raw := x.Raw()
	if on, off := strings.LastIndex(raw, "\x1b[?1002h"), strings.LastIndex(raw, "\x1b[?1002l"); on > off {
		t.Error("the terminal still sends the mouse")
	}
	x.press("M")
	x.sees("mouse on")
	x.over("? help").click()
	x.sees("keys here and on other screens")
}

// In two panes the mouse opens the hidden column by resting on its name.
func TestMouseDragsIntoAHiddenColumn(t *testing.T) {
	home := t.TempDir()
	db := filepath.Join(home, "demo.db")
	x := start(t, 80, 24, home, "demo", "--db", db)
	x.sees("2 Backlog", "3 Icebox", "Login loops")
	held := x.over("#1042").down().drag(x.over("3 Icebox"))
	x.sees("#1042 → Icebox")
	held.drag(pointer{x, 60, 12}).up()
	x.sees("S-1 ")
	var icebox []storyJSON
	twin(t, home, &icebox, "--db", db, "story", "list", "--column", "icebox")
	if names(icebox) != "Export CSV is empty" {
		t.Errorf("%+v", icebox)
	}
}
