package ui

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
)

// results are the names of what the palette's search shows, best first.
func (w *world) results(query string) []string {
	w.t.Helper()
	w.press(":").write(query)
	c, ok := w.model.app.top().(*chooser)
	if !ok {
		w.t.Fatal("there is no palette")
	}
	var names []string
	for n := range c.shown {
		names = append(names, c.row(n).name)
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

// Help explains the signs on rows; choosing one just closes it.
func TestHelpExplainsSigns(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(80, 24)
	w.press("?").write("last saw")
	w.see("•           a linked ticket has changed since you last saw it")
	w.press("enter")
	if w.model.app.top() != pane(w.model.app.board) {
		t.Errorf("enter leads to %T", w.model.app.top())
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

// The log is searched by what it says, and stays in its order.
func TestLogIsSearchedInItsOrder(t *testing.T) {
	rows := []choice{{text: "saved S-2"}, {text: "S-1 was not saved"}, {text: "other"}, {text: "saved S-1"}}
	var got []int
	for _, f := range search(rows, []string{"saved", "s-1"}) {
		got = append(got, f.row)
	}
	if !slices.Equal(got, []int{1, 3}) {
		t.Errorf("found rows %v", got)
	}
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

// indexFold finds what a search of the texts in lower case finds.
func TestIndexFold(t *testing.T) {
	texts := []string{"", "a", "Export", "export CSV", "EXPORT csv Export", "Größe ÄNDERN", "ÄÖ export", "eXpoexport", "İstanbul", "日本 Export"}
	for _, text := range texts {
		for _, part := range []string{"a", "e", "export", "port", "csv", "größe", "ändern", "x", "日本", "stan", "t c"} {
			want := strings.Index(strings.ToLower(text), part)
			if len(strings.ToLower(text)) != len(text) {
				want = strings.Index(text, part)
			}
			if got := indexFold(text, part); got != want {
				t.Errorf("indexFold(%q, %q) = %d, want %d", text, part, got, want)
			}
		}
	}
}

// Ten thousand rows are looked through with every key: one that does not answer
// costs nothing but time.
func TestRowThatDoesNotAnswerAllocatesNothing(t *testing.T) {
	row := choice{key: "S-12", text: "Export over 10,000 rows fails", note: "started · 1 ticket"}
	words := []string{"zz"}
	if n := testing.AllocsPerRun(100, func() {
		if _, ok := row.answers(words, words); ok {
			t.Fatal("it answers")
		}
	}); n != 0 {
		t.Errorf("a row that does not answer allocates %v times", n)
	}
}
