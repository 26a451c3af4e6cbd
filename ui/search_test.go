package ui_test

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/uitest"
)

// results are the names of what the palette's search shows, best first.
func (w *world) results(query string) []string {
	w.T.Helper()
	w.Press(":").Write(query)
	c, ok := w.Top().(*dialog.Chooser)
	if !ok {
		w.T.Fatal("there is no palette")
	}
	var names []string
	for n := range c.Shown {
		names = append(names, c.Rows[c.Shown[n].Row].Name)
	}
	w.Press("esc")
	return names
}

func TestPaletteFindsTheBestFirst(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(120, 30)
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
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(120, 30)
	got := w.results("move")
	if i, j := slices.Index(got, "move"), slices.Index(got, "move down"); i < 0 || j < i {
		t.Errorf("move finds %q; a ticket cannot move down", got)
	}
	w.Press(":").Write("move down")
	w.Shows("This is a ticket")
	w.Press("enter")
	w.Shows("This is a ticket")
}

func TestSearchSaysWhatWasNotFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	w.Press(":").Write("zzz")
	w.Shows("nothing matches “zzz”")
	w.Press("enter")
	w.exact(80, 24)
}

// Help explains the symbols on rows; choosing one just closes it.
func TestHelpExplainsSymbols(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(80, 24)
	w.Press("?").Write("last saw")
	w.See("•           new, or changed since you last saw it")
	w.Press("enter")
	if !w.OnBoard() {
		t.Errorf("enter leads to %T", w.Top())
	}
}

// Help explains how to search.
func TestHelpExplainsSearches(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 30)
	w.Press("?").Write("open blocker")
	w.See("blocked:yes · stories with an open blocker")
	w.Press("enter")
	if !w.OnBoard() {
		t.Errorf("enter leads to %T", w.Top())
	}
}

// Help lists what works here first, and what other screens do at its end.
func TestHelpNamesTheScreenOfAnAction(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(120, 120)
	w.Press("?")
	screen := w.Screen()
	if here, away := strings.Index(screen, "Tickets and stories"), strings.Index(screen, "Not now"); here < 0 || away < here {
		t.Errorf("help is in disorder:\n%s", screen)
	}
	w.Write("retry now")
	w.Shows("deliveries")
	w.Press("enter")
	w.Shows("“retry” works on another screen: deliveries")
}

// Highlighted text is as wide as plain text, wherever the letters are.
func TestHighlightKeepsTheWidth(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("👩‍👩‍👧 界 e\u0301 İstanbul undo", tracker.Backlog, 1)
	w.Start(80, 24)
	for _, query := range []string{"u", "istanbul", "界", "e"} {
		w.Press(":").Write(query)
		w.exact(80, 24)
		w.Press("esc")
	}
}
