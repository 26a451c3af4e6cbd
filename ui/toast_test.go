package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/pane"
)

// A key that means nothing says so, once, and leaves no trace in the log.
func TestAKeyThatMeansNothing(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	w.press("Q")
	w.shows("Q does nothing here; ? lists the keys")
	first := w.said().ID
	w.press("Q", "Q")
	if w.said().ID != first {
		t.Error("the same key says it again")
	}
	w.send(keyPress("f5"))
	w.shows("f5 does nothing here; ? lists the keys")
	w.press("j")
	if strings.Contains(w.screen(), "means nothing") {
		t.Errorf("it stays after a key that means something:\n%s", w.screen())
	}
	w.press("Q")
	w.shows("Q does nothing here")
	w.send(pane.ToastExpired{ID: w.said().ID})
	if len(w.model.Host().Toasts.Log) != 0 || w.said() != nil {
		t.Errorf("the log holds %+v, the footer %+v", w.model.Host().Toasts.Log, w.said())
	}
}

// Shift alone, a key without a name, the mouse and what is typed into a text
// were not meant to do anything.
func TestUnknownKeysAreIgnored(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 30)
	for _, msg := range []tea.Msg{
		tea.KeyPressMsg{Code: tea.KeyLeftShift, Mod: tea.ModShift}, tea.KeyPressMsg{Code: tea.KeyCapsLock},
		tea.KeyPressMsg{Code: tea.KeyMediaPlay}, tea.MouseClickMsg{X: 3, Y: 29, Button: tea.MouseRight},
		tea.KeyPressMsg{Code: 0xE000},
	} {
		w.send(msg)
		if got := w.said(); got != nil {
			t.Errorf("%+v says %q", msg, got.Text)
		}
	}
	w.press("/").write("QWX").press("f5", "enter")
	if got := w.said(); got != nil {
		t.Errorf("the filter says %q", got.Text)
	}
}

// What was said of a key goes at the next one, and never stands over another screen.
func TestARefusalIsClearedByTheNextKey(t *testing.T) {
	w := newWorld(t)
	w.story("Running", tracker.Backlog, 1, tracker.Start)
	w.story("Next", tracker.Backlog, 1)
	w.start(140, 30).press("2", "j", "m", "k", "enter")
	const refusal = "unstarted stories stay below started ones"
	said := func() string {
		if got := w.said(); got != nil {
			return got.Text
		}
		return ""
	}
	if !strings.HasSuffix(said(), refusal) {
		t.Errorf("the drop says %q", said())
	}
	w.press("j")
	if said() != "" {
		t.Errorf("after j: %q", said())
	}
	w.press("k", "enter", "esc", "?")
	if said() != "" {
		t.Errorf("over help: %q", said())
	}
}
