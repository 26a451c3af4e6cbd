package ui_test

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/uitest"
)

func TestNoKeyMeansTwoThings(t *testing.T) {
	t.Parallel()
	taken := map[keymap.Scope]map[string]intent.ActionID{}
	for _, a := range ui.Actions() {
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
	t.Parallel()
	keys := keymap.New(ui.DefaultKeys())
	for _, chain := range append(keymap.Screens(), []keymap.Scope{keymap.ScopeMove}, []keymap.Scope{keymap.ScopePrompt}, []keymap.Scope{keymap.ScopeQuestion}, []keymap.Scope{keymap.ScopeDiscard}, []keymap.Scope{keymap.ScopeChooser}, []keymap.Scope{keymap.ScopeField}, []keymap.Scope{keymap.ScopeDescription}) {
		if slices.Contains([]keymap.Scope{keymap.ScopeDeliveries, keymap.ScopeLinks, keymap.ScopeSandbox, keymap.ScopePicker, keymap.ScopeUndecided, keymap.ScopeAside}, chain[0]) {
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
	t.Parallel()
	for _, a := range ui.Actions() {
		for _, k := range a.Keys.Keys() {
			if a.Scope.TakesText() && keymap.Types(k) {
				t.Errorf("%s takes %q from the text", a.ID, k)
			}
		}
	}
}

func TestActionsAreWhole(t *testing.T) {
	t.Parallel()
	for _, a := range ui.Actions() {
		if a.Help == "" || a.Group == "" || a.Keys.Help().Key == "" || a.Keys.Help().Desc == "" || keymap.GroupOrder(a.Group) < 0 {
			t.Errorf("%s lacks help, group or keys", a.ID)
		}
	}
}

// A terminal sends the same bytes for two quick presses of esc and for alt+esc.
func TestTwoQuickEscapes(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 30)
	w.Press("/").Write("Export").Press("enter")
	w.Press("#").Write("12").Send(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt})
	if !w.OnBoard() || len(w.rows(intent.PaneTickets)) != len(uitest.Usual()) {
		t.Errorf("the prompt or the filter is left:\n%s", w.Screen())
	}
}

func TestKeysOfAnotherAlphabet(t *testing.T) {
	t.Parallel()
	keys := keymap.New(ui.DefaultKeys())
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
	t.Parallel()
	table := ui.KeyTable()
	for _, a := range ui.Actions() {
		if !strings.Contains(table, a.Help) {
			t.Errorf("the key table lacks %s", a.ID)
		}
	}
}
