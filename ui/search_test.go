package ui

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/dialog"
)

// results are the names of what the palette's search shows, best first.
func (w *world) results(query string) []string {
	w.t.Helper()
	w.press(":").write(query)
	c, ok := w.top().(*dialog.Chooser)
	if !ok {
		w.t.Fatal("there is no palette")
	}
	var names []string
	for n := range c.Shown {
		names = append(names, c.Rows[c.Shown[n].Row].Name)
	}
	w.press("esc")
	return names
}

func TestPaletteFindsTheBestFirst(t *testing.T) {
	w := filled(t, usual()).start(120, 30)
	for query, want := range map[string]string{
		"undo": "undo", "ctrl+r": "redo", "u": "undo", "icebox": "icebox", "icbx": "icebox", "undo last": "undo", "BROWSER": "browser",
		"delvr": "deliveries", "?": "help",
	} {
		if got := w.results(query); len(got) == 0 || got[0] != want {
			t.Errorf("%q finds %q, want %q first", query, got, want)
		}
	}
	if got := w.results("qqq"); len(got) != 0 {
		t.Errorf("qqq finds %q", got)
	}
}

// What cannot be done now stands below what can, whatever fits better.
func TestPaletteShowsTheDisabledBelow(t *testing.T) {
	w := filled(t, usual()).start(120, 30)
	got := w.results("move")
	if i, j := slices.Index(got, "move"), slices.Index(got, "move down"); i < 0 || j < i {
		t.Errorf("move finds %q; a ticket cannot move down", got)
	}
	w.press(":").write("move down")
	w.shows("This is a ticket")
	w.press("enter")
	w.shows("This is a ticket")
}

func TestSearchSaysWhatWasNotFound(t *testing.T) {
	w := newWorld(t).start(80, 24)
	w.press(":").write("zzz")
	w.shows("nothing matches “zzz”")
	w.press("enter")
	w.exact(80, 24)
}

// Help explains the symbols on rows; choosing one just closes it.
func TestHelpExplainsSymbols(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(80, 24)
	w.press("?").write("last saw")
	w.see("•           a linked ticket has changed since you last saw it")
	w.press("enter")
	if !w.onBoard() {
		t.Errorf("enter leads to %T", w.top())
	}
}

// Help lists what works here first, and what other screens do at its end.
func TestHelpNamesTheScreenOfAnAction(t *testing.T) {
	w := filled(t, usual()).start(120, 90)
	w.press("?")
	screen := w.screen()
	if here, away := strings.Index(screen, "Tickets and stories"), strings.Index(screen, "Not now"); here < 0 || away < here {
		t.Errorf("help is in disorder:\n%s", screen)
	}
	w.write("retry now")
	w.shows("deliveries")
	w.press("enter")
	w.shows("“retry” works on another screen: deliveries")
}

// Highlighted text is as wide as plain text, wherever the letters are.
func TestHighlightKeepsTheWidth(t *testing.T) {
	w := newWorld(t)
	w.story("👩‍👩‍👧 界 e\u0301 İstanbul undo", tracker.Backlog, 1)
	w.start(80, 24)
	for _, query := range []string{"u", "istanbul", "界", "e"} {
		w.press(":").write(query)
		w.exact(80, 24)
		w.press("esc")
	}
}
