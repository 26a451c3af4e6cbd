package ui_test

import (
	"strings"
	"testing"

	"storydesk/ui/uitest"
)

// What stands around the rows is readable without colour too.
func TestFocusSelectionAndDropAreShownWithoutColour(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(120, 30)
	before := w.Screen()
	if !strings.Contains(w.Row("1042"), "▌ N #1042") {
		t.Errorf("the selected row has no marker: %s", w.Row("1042"))
	}
	w.Press("2")
	focused := w.Screen()
	if before == focused || !strings.Contains(focused, "┏━ 2 Backlog") || !strings.Contains(before, "┏━ 1 Tickets") {
		t.Error("the focus is shown by colour alone")
	}
	w.Press("m")
	if moving := w.Screen(); !strings.Contains(moving, "━━▶ here") || !strings.Contains(moving, "→ Backlog") {
		t.Errorf("what is moved is shown by colour alone:\n%s", moving)
	}
}
