package tests

import (
	"strings"
	"testing"
)

// rows are the lines inside the pane at the left, from the top.
func rows(screen string) []string {
	var inside []string
	for line := range strings.SplitSeq(screen, "\n") {
		if line, found := strings.CutPrefix(line, "┃"); found {
			inside = append(inside, line)
		}
	}
	return inside
}

// A filter finds while one types, highlights what it found, and reports what it
// does not know; esc shows all again.
func TestFilterByKeys(t *testing.T) {
	t.Parallel()
	x := start(t, 140, 40, t.TempDir(), "demo")
	x.sees("53 · 52 new ━", "#1042 Export CSV is empty")
	x.press("W") // what is searched for stands in the rows alone
	x.press("/", "csv")
	x.sees("/csv ━", "2 of 53", "#1007")
	if letter, found := x.style("Export CSV", 0), x.style("Export CSV", 7); found.Equal(&letter) {
		t.Errorf("what was found and the rest both look like %+v", found)
	}
	x.press(" colour:red", "enter")
	x.sees("there is no term colour. Terms: status, priority")
	x.press("ctrl+u", "status:pending -type:problem", "enter")
	x.until("pending tickets only", func(screen string) bool {
		return strings.Contains(screen, "5 of 53") && strings.Count(screen, "P #") == 5 && strings.Count(screen, " #1") == 4
	})
	x.press("esc")
	x.sees("1 Tickets ━")
	x.press("g")
	x.sees("#1042 Export CSV is empty", "#1048 ")
	if letter, shown := x.style("Export CSV", 0), x.style("Export CSV", 7); !shown.Equal(&letter) {
		t.Errorf("without a filter parts of the name look like %+v and %+v", letter, shown)
	}
}

// The palette and help lead to the menu of orders, which takes a word, a click,
// or a click beside it.
func TestSortByKeysAndMouse(t *testing.T) {
	t.Parallel()
	x := start(t, 140, 40, t.TempDir(), "demo")
	x.sees("#1048 ")
	x.press(":", "sort")
	x.sees("Commands", "sort the tickets")
	x.press("enter")
	x.sees("Sort tickets by", "longest waiting first")
	x.press("oldest", "enter")
	x.sees("1 Tickets · oldest first")
	x.press("g")
	x.until("the oldest ticket at the top", func(screen string) bool {
		shown := rows(screen)
		return len(shown) > 1 && strings.Contains(shown[1], "#986 ")
	})
	x.press("?", "sort")
	x.sees("keys here and on other screens", "sort the tickets")
	x.press("enter")
	x.over("urgent first").click()
	x.sees("1 Tickets · by priority")
	x.press("S")
	x.sees("urgent first")
	pointer{x, 0, 12}.click()
	x.loses("Sort tickets by")
	x.press("S")
	x.sees("the view's order in Zendesk")
	x.press("down", "up", "view", "enter")
	x.sees("1 Tickets ━")
}
