package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	"storydesk/ui/intent"
	"storydesk/ui/pane"

	tea "charm.land/bubbletea/v2"
)

// The key that undoes a message offers can be clicked.
func TestUndoInAMessageIsClicked(t *testing.T) {
	w := newWorld(t).withTickets(ticketOf(1, "open", time.Hour, "One")).start(120, 30)
	w.press("b")
	w.see("u undo")
	w.click("u undo")
	w.until("the story is removed", func() bool { return len(w.rows(intent.PaneBacklog)) == 0 })
}

// A message covers nothing of a form, nor of its border.
func TestAMessageLeavesTheBorderOfAForm(t *testing.T) {
	w := newWorld(t).start(80, 24)
	w.settings()
	w.newForm()
	w.do(func(h *pane.Host) tea.Cmd {
		return h.Fail(errors.New("Zendesk does not answer; try again later, or look whether its status page says something"))
	})
	w.exact(80, 24)
	lines := strings.Split(w.screen(), "\n")
	if border := lines[21]; !strings.HasPrefix(border, "┗") || !strings.HasSuffix(border, "┛") || !strings.Contains(lines[22], "Zendesk does not answer") {
		t.Errorf("the border is covered:\n%s", w.screen())
	}
}
