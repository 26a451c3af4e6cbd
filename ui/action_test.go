package ui

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

func TestNoKeyMeansTwoThings(t *testing.T) {
	taken := map[keymap.Scope]map[string]intent.ActionID{}
	for _, a := range actions() {
		if taken[a.Scope] == nil {
			taken[a.Scope] = map[string]intent.ActionID{}
		}
		for _, k := range a.Keys.Keys() {
			if other, ok := taken[a.Scope][k]; ok {
				t.Errorf("%s: %s means %s and %s", a.Scope, k, other, a.ID)
			}
			taken[a.Scope][k] = a.ID
			if k == " " {
				t.Errorf("%s: the space bar is named space", a.ID)
			}
		}
	}
}

func TestNoKeyIsHiddenByAnother(t *testing.T) {
	keys := keymap.New(defaultKeys())
	for _, chain := range append(keymap.Screens(), []keymap.Scope{keymap.ScopeMove}, []keymap.Scope{keymap.ScopePrompt}, []keymap.Scope{keymap.ScopeQuestion}, []keymap.Scope{keymap.ScopeDiscard}, []keymap.Scope{keymap.ScopeChooser}, []keymap.Scope{keymap.ScopeField}, []keymap.Scope{keymap.ScopeDescription}) {
		if slices.Contains([]keymap.Scope{keymap.ScopeDeliveries, keymap.ScopeLinks, keymap.ScopeSandbox, keymap.ScopePicker}, chain[0]) {
			continue // some of their keys are meant to hide others
		}
		taken := map[string]intent.ActionID{}
		for _, a := range keys.In(chain) {
			for _, k := range a.Keys.Keys() {
				if other, ok := taken[k]; ok && other != a.ID {
					t.Errorf("%v: %s means %s and %s", chain, k, other, a.ID)
				}
				taken[k] = a.ID
			}
		}
	}
}

func TestTextFieldsGetTheirLetters(t *testing.T) {
	for _, a := range actions() {
		for _, k := range a.Keys.Keys() {
			if a.Scope.TakesText() && keymap.Types(k) {
				t.Errorf("%s takes %q from the text", a.ID, k)
			}
		}
	}
}

func TestActionsAreWhole(t *testing.T) {
	for _, a := range actions() {
		if a.Help == "" || a.Group == "" || a.Keys.Help().Key == "" || a.Keys.Help().Desc == "" || keymap.GroupOrder(a.Group) < 0 {
			t.Errorf("%s lacks help, group or keys", a.ID)
		}
	}
}

// A terminal sends the same bytes for two quick presses of esc and for alt+esc.
func TestTwoQuickEscapes(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 30)
	w.press("/").write("Export").press("enter")
	w.press("n").write("Rotate").send(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt})
	if !w.onBoard() || len(w.rows(intent.PaneTickets)) != len(usual()) {
		t.Errorf("the prompt or the filter is left:\n%s", w.screen())
	}
}

func TestKeysOfAnotherAlphabet(t *testing.T) {
	keys := keymap.New(defaultKeys())
	for _, c := range []struct {
		press tea.KeyPressMsg
		want  intent.ActionID
	}{
		{tea.KeyPressMsg{Code: 'и', Text: "и", BaseCode: 'b'}, intent.ActBacklog},
		{tea.KeyPressMsg{Code: 'о', Text: "О", BaseCode: 'j', Mod: tea.ModShift}, intent.ActMoveDown},
		{tea.KeyPressMsg{Code: 'з', BaseCode: 'p', Mod: tea.ModCtrl}, intent.ActPalette},
		{tea.KeyPressMsg{Code: 'ю', Text: ",", BaseCode: '/', Mod: tea.ModShift}, intent.ActIntegrations},
	} {
		got, ok := keys.Find(c.press, []keymap.Scope{keymap.ScopeBoard, keymap.ScopeItem, keymap.ScopeList, keymap.ScopeGlobal})
		if !ok || got.ID != c.want {
			t.Errorf("%s means %q, want %s", c.press, got.ID, c.want)
		}
	}
}

func TestKeyTableHasEveryKey(t *testing.T) {
	table := KeyTable()
	for _, a := range actions() {
		if !strings.Contains(table, a.Help) {
			t.Errorf("the key table lacks %s", a.ID)
		}
	}
}
