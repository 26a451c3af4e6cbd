package pane

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/keymap"
)

// Part makes records of a screen from those of a part of it: the part is what they
// do something to.
func Part[P, Q any](part func(P) Q, records ...Action[Q]) []Action[P] {
	list := make([]Action[P], len(records))
	for i, r := range records {
		list[i] = On(r.Action, func(p P) tea.Cmd { return r.Do(part(p)) })
		if r.Disabled != nil {
			list[i].Disabled = func(p P) string { return r.Disabled(part(p)) }
		}
	}
	return list
}

// Table returns the part of the table of actions that records bring.
func Table[P any](records []Action[P]) []keymap.Action {
	all := make([]keymap.Action, len(records))
	for i, a := range records {
		all[i] = a.Action
	}
	return all
}
