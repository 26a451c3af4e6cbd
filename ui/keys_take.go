package ui

import (
	"slices"

	"storydesk/tracker"
)

// Take is Set, but a key that means something else is taken from there. An
// action that could not be left any more keeps it: CodeInvalid, field "key".
func (k Keys) Take(name string, keys []string) (Keys, error) {
	a, err := k.find(name)
	if err != nil {
		return k, err
	}
	next, err := k.with(a.name(), keys)
	if err != nil {
		return k, err
	}
	for _, c := range next.conflicts() {
		other := c.a
		if other.name() == a.name() {
			other = c.b
		}
		left := slices.DeleteFunc(next.of(other), func(key string) bool { return key == c.key })
		if next, err = next.with(other.name(), left); err != nil {
			return k, err
		}
	}
	return next, nil
}

// of are the keys of an action.
func (k Keys) of(a action) []string {
	if keys, chosen := k.chosen[a.name()]; chosen {
		return slices.Clone(keys)
	}
	return slices.Clone(a.keys.Keys())
}

// others lists the actions that a key would be taken from.
func (k Keys) others(name string, keys []string) []action {
	next, err := k.with(name, keys)
	if err != nil {
		return nil
	}
	var list []action
	for _, c := range next.conflicts() {
		other := c.a
		if other.name() == name {
			other = c.b
		}
		if !slices.ContainsFunc(list, func(a action) bool { return a.name() == other.name() }) {
			list = append(list, other)
		}
	}
	return list
}

// changed counts the actions that have keys of the user's choice.
func (k Keys) changed() int {
	n := 0
	for _, b := range k.Bindings() {
		if b.chosen() {
			n++
		}
	}
	return n
}

// chosen is true where the keys are not those of the table.
func (b KeyBinding) chosen() bool { return !slices.Equal(b.Keys, b.Default) }

// isConflict tells whether a key was refused because it means something else.
func isConflict(err error) bool { return tracker.CodeOf(err) == tracker.CodeConflict }
