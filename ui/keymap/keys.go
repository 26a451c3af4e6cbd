package keymap

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

// Setting is the setting that keeps the keys which the user chose: a JSON
// object of lists of keys by action, such as {"everywhere/undo":["u","f2"]}. A
// list is empty where an action has no key.
const Setting = "keys"

// Keys are the keys of all actions: the table's, or those that the user chose.
type Keys struct {
	table  []Action
	Chosen map[string][]string
}

// Defaults are the keys of a table.
func Defaults(table []Action) Keys { return Keys{table: table} }

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

	// Label is the action's name for people.
	Label string
}

// Name is what an action is called where its keys are chosen.
func (a Action) Name() string { return strings.ReplaceAll(string(a.Scope), " ", "-") + "/" + a.ID }

// Read reads what Setting keeps of a table's keys. What does not fit this program, such as
// an action of another version, is left out and listed in problems.
func Read(table []Action, kept string) (k Keys, problems []error) {
	k = Defaults(table)
	if kept == "" {
		return k, nil
	}
	var chosen map[string][]string
	if err := json.Unmarshal([]byte(kept), &chosen); err != nil {
		return k, []error{tracker.Invalid(Setting, "the saved keys cannot be read; `storydesk keys reset` restores the defaults: %v", err)}
	}
	for _, name := range slices.Sorted(maps.Keys(chosen)) {
		next, err := k.with(name, chosen[name])
		if err != nil {
			problems = append(problems, err)
			continue
		}
		k = next
	}
	for _, c := range k.Conflicts() {
		for _, name := range []string{c.a.Name(), c.b.Name()} {
			delete(k.Chosen, name)
		}
		problems = append(problems, c.err())
	}
	return k, problems
}

// String is how Setting keeps the keys; empty when none was chosen.
func (k Keys) String() string {
	if len(k.Chosen) == 0 {
		return ""
	}
	text, err := json.Marshal(k.Chosen)
	if err != nil {
		return "" // lists of texts by text have no reason to fail
	}
	return string(text)
}

// Bindings lists all actions with their keys, in the order of the documentation.
func (k Keys) Bindings() []KeyBinding {
	var list []KeyBinding
	table, usual := k.applied(), k.table
	for i, a := range table {
		list = append(list, KeyBinding{a.Name(), string(a.Scope), a.Group, a.Help, a.Keys.Keys(), usual[i].Keys.Keys(), a.Keys.Help().Desc})
	}
	slices.SortStableFunc(list, func(a, b KeyBinding) int { return GroupOrder(a.Group) - GroupOrder(b.Group) })
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
	next, err := k.with(a.Name(), keys)
	if err != nil {
		return k, err
	}
	if list := next.Conflicts(); len(list) > 0 {
		return k, list[0].err()
	}
	return next, nil
}

// Reset gives an action its default keys again, or all of them when the name is
// empty. It fails as Set does: another action may have got the key.
func (k Keys) Reset(name string) (Keys, error) {
	if name == "" {
		return Defaults(k.table), nil
	}
	a, err := k.find(name)
	if err != nil {
		return k, err
	}
	next := Keys{table: k.table, Chosen: maps.Clone(k.Chosen)}
	delete(next.Chosen, a.Name())
	if list := next.Conflicts(); len(list) > 0 {
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
	if a.ID == intent.ActLeave {
		return k, tracker.Invalid("action", "ctrl+c always quits; that cannot be changed")
	}
	if len(keys) == 0 && (a.Scope.TakesText() || a.Scope.asks()) {
		return k, tracker.Invalid("key", "%s needs a key, otherwise you cannot leave", a.Name())
	}
	read := make([]string, len(keys))
	for i, text := range keys {
		if read[i], err = ParseKey(text); err != nil {
			return k, err
		}
		if a.Scope.TakesText() && Types(read[i]) {
			return k, tracker.Invalid("key", "%s cannot use %s, which types text there; use a key such as f2 or one with ctrl+", a.Name(), read[i])
		}
	}
	next := Keys{table: k.table, Chosen: map[string][]string{a.Name(): read}}
	for other, keys := range k.Chosen {
		if other != a.Name() {
			next.Chosen[other] = keys
		}
	}
	return next, nil
}

// find finds an action by its name, or by the part behind the slash where
// only one action is called so.
func (k Keys) find(name string) (Action, error) {
	var like []Action
	for _, a := range k.table {
		switch name {
		case a.Name():
			return a, nil
		case a.ID:
			like = append(like, a)
		}
	}
	if len(like) == 1 {
		return like[0], nil
	}
	names := make([]string, len(like))
	for i, a := range like {
		names[i] = a.Name()
	}
	e := tracker.Errorf(tracker.CodeNotFound, "there is no action %q; `storydesk keys list` shows all", plaintext.Line(name))
	if len(like) > 1 {
		e = tracker.Invalid("action", "%q matches several actions: choose one of %s", name, strings.Join(names, ", "))
	}
	e.Field = "action"
	return Action{}, e
}

// applied is the table with the chosen keys.
func (k Keys) applied() []Action {
	table := slices.Clone(k.table)
	for i, a := range table {
		keys, chosen := k.Chosen[a.Name()]
		if !chosen {
			continue
		}
		names := make([]string, len(keys))
		for j, name := range keys {
			names[j] = ShowKey(name)
		}
		table[i].Keys = key.NewBinding(key.WithKeys(keys...), key.WithHelp(strings.Join(names, " "), a.Keys.Help().Desc))
	}
	return table
}

// Conflict is a key that would mean two things in one place.
type Conflict struct {
	key  string
	a, b Action
}

// err names both.
func (c Conflict) err() error {
	e := tracker.Errorf(tracker.CodeConflict, "%s would mean both “%s” (%s) and “%s” (%s); give one of them another key first",
		ShowKey(c.key), c.a.Keys.Help().Desc, c.a.Name(), c.b.Keys.Help().Desc, c.b.Name())
	e.Field = "key"
	return e
}

// Conflicts finds the keys that mean two things on one screen, but for those
// that do so by default: there the inner scope is meant to hide the outer one.
func (k Keys) Conflicts() []Conflict {
	table, usual := k.applied(), map[string][]string{}
	for _, a := range k.table {
		usual[a.Name()] = a.Keys.Keys()
	}
	meant := func(a Action, key string) bool { return slices.Contains(usual[a.Name()], key) }
	var list []Conflict
	for i, a := range table {
		for _, b := range table[i+1:] {
			if a.ID == b.ID && a.Scope != b.Scope {
				continue
			}
			for _, key := range a.Keys.Keys() {
				// Few share a key, so that their scopes are looked up last.
				if slices.Contains(b.Keys.Keys(), key) && (!meant(a, key) || !meant(b, key)) && a.Scope.Meets(b.Scope) {
					list = append(list, Conflict{key, a, b})
				}
			}
		}
	}
	return list
}
