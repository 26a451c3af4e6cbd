package ui

import (
	"slices"
	"strings"
	"testing"

	"storydesk/ui/intent"

	tea "charm.land/bubbletea/v2"
)

func TestNoKeyMeansTwoThings(t *testing.T) {
	taken := map[scope]map[string]intent.ActionID{}
	for _, a := range actions() {
		if taken[a.scope] == nil {
			taken[a.scope] = map[string]intent.ActionID{}
		}
		for _, k := range a.keys.Keys() {
			if other, ok := taken[a.scope][k]; ok {
				t.Errorf("%s: %s means %s and %s", a.scope, k, other, a.id)
			}
			taken[a.scope][k] = a.id
			if k == " " {
				t.Errorf("%s: the space bar is named space", a.id)
			}
		}
	}
}

func TestNoKeyIsHiddenByAnother(t *testing.T) {
	keys := newKeymap(defaultKeys())
	for _, chain := range append(screens(), []scope{scopeMove}, []scope{scopePrompt}, []scope{scopeQuestion}, []scope{scopeDiscard}, []scope{scopeChooser}, []scope{scopeField}, []scope{scopeDescription}) {
		if slices.Contains([]scope{scopeDeliveries, scopeDrift, scopeSandbox, scopePicker}, chain[0]) {
			continue // some of their keys are meant to hide others
		}
		taken := map[string]intent.ActionID{}
		for _, a := range keys.in(chain) {
			for _, k := range a.keys.Keys() {
				if other, ok := taken[k]; ok && other != a.id {
					t.Errorf("%v: %s means %s and %s", chain, k, other, a.id)
				}
				taken[k] = a.id
			}
		}
	}
}

func TestTextFieldsGetTheirLetters(t *testing.T) {
	for _, a := range actions() {
		for _, k := range a.keys.Keys() {
			if a.scope.takesText() && types(k) {
				t.Errorf("%s takes %q from the text", a.id, k)
			}
		}
	}
}

func TestActionsAreWhole(t *testing.T) {
	for _, a := range actions() {
		if a.help == "" || a.group == "" || a.keys.Help().Key == "" || a.keys.Help().Desc == "" || groupOrder(a.group) < 0 {
			t.Errorf("%s lacks help, group or keys", a.id)
		}
	}
}

// A terminal sends the same bytes for two quick presses of esc and for alt+esc.
func TestTwoQuickEscapes(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 30)
	w.press("/").write("Export").press("enter")
	w.press("n").write("Rotate").send(tea.KeyPressMsg{Code: tea.KeyEscape, Mod: tea.ModAlt})
	if b := w.model.app.board; w.model.app.top() != pane(b) || len(b.tickets.Shown) != len(usual()) {
		t.Errorf("the prompt or the filter is left:\n%s", w.screen())
	}
}

func TestKeysOfAnotherAlphabet(t *testing.T) {
	keys := newKeymap(defaultKeys())
	for _, c := range []struct {
		press tea.KeyPressMsg
		want  intent.ActionID
	}{
		{tea.KeyPressMsg{Code: 'и', Text: "и", BaseCode: 'b'}, intent.ActBacklog},
		{tea.KeyPressMsg{Code: 'о', Text: "О", BaseCode: 'j', Mod: tea.ModShift}, intent.ActMoveDown},
		{tea.KeyPressMsg{Code: 'з', BaseCode: 'p', Mod: tea.ModCtrl}, intent.ActPalette},
		{tea.KeyPressMsg{Code: 'ю', Text: ",", BaseCode: '/', Mod: tea.ModShift}, intent.ActIntegrations},
	} {
		got, ok := keys.find(c.press, []scope{scopeBoard, scopeItem, scopeList, scopeGlobal})
		if !ok || got.id != c.want {
			t.Errorf("%s means %q, want %s", c.press, got.id, c.want)
		}
	}
}

func TestKeyTableHasEveryKey(t *testing.T) {
	table := KeyTable()
	for _, a := range actions() {
		if !strings.Contains(table, a.help) {
			t.Errorf("the key table lacks %s", a.id)
		}
	}
}
