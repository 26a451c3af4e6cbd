package ui

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"charm.land/bubbles/v2/key"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/intent"
)

// SettingKeys is the setting that keeps the keys which the user chose: a JSON
// object of lists of keys by action, such as {"everywhere/undo":["u","f2"]}. A
// list is empty where an action has no key.
const SettingKeys = "keys"

// Keys are the keys of all actions: the table's, or those that the user chose.
type Keys struct {
	table  []action
	chosen map[string][]string
}

// defaults are the keys of a table.
func defaults(table []action) Keys { return Keys{table: table} }

// KeyBinding is an action with its keys.
type KeyBinding struct {
	// Action is the name under which its keys are chosen, such as "board/open".
	Action string
	// Where names the scope in which the keys work, Group the heading of help.
	Where, Group string
	// Help says what it does.
	Help string
	// Keys are those that it has, Default those of the table.
	Keys, Default []string

	// label is the action's name for people.
	label string
}

// name is what an action is called where its keys are chosen.
func (a action) name() string { return strings.ReplaceAll(string(a.scope), " ", "-") + "/" + a.id }

// readKeys reads what SettingKeys keeps of a table's keys. What does not fit this program, such as
// an action of another version, is left out and told in problems.
func readKeys(table []action, kept string) (k Keys, problems []error) {
	k = defaults(table)
	if kept == "" {
		return k, nil
	}
	var chosen map[string][]string
	if err := json.Unmarshal([]byte(kept), &chosen); err != nil {
		return k, []error{tracker.Invalid(SettingKeys, "the saved keys cannot be read; `storydesk keys reset` restores the defaults: %v", err)}
	}
	for _, name := range slices.Sorted(maps.Keys(chosen)) {
		next, err := k.with(name, chosen[name])
		if err != nil {
			problems = append(problems, err)
			continue
		}
		k = next
	}
	for _, c := range k.conflicts() {
		for _, name := range []string{c.a.name(), c.b.name()} {
			delete(k.chosen, name)
		}
		problems = append(problems, c.err())
	}
	return k, problems
}

// String is how SettingKeys keeps the keys; empty when none was chosen.
func (k Keys) String() string {
	if len(k.chosen) == 0 {
		return ""
	}
	text, err := json.Marshal(k.chosen)
	if err != nil {
		return "" // lists of texts by text have no reason to fail
	}
	return string(text)
}

// Bindings lists all actions with their keys, in the order of the README.
func (k Keys) Bindings() []KeyBinding {
	var list []KeyBinding
	table, usual := k.applied(), k.table
	for i, a := range table {
		list = append(list, KeyBinding{a.name(), string(a.scope), a.group, a.help, a.keys.Keys(), usual[i].keys.Keys(), a.keys.Help().Desc})
	}
	slices.SortStableFunc(list, func(a, b KeyBinding) int { return groupOrder(a.Group) - groupOrder(b.Group) })
	return list
}

// Set gives an action other keys, or none. It fails with CodeNotFound, field
// "action"; with CodeInvalid, field "key", for what is no key or cannot be this
// action's; and with CodeConflict where a key already means something else.
func (k Keys) Set(name string, keys []string) (Keys, error) {
	a, err := k.find(name)
	if err != nil {
		return k, err
	}
	next, err := k.with(a.name(), keys)
	if err != nil {
		return k, err
	}
	if list := next.conflicts(); len(list) > 0 {
		return k, list[0].err()
	}
	return next, nil
}

// Reset gives an action its default keys again, or all of them when the name is
// empty. It fails as Set does: another action may have got the key.
func (k Keys) Reset(name string) (Keys, error) {
	if name == "" {
		return defaults(k.table), nil
	}
	a, err := k.find(name)
	if err != nil {
		return k, err
	}
	next := Keys{table: k.table, chosen: maps.Clone(k.chosen)}
	delete(next.chosen, a.name())
	if list := next.conflicts(); len(list) > 0 {
		return k, list[0].err()
	}
	return next, nil
}

// with is k with other keys for one action.
func (k Keys) with(name string, keys []string) (Keys, error) {
	a, err := k.find(name)
	if err != nil {
		return k, err
	}
	if a.id == intent.ActLeave {
		return k, tracker.Invalid("action", "ctrl+c always quits; that cannot be changed")
	}
	if len(keys) == 0 && (a.scope.takesText() || a.scope.asks()) {
		return k, tracker.Invalid("key", "%s needs a key, otherwise you cannot leave", a.name())
	}
	read := make([]string, len(keys))
	for i, text := range keys {
		if read[i], err = ParseKey(text); err != nil {
			return k, err
		}
		if a.scope.takesText() && types(read[i]) {
			return k, tracker.Invalid("key", "%s cannot use %s, which types text there; use a key such as f2 or one with ctrl+", a.name(), read[i])
		}
	}
	next := Keys{table: k.table, chosen: map[string][]string{a.name(): read}}
	for other, keys := range k.chosen {
		if other != a.name() {
			next.chosen[other] = keys
		}
	}
	return next, nil
}

// find finds an action by its name, or by the part behind the slash where
// only one action is called so.
func (k Keys) find(name string) (action, error) {
	var like []action
	for _, a := range k.table {
		switch name {
		case a.name():
			return a, nil
		case a.id:
			like = append(like, a)
		}
	}
	if len(like) == 1 {
		return like[0], nil
	}
	names := make([]string, len(like))
	for i, a := range like {
		names[i] = a.name()
	}
	e := tracker.Errorf(tracker.CodeNotFound, "there is no action %q; `storydesk keys list` shows all", plaintext.Line(name))
	if len(like) > 1 {
		e = tracker.Invalid("action", "%q matches several actions: choose one of %s", name, strings.Join(names, ", "))
	}
	e.Field = "action"
	return action{}, e
}

// applied is the table with the chosen keys.
func (k Keys) applied() []action {
	table := slices.Clone(k.table)
	for i, a := range table {
		keys, chosen := k.chosen[a.name()]
		if !chosen {
			continue
		}
		names := make([]string, len(keys))
		for j, name := range keys {
			names[j] = showKey(name)
		}
		table[i].keys = key.NewBinding(key.WithKeys(keys...), key.WithHelp(strings.Join(names, " "), a.keys.Help().Desc))
	}
	return table
}

// conflict is a key that would mean two things in one place.
type conflict struct {
	key  string
	a, b action
}

// err names both.
func (c conflict) err() error {
	e := tracker.Errorf(tracker.CodeConflict, "%s would mean both “%s” (%s) and “%s” (%s); give one of them another key first",
		showKey(c.key), c.a.keys.Help().Desc, c.a.name(), c.b.keys.Help().Desc, c.b.name())
	e.Field = "key"
	return e
}

// conflicts finds the keys that mean two things on one screen, but for those
// that do so by default: there the inner scope is meant to hide the outer one.
func (k Keys) conflicts() []conflict {
	table, usual := k.applied(), map[string][]string{}
	for _, a := range k.table {
		usual[a.name()] = a.keys.Keys()
	}
	meant := func(a action, key string) bool { return slices.Contains(usual[a.name()], key) }
	var list []conflict
	for i, a := range table {
		for _, b := range table[i+1:] {
			if a.id == b.id && a.scope != b.scope || !a.scope.meets(b.scope) {
				continue
			}
			for _, key := range a.keys.Keys() {
				if slices.Contains(b.keys.Keys(), key) && (!meant(a, key) || !meant(b, key)) {
					list = append(list, conflict{key, a, b})
				}
			}
		}
	}
	return list
}
