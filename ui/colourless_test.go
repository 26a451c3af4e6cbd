package ui

import (
	"strings"
	"testing"
)

// What stands around the rows is readable without colour too.
func TestFocusSelectionAndDropAreShownWithoutColour(t *testing.T) {
	w := filled(t, usual()).start(120, 30)
	before := w.screen()
	if !strings.Contains(w.row("1042"), "▌N #1042") {
		t.Errorf("the selected row has no marker: %s", w.row("1042"))
	}
	w.press("2")
	focused := w.screen()
	if before == focused || !strings.Contains(focused, "┏━ 2 Backlog") || !strings.Contains(before, "┏━ 1 Tickets") {
		t.Error("the focus is shown by colour alone")
	}
	w.press("m")
	if moving := w.screen(); !strings.Contains(moving, "━━▶ here") || !strings.Contains(moving, "→ Backlog") {
		t.Errorf("what is moved is shown by colour alone:\n%s", moving)
	}
}
