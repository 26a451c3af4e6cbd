package keymap

import (
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/intent"
)

// Action is one record of the table from which keys, footer, help, palette and
// the documentation's key table come.
type Action struct {
	ID    intent.ActionID
	Scope Scope
	// Keys are how it is asked for; their help is what is written of them:
	// the keys as people know them and one or two words for the footer.
	Keys key.Binding
	// Group is the heading under which help lists it.
	Group string
	// Help says what it does, in a few words.
	Help string
	// Footer orders it in the footer, the lowest first; 0 keeps it out.
	Footer int
}

// Bind makes the keys of an action: shown is how people write them, label what
// the footer says, keys what a terminal reports.
func Bind(shown, label string, keys ...string) key.Binding {
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, label))
}

// Pick is the record of an action's name in a table, the zero record where there is none.
func Pick(table []Action, id intent.ActionID) Action {
	i := slices.IndexFunc(table, func(a Action) bool { return a.ID == id })
	if i < 0 {
		return Action{}
	}
	return table[i]
}

// Join makes one table of several. A record that several screens bring stands in
// it once, where it comes first.
func Join(tables ...[]Action) []Action {
	type name struct {
		scope Scope
		id    intent.ActionID
	}
	known := make(map[name]bool)
	var all []Action
	for _, a := range slices.Concat(tables...) {
		if n := (name{a.Scope, a.ID}); !known[n] {
			known[n] = true
			all = append(all, a)
		}
	}
	return all
}

// Map finds actions by key.
type Map struct {
	All     []Action
	byScope map[Scope][]Action
	// Chosen are the keys that the user chose.
	Chosen Keys
}

// New returns the actions of a table with the keys that were chosen, and behind them
// actions of the user's own.
func New(chosen Keys, own ...Action) Map {
	m := Map{All: append(chosen.applied(), own...), byScope: make(map[Scope][]Action), Chosen: chosen}
	for _, a := range m.All {
		m.byScope[a.Scope] = append(m.byScope[a.Scope], a)
	}
	return m
}

// In lists the actions of scopes, innermost first, then those that always work.
func (m Map) In(scopes []Scope) []Action {
	var list []Action
	for _, s := range slices.Concat(scopes, []Scope{ScopeAlways}) {
		list = append(list, m.byScope[s]...)
	}
	return list
}

// Key is the key that help names first for an action of a scope; the action's
// name behind a colon, as the palette finds it, where it has none.
func (m Map) Key(s Scope, id intent.ActionID) string {
	for _, a := range m.byScope[s] {
		if a.ID != id {
			continue
		}
		if keys := strings.Fields(a.Keys.Help().Key); len(keys) > 0 {
			return keys[0]
		}
	}
	return ":" + id
}

// Find returns the action that a key means in scopes. On a keyboard with
// another alphabet, a key that means nothing is read as the key of a Latin
// keyboard at its place.
func (m Map) Find(msg tea.KeyPressMsg, scopes []Scope) (Action, bool) {
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

func (m Map) match(msg tea.KeyPressMsg, scopes []Scope) (Action, bool) {
	for _, s := range scopes {
		for _, a := range m.byScope[s] {
			if key.Matches(msg, a.Keys) {
				return a, true
			}
		}
	}
	for _, a := range m.byScope[ScopeAlways] {
		if key.Matches(msg, a.Keys) {
			return a, true
		}
	}
	return Action{}, false
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

// Footers lists the actions of scopes that the footer may name, most useful
// first. One whose key means something else further in is left out.
func (m Map) Footers(scopes []Scope) []Action {
	var list []Action
	taken := make(map[string]bool)
	for _, a := range m.In(scopes) {
		keys := a.Keys.Keys()
		if a.Footer == 0 || len(keys) == 0 || taken[keys[0]] {
			continue
		}
		taken[keys[0]] = true
		list = append(list, a)
	}
	slices.SortStableFunc(list, func(a, b Action) int { return a.Footer - b.Footer })
	return list
}
