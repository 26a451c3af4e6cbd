package ui_test

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
	"storydesk/ui/uitest"
)

// keysScreen opens the list of keys with a search.
func (w *world) keysScreen(search string) *ui.KeysPane {
	w.T.Helper()
	w.Press("O")
	w.See("Settings")
	w.Write("keys").Press("enter")
	w.Shows("Keys")
	w.Write(search)
	return w.Top().(*ui.KeysPane)
}

// savedKeys are the keys that are saved.
func (w *world) savedKeys() keymap.Keys {
	w.T.Helper()
	w.Idle()
	text, err := w.Service.Settings.Setting(w.T.Context(), keymap.Setting)
	must(w.T, err)
	k, problems := ui.ReadKeys(text)
	if len(problems) > 0 {
		w.T.Errorf("%q: %v", text, problems)
	}
	return k
}

func TestAnActionGetsAnotherKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.keysScreen("top of the backlog")
	w.Press("enter")
	w.Shows("Press the key for “backlog” (story or ticket), which has b")
	w.Press("f5")
	w.See("backlog has f5 now")
	if row := w.Row("move to the top of the Backlog"); !strings.Contains(row, "f5") || !strings.Contains(row, "default b") {
		t.Errorf("the row says %s", row)
	}
	if got := keysOf(w.savedKeys(), "story-or-ticket/backlog"); !slices.Equal(got, []string{"f5"}) {
		t.Errorf("backlog has %q", got)
	}

	// One more, and both are followed at once.
	w.Press("ctrl+a", "f6", "esc", "f6")
	w.Until("the story is there", func() bool { return len(w.rows(intent.PaneBacklog)) == 1 })
	w.Idle()

	// The default again.
	w.keysScreen("top of the backlog")
	w.Press("ctrl+x")
	w.See("backlog has b now")
	if k := w.savedKeys(); keysOf(k, "story-or-ticket/backlog")[0] != "b" {
		t.Errorf("saved: %s", k)
	}
}

func TestAKeyIsTakenOverOrLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 40)
	w.keysScreen("top of the icebox")
	w.Press("enter", "u")
	w.Shows("u is already used for “undo” (everywhere). Use it here instead?")
	w.Press("n")
	if k := w.savedKeys(); k.String() != "" {
		t.Errorf("saved: %s", k)
	}
	w.Press("enter", "u", "y")
	w.See("icebox has u now")
	k := w.savedKeys()
	if got := keysOf(k, "story-or-ticket/icebox"); !slices.Equal(got, []string{"u"}) || len(keysOf(k, "everywhere/undo")) != 0 {
		t.Errorf("saved: %s", k)
	}

	// All at once.
	w.Press("ctrl+r")
	w.Shows("Restore the default keys of all actions?")
	w.Press("y")
	w.See("default keys restored")
	if k := w.savedKeys(); k.String() != "" {
		t.Errorf("saved: %s", k)
	}
	w.Press("ctrl+r")
	w.Shows("default keys restored")
}

// What cannot be a key is refused with the reason, and another is waited for.
func TestKeysThatCannotBePressed(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 40)
	for _, c := range []struct{ search, press, says string }{
		{"cancel", "x", "which types text there"},
		{"quit, even from a text field", "f2", "ctrl+c always quits"},
		{"suspend to the shell", "f2", "suspend has f2 now"},
	} {
		w.keysScreen(c.search)
		w.Press("enter", c.press)
		w.See(c.says)
		w.Press("esc", "esc")
		w.do(func(h *pane.Host) tea.Cmd { return h.CloseTo(1) })
	}
}

// The last key that leaves a screen cannot be taken away.
func TestAKeyThatIsNeededStays(t *testing.T) {
	t.Parallel()
	if k, err := ui.DefaultKeys().Take("composer/send", []string{"esc"}); present.FieldOf(err) != "key" || k.String() != "" {
		t.Errorf("%s, %v", k, err)
	}
	k, err := ui.DefaultKeys().Take("board/open", []string{"j", "u"})
	if err != nil || !slices.Equal(keysOf(k, "lists/down"), []string{"down"}) || len(k.Conflicts()) > 0 {
		t.Errorf("%s, %v", k, err)
	}
}

// Another terminal's choice is shown while the list is open.
func TestKeysOfAnotherTerminal(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 40)
	w.keysScreen("undo the last change")
	k, err := ui.DefaultKeys().Set("undo", []string{"f9"})
	must(t, err)
	must(t, w.Service.Settings.SaveSetting(t.Context(), keymap.Setting, k.String()))
	w.Send(pane.Changed{Hint: tracker.HintAll})
	w.See("f9")
}
