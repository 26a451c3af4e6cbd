package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/pane"
)

// Long work is shown, by a spinner and in words, and no
// longer than it takes.
func TestLongWorkIsShown(t *testing.T) {
	w := reading(t)
	w.options.Environ = nil
	w.start(120, 30)
	w.see("⠙ loading…")
	w.see("loading…")
	w.see("⠹ loading…")
	w.send(tea.BlurMsg{})
	if a := w.model.Host(); a.Spinner.Run != 0 || !a.Slow() {
		t.Errorf("the window has no focus, and the spinner is %+v", a.Spinner)
	}
	w.send(tea.FocusMsg{})
	w.see("⠸ loading…")
	fetch := w.sight().Board.Fetch
	fetch.FinishedAt = testNow()
	if err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.EndFetch(fetch) }); err != nil {
		t.Fatal(err)
	}
	w.send(pane.Changed{Hint: tracker.HintTickets})
	w.until("the view is read", func() bool { return !w.sight().Board.Fetch.FinishedAt.IsZero() })
	if screen := w.screen(); w.model.Host().Spinner != (pane.Spinner{}) || strings.Contains(screen, "loading") || strings.Contains(screen, "⠸") {
		t.Errorf("the spinner is %+v:\n%s", w.model.Host().Spinner, screen)
	}
}

// Quick work is not shown: until then the last reading is.
func TestQuickWorkIsNotShown(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 30)
	w.see("✓ 0s ago")
	fetch := tracker.Fetch{IntegrationID: w.in.ID, StartedAt: testNow()}
	if err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.BeginFetch(&fetch) }); err != nil {
		t.Fatal(err)
	}
	w.send(pane.Changed{Hint: tracker.HintTickets})
	w.until("the view is being read", func() bool { return w.sight().Board.Fetch.FinishedAt.IsZero() })
	w.model.Host().Spinner.Turn = 0
	if screen := w.screen(); !strings.Contains(screen, "✓ 0s ago") || strings.Contains(screen, "loading") {
		t.Errorf("the screen:\n%s", screen)
	}
}

// With reduced motion it is shown in words alone.
func TestTheSpinnerWithReducedMotion(t *testing.T) {
	w := reading(t).start(120, 30)
	w.see("loading…")
	if screen := w.screen(); w.model.Host().Spinner.Turn != 1 || strings.Contains(screen, "⠙") {
		t.Errorf("the screen:\n%s", screen)
	}
}
