package ui

import (
	"slices"
	"strings"

	"storydesk/ui/intent"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// action is one record of the table from which keys, footer, help, palette and
// the README's key table come.
type action struct {
	id    intent.ActionID
	scope scope
	// keys are how it is asked for; their help is what is written of them:
	// the keys as people know them and one or two words for the footer.
	keys key.Binding
	// group is the heading under which help lists it.
	group string
	// help says what it does, in a few words.
	help string
	// footer orders it in the footer, the lowest first; 0 keeps it out.
	footer int
}

// bind makes the keys of an action: shown is how people write them, label what
// the footer says, keys what a terminal reports.
func bind(shown, label string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, label))
}

// keymap finds actions by key.
type keymap struct {
	all     []action
	byScope map[scope][]action
	// chosen are the keys that the user chose.
	chosen Keys
}

func newKeymap(chosen Keys) keymap {
	m := keymap{all: chosen.applied(), byScope: make(map[scope][]action), chosen: chosen}
	for _, a := range m.all {
		m.byScope[a.scope] = append(m.byScope[a.scope], a)
	}
	return m
}

// in lists the actions of scopes, innermost first, then those that always work.
func (m keymap) in(scopes []scope) []action {
	var list []action
	for _, s := range slices.Concat(scopes, []scope{scopeAlways}) {
		list = append(list, m.byScope[s]...)
	}
	return list
}

// key is the key that help names first for an action of a scope; the action's
// name behind a colon, as the palette finds it, where it has none.
func (m keymap) key(s scope, id intent.ActionID) string {
	for _, a := range m.byScope[s] {
		if a.id != id {
			continue
		}
		if keys := strings.Fields(a.keys.Help().Key); len(keys) > 0 {
			return keys[0]
		}
	}
	return ":" + id
}

// find returns the action that a key means in scopes. On a keyboard with
// another alphabet, a key that means nothing is read as the key of a Latin
// keyboard at its place.
func (m keymap) find(msg tea.KeyPressMsg, scopes []scope) (action, bool) {
	if a, ok := m.match(msg, scopes); ok || msg.BaseCode == 0 || msg.BaseCode == msg.Code {
		return a, ok
	}
	latin := tea.KeyPressMsg{Code: msg.BaseCode, Mod: msg.Mod}
	if msg.Mod&^tea.ModShift == 0 && msg.Text != "" {
		latin.Text = string(msg.BaseCode)
		if msg.Mod.Contains(tea.ModShift) {
			latin.Text = string(shifted(msg.BaseCode))
		}
	}
	return m.match(latin, scopes)
}

func (m keymap) match(msg tea.KeyPressMsg, scopes []scope) (action, bool) {
	for _, s := range scopes {
		for _, a := range m.byScope[s] {
			if key.Matches(msg, a.keys) {
				return a, true
			}
		}
	}
	for _, a := range m.byScope[scopeAlways] {
		if key.Matches(msg, a.keys) {
			return a, true
		}
	}
	return action{}, false
}

// shifted returns what a key of a US keyboard types with shift.
func shifted(code rune) rune {
	const plain, shift = "`1234567890-=[]\\;',./", "~!@#$%^&*()_+{}|:\"<>?"
	if i := slices.Index([]rune(plain), code); i >= 0 {
		return []rune(shift)[i]
	}
	if code >= 'a' && code <= 'z' {
		return code - 'a' + 'A'
	}
	return code
}
