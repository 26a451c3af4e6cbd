package ui

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"

	tea "charm.land/bubbletea/v2"
)

// keysScreen opens the list of keys with a search.
func (w *world) keysScreen(search string) *keysPane {
	w.t.Helper()
	w.press("O")
	w.see("Settings")
	w.write("keys").press("enter")
	w.shows("Keys")
	w.write(search)
	return w.top().(*keysPane)
}

// savedKeys are the keys that are saved.
func (w *world) savedKeys() keymap.Keys {
	w.t.Helper()
	w.idle()
	text, err := w.svc.Settings.Setting(w.t.Context(), keymap.Setting)
	must(w.t, err)
	k, problems := ReadKeys(text)
	if len(problems) > 0 {
		w.t.Errorf("%q: %v", text, problems)
	}
	return k
}

func TestAnActionGetsAnotherKey(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.keysScreen("top of the backlog")
	w.press("enter")
	w.shows("Press the key for “backlog” (story or ticket), which has b")
	w.press("f5")
	w.see("backlog has f5 now")
	if row := w.row("move to the top of the Backlog"); !strings.Contains(row, "f5") || !strings.Contains(row, "default b") {
		t.Errorf("the row says %s", row)
	}
	if got := keysOf(w.savedKeys(), "story-or-ticket/backlog"); !slices.Equal(got, []string{"f5"}) {
		t.Errorf("backlog has %q", got)
	}

	// One more, and both are followed at once.
	w.press("ctrl+a", "f6", "esc", "f6")
	w.until("the story is there", func() bool { return len(w.rows(intent.PaneBacklog)) == 1 })
	w.idle()

	// The default again.
	w.keysScreen("top of the backlog")
	w.press("ctrl+x")
	w.see("backlog has b now")
	if k := w.savedKeys(); keysOf(k, "story-or-ticket/backlog")[0] != "b" {
		t.Errorf("saved: %s", k)
	}
}

func TestAKeyIsTakenOverOrLeft(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 40)
	w.keysScreen("top of the icebox")
	w.press("enter", "u")
	w.shows("u is already used for “undo” (everywhere). Use it here instead?")
	w.press("n")
	if k := w.savedKeys(); k.String() != "" {
		t.Errorf("saved: %s", k)
	}
	w.press("enter", "u", "y")
	w.see("icebox has u now")
	k := w.savedKeys()
	if got := keysOf(k, "story-or-ticket/icebox"); !slices.Equal(got, []string{"u"}) || len(keysOf(k, "everywhere/undo")) != 0 {
		t.Errorf("saved: %s", k)
	}

	// All at once.
	w.press("ctrl+r")
	w.shows("Restore the default keys of all actions?")
	w.press("y")
	w.see("default keys restored")
	if k := w.savedKeys(); k.String() != "" {
		t.Errorf("saved: %s", k)
	}
	w.press("ctrl+r")
	w.shows("default keys restored")
}

// What cannot be a key is refused with the reason, and another is waited for.
func TestKeysThatCannotBePressed(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(140, 40)
	for _, c := range []struct{ search, press, says string }{
		{"cancel", "x", "which types text there"},
		{"quit, even from a text field", "f2", "ctrl+c always quits"},
		{"suspend to the shell", "f2", "suspend has f2 now"},
	} {
		w.keysScreen(c.search)
		w.press("enter", c.press)
		w.see(c.says)
		w.press("esc", "esc")
		w.do(func(h *pane.Host) tea.Cmd { return h.CloseTo(1) })
	}
}

// The last key that leaves a screen cannot be taken away.
func TestAKeyThatIsNeededStays(t *testing.T) {
	if k, err := defaultKeys().Take("composer/send", []string{"esc"}); present.FieldOf(err) != "key" || k.String() != "" {
		t.Errorf("%s, %v", k, err)
	}
	k, err := defaultKeys().Take("board/open", []string{"j", "u"})
	if err != nil || !slices.Equal(keysOf(k, "lists/down"), []string{"down"}) || len(k.Conflicts()) > 0 {
		t.Errorf("%s, %v", k, err)
	}
}

// Another terminal's choice is shown while the list is open.
func TestKeysOfAnotherTerminal(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 40)
	w.keysScreen("undo the last change")
	k, err := defaultKeys().Set("undo", []string{"f9"})
	must(t, err)
	must(t, w.svc.Settings.SaveSetting(t.Context(), keymap.Setting, k.String()))
	w.send(pane.Changed{Hint: tracker.HintAll})
	w.see("f9")
}
