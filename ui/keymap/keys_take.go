package keymap

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
	next, err := k.with(a.Name(), keys)
	if err != nil {
		return k, err
	}
	for _, c := range next.Conflicts() {
		other := c.a
		if other.Name() == a.Name() {
			other = c.b
		}
		left := slices.DeleteFunc(next.of(other), func(key string) bool { return key == c.key })
		if next, err = next.with(other.Name(), left); err != nil {
			return k, err
		}
	}
	return next, nil
}

// of are the keys of an action.
func (k Keys) of(a Action) []string {
	if keys, chosen := k.Chosen[a.Name()]; chosen {
		return slices.Clone(keys)
	}
	return slices.Clone(a.Keys.Keys())
}

// Others lists the actions that a key would be taken from.
func (k Keys) Others(name string, keys []string) []Action {
	next, err := k.with(name, keys)
	if err != nil {
		return nil
	}
	var list []Action
	for _, c := range next.Conflicts() {
		other := c.a
		if other.Name() == name {
			other = c.b
		}
		if !slices.ContainsFunc(list, func(a Action) bool { return a.Name() == other.Name() }) {
			list = append(list, other)
		}
	}
	return list
}

// Changed counts the actions that have keys of the user's choice.
func (k Keys) Changed() int {
	n := 0
	for _, b := range k.Bindings() {
		if b.Chosen() {
			n++
		}
	}
	return n
}

// Chosen is true where the keys are not those of the table.
func (b KeyBinding) Chosen() bool { return !slices.Equal(b.Keys, b.Default) }

// IsConflict reports whether a key was refused because it means something else.
func IsConflict(err error) bool { return tracker.CodeOf(err) == tracker.CodeConflict }
