package ui_test

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// A key that means nothing says so, once, and leaves no trace in the log.
func TestAKeyThatMeansNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	w.Press("&")
	w.Shows("& does nothing here; ? lists the keys")
	first := w.Said().ID
	w.Press("&", "&")
	if w.Said().ID != first {
		t.Error("the same key says it again")
	}
	w.Send(uitest.Key("f5"))
	w.Shows("f5 does nothing here; ? lists the keys")
	w.Press("j")
	if strings.Contains(w.Screen(), "means nothing") {
		t.Errorf("it stays after a key that means something:\n%s", w.Screen())
	}
	w.Press("&")
	w.Shows("& does nothing here")
	w.Send(pane.ToastExpired{ID: w.Said().ID})
	if len(w.Model.Host().Toasts.Log) != 0 || w.Said() != nil {
		t.Errorf("the log holds %+v, the footer %+v", w.Model.Host().Toasts.Log, w.Said())
	}
}

// Shift alone, a key without a name, the mouse and what is typed into a text
// were not meant to do anything.
func TestUnknownKeysAreIgnored(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
	for _, msg := range []tea.Msg{
		tea.KeyPressMsg{Code: tea.KeyLeftShift, Mod: tea.ModShift}, tea.KeyPressMsg{Code: tea.KeyCapsLock},
		tea.KeyPressMsg{Code: tea.KeyMediaPlay}, tea.MouseClickMsg{X: 3, Y: 29, Button: tea.MouseRight},
		tea.KeyPressMsg{Code: 0xE000},
	} {
		w.Send(msg)
		if got := w.Said(); got != nil {
			t.Errorf("%+v says %q", msg, got.Text)
		}
	}
	w.Press("/").Write("QWX").Press("f5", "enter")
	if got := w.Said(); got != nil {
		t.Errorf("the filter says %q", got.Text)
	}
}

// What was said of a key goes at the next one, and never stands over another screen.
func TestARefusalIsClearedByTheNextKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Running", tracker.Backlog, 1, tracker.Start)
	w.Story("Next", tracker.Backlog, 1)
	w.Start(140, 30).Press("2", "j", "m", "k", "enter")
	const refusal = "unstarted stories stay below started ones"
	said := func() string {
		if got := w.Said(); got != nil {
			return got.Text
		}
		return ""
	}
	if !strings.HasSuffix(said(), refusal) {
		t.Errorf("the drop says %q", said())
	}
	w.Press("j")
	if said() != "" {
		t.Errorf("after j: %q", said())
	}
	w.Press("k", "enter", "esc", "?")
	if said() != "" {
		t.Errorf("over help: %q", said())
	}
}
