package ui

import (
	"strings"
	"testing"
)

// A part that is hidden comes back with its digit; the last one stays.
func TestPartsAreHiddenAndShown(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(2).start(140, 30)
	w.press("2", "w")
	w.idle()
	if screen := w.screen(); strings.Contains(screen, "2 Backlog") || w.setting(settingParts) != "tickets icebox" {
		t.Errorf("kept %q:\n%s", w.setting(settingParts), screen)
	}
	if focus := w.model.app.board.view.focus; focus != paneIcebox {
		t.Errorf("the focus is on %s", focus)
	}
	w.start(140, 30).press("t", "w")
	w.see("the last pane stays")
	w.press("2")
	w.shows("2 Backlog")
	w.press("1")
	w.idle()
	if kept := w.setting(settingParts); kept != "" {
		t.Errorf("all are shown again, kept is %q", kept)
	}
}

// What is moved into a column that is hidden is seen where it lands.
func TestHiddenColumnTakesWhatIsMoved(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(2).start(140, 30)
	w.press("2", "w", "1", "m", "h")
	w.shows("2 Backlog")
	w.press("esc")
	if strings.Contains(w.screen(), "2 Backlog") {
		t.Errorf("the Backlog is still shown:\n%s", w.screen())
	}
	w.press("m", "h", "enter")
	w.see("created from #1042")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Login loops on SSO" {
		t.Errorf("the Backlog holds %s", got)
	}
}
