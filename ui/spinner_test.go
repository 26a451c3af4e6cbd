package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// Long work is shown, by a spinner and in words, and no
// longer than it takes.
func TestLongWorkIsShown(t *testing.T) {
	t.Parallel()
	w := reading(t)
	w.Options.Environ = nil
	w.Start(120, 30)
	w.See("⠙ loading…")
	w.See("loading…")
	w.See("⠹ loading…")
	w.Send(tea.BlurMsg{})
	if a := w.Model.Host(); a.Spinner.Run != 0 || !a.Slow() {
		t.Errorf("the window has no focus, and the spinner is %+v", a.Spinner)
	}
	w.Send(tea.FocusMsg{})
	w.See("⠸ loading…")
	fetch := w.Sight().Board.Fetch
	fetch.FinishedAt = uitest.Now()
	if err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.EndFetch(fetch) }); err != nil {
		t.Fatal(err)
	}
	w.Send(pane.Changed{Hint: tracker.HintTickets})
	w.Until("the view is read", func() bool { return !w.Sight().Board.Fetch.FinishedAt.IsZero() })
	if screen := w.Screen(); w.Model.Host().Spinner != (pane.Spinner{}) || strings.Contains(screen, "loading") || strings.Contains(screen, "⠸") {
		t.Errorf("the spinner is %+v:\n%s", w.Model.Host().Spinner, screen)
	}
}

// Quick work is not shown: until then the last reading is.
func TestQuickWorkIsNotShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 30)
	w.See("✓ 0s ago")
	fetch := tracker.Fetch{IntegrationID: w.In.ID, StartedAt: uitest.Now()}
	if err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.BeginFetch(&fetch) }); err != nil {
		t.Fatal(err)
	}
	w.Send(pane.Changed{Hint: tracker.HintTickets})
	w.Until("the view is being read", func() bool { return w.Sight().Board.Fetch.FinishedAt.IsZero() })
	w.Model.Host().Spinner.Turn = 0
	if screen := w.Screen(); !strings.Contains(screen, "✓ 0s ago") || strings.Contains(screen, "loading") {
		t.Errorf("the screen:\n%s", screen)
	}
}

// With reduced motion it is shown in words alone.
func TestTheSpinnerWithReducedMotion(t *testing.T) {
	t.Parallel()
	w := reading(t).Start(120, 30)
	w.See("loading…")
	if screen := w.Screen(); w.Model.Host().Spinner.Turn != 1 || strings.Contains(screen, "⠙") {
		t.Errorf("the screen:\n%s", screen)
	}
}
