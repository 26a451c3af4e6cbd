package pane

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// Action is one record of a screen: the keys that ask for it, what it does to the
// screen, and why it cannot be done now.
type Action[P any] struct {
	keymap.Action
	// Do does it.
	Do func(P) tea.Cmd
	// Disabled says in one sentence why it cannot be done now, empty when it can;
	// nil where it always can.
	Disabled func(P) string
}

// On makes the record of an action that can always be done.
func On[P any](a keymap.Action, do func(P) tea.Cmd) Action[P] { return Action[P]{a, do, nil} }

// Unless makes the record of an action that something may stand in the way of.
func Unless[P any](a keymap.Action, disabled func(P) string, do func(P) tea.Cmd) Action[P] {
	return Action[P]{a, do, disabled}
}

// Actions are the actions of a screen. Those of an action's name in several scopes
// are several records; the one of the innermost scope counts.
type Actions[P scoped] []Action[P]

// scoped has the keys of some scopes now, innermost first.
type scoped interface{ Scopes() []keymap.Scope }

// Table returns the part of the table of actions that the screen brings.
func (list Actions[P]) Table() []keymap.Action { return Table(list) }

// Handle does what an intent asks for; false where the screen has no such action now.
func (list Actions[P]) Handle(p P, in intent.Intent) (tea.Cmd, bool) {
	act, ok := in.(intent.Act)
	if !ok {
		return nil, false
	}
	a, ok := list.find(p, act.ID)
	if !ok {
		return nil, false
	}
	return a.Do(p), true
}

// Disabled says why an action cannot be done now, empty when it can or the screen
// has none of that name.
func (list Actions[P]) Disabled(p P, id intent.ActionID) string {
	if a, ok := list.find(p, id); ok && a.Disabled != nil {
		return a.Disabled(p)
	}
	return ""
}

func (list Actions[P]) find(p P, id intent.ActionID) (Action[P], bool) {
	for _, scope := range p.Scopes() {
		for _, a := range list {
			if a.ID == id && a.Scope == scope {
				return a, true
			}
		}
	}
	return Action[P]{}, false
}
