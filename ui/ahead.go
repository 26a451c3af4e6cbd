package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/command"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// typedAhead are the keys and pastes that wait, in their order, and the pane
// that they were meant for.
type typedAhead struct {
	msgs []tea.Msg
	at   pane.Pane
}

// typed does what a key or a paste means, now or when its turn comes.
func (a *app) typed(msg tea.Msg) tea.Cmd {
	if a.mustWait(msg) {
		a.ahead.msgs, a.ahead.at = append(a.ahead.msgs, msg), a.meantFor()
		return nil
	}
	return a.takeTyped(msg)
}

func (a *app) takeTyped(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		return a.key(key)
	}
	return a.Top().Update(msg)
}

// meantFor is the pane that a key was meant for that has to wait: not the question
// of the user's name, which comes up unexpected.
func (a *app) meantFor() pane.Pane {
	if _, ok := a.Top().(command.NameQuestion); ok {
		return a.Layers[len(a.Layers)-2].Pane
	}
	return a.Top()
}

// mustWait tells whether a key or a paste comes too early. What works on every
// screen waits for nothing that the one on top does.
func (a *app) mustWait(msg tea.Msg) bool {
	found := keymap.Action{}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		found, _ = a.Keys.Find(key, a.Top().Scopes())
	}
	switch {
	case found.Scope == keymap.ScopeAlways:
		return false
	case a.Naming.Asks():
		_, ok := a.Top().(command.NameQuestion)
		return ok && found.Scope != keymap.ScopeUser
	case a.Asking() || len(a.ahead.msgs) > 0:
		return true
	}
	w, ok := a.Top().(pane.Waiter)
	return ok && found.Scope != keymap.ScopeGlobal && w.Waits(found)
}

// answered opens what was asked for; what was typed since is meant for that.
func (a *app) answered(msg pane.AskedFor) tea.Cmd {
	a.Answered()
	cmd := a.update(msg.Msg)
	a.ahead.at = a.Top()
	return cmd
}

// catchUp does what was typed ahead, as far as it can be done now. Keys that
// were meant for a pane that is no longer on top mean nothing.
func (a *app) catchUp() tea.Cmd {
	if a.Naming.Asks() {
		return nil
	}
	waiting := a.ahead
	a.ahead = typedAhead{}
	if len(waiting.msgs) == 0 || waiting.at != a.Top() {
		return nil
	}
	var cmds []tea.Cmd
	for _, msg := range waiting.msgs {
		cmds = append(cmds, a.typed(msg))
	}
	return tea.Batch(cmds...)
}
