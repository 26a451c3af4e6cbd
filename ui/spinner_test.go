package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// What takes long is told once it does, by a spinner and in words, and no
// longer than it takes.
func TestWhatTakesLongIsTold(t *testing.T) {
	w := reading(t)
	w.options.Environ = nil
	w.start(120, 30)
	board := w.model.app.board
	w.see("⠙ loading…")
	w.see("loading…")
	w.see("⠹ loading…")
	w.send(tea.BlurMsg{})
	if a := w.model.app; a.spinner.run != 0 || !a.slow() {
		t.Errorf("nobody looks, and the spinner is %+v", a.spinner)
	}
	w.send(tea.FocusMsg{})
	w.see("⠸ loading…")
	fetch := board.fetch
	fetch.FinishedAt = testNow()
	if err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.EndFetch(fetch) }); err != nil {
		t.Fatal(err)
	}
	w.send(changed{tracker.HintTickets})
	w.until("the view is read", func() bool { return !board.readingView() })
	if screen := w.screen(); w.model.app.spinner != (spinner{}) || strings.Contains(screen, "loading") || strings.Contains(screen, "⠸") {
		t.Errorf("the spinner is %+v:\n%s", w.model.app.spinner, screen)
	}
}

// What is quick is not told: until then the last reading is.
func TestWhatIsQuickIsNotTold(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 30)
	board := w.model.app.board
	w.see("✓ 0s ago")
	fetch := tracker.Fetch{IntegrationID: w.in.ID, StartedAt: testNow()}
	if err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.BeginFetch(&fetch) }); err != nil {
		t.Fatal(err)
	}
	w.send(changed{tracker.HintTickets})
	w.until("the view is being read", board.readingView)
	w.model.app.spinner.turn = 0
	if screen := w.screen(); !strings.Contains(screen, "✓ 0s ago") || strings.Contains(screen, "loading") {
		t.Errorf("the screen:\n%s", screen)
	}
}

// Where nothing may move, words tell it alone.
func TestTheSpinnerStandsStill(t *testing.T) {
	w := reading(t).start(120, 30)
	w.see("loading…")
	if screen := w.screen(); w.model.app.spinner.turn != 1 || strings.Contains(screen, "⠙") {
		t.Errorf("the screen:\n%s", screen)
	}
}
