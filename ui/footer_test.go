package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/intent"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// The key that undoes a message offers can be clicked.
func TestUndoInAMessageIsClicked(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Ticket(1, "open", time.Hour, "One")).Start(120, 30)
	w.Press("b")
	w.See("u undo")
	w.Click("u undo")
	w.Until("the story is removed", func() bool { return len(w.rows(intent.PaneBacklog)) == 0 })
}

// A message covers nothing of a form, nor of its border.
func TestAMessageLeavesTheBorderOfAForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t).Start(80, 24)
	w.settings()
	w.newForm()
	w.do(func(h *pane.Host) tea.Cmd {
		return h.Fail(errors.New("Zendesk does not answer; try again later, or look whether its status page says something"))
	})
	w.exact(80, 24)
	lines := strings.Split(w.Screen(), "\n")
	if border := lines[21]; !strings.HasPrefix(border, "┗") || !strings.HasSuffix(border, "┛") || !strings.Contains(lines[22], "Zendesk does not answer") {
		t.Errorf("the border is covered:\n%s", w.Screen())
	}
}
