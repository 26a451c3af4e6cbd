package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui/keymap"
)

// waiter is a pane that lets keys wait while it saves, or reads what the last
// one was about: they mean something else before that has ended.
type waiter interface {
	// Waits tells whether a key has to wait that means this action, the zero
	// action for text.
	Waits(meant keymap.Action) bool
}

// typedAhead are the keys and pastes that wait, in their order, and the pane
// that they were meant for.
type typedAhead struct {
	msgs []tea.Msg
	at   pane
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
	return a.top().Update(msg)
}

// meantFor is the pane that a key was meant for that has to wait: not the question
// of the user's name, which comes up unexpected.
func (a *app) meantFor() pane {
	if _, ok := a.top().(nameQuestion); ok {
		return a.layers[len(a.layers)-2].pane
	}
	return a.top()
}

// mustWait tells whether a key or a paste comes too early. What works on every
// screen waits for nothing that the one on top does.
func (a *app) mustWait(msg tea.Msg) bool {
	found := keymap.Action{}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		found, _ = a.keys.Find(key, a.top().Scopes())
	}
	switch {
	case found.Scope == keymap.ScopeAlways:
		return false
	case a.naming.asks():
		_, ok := a.top().(nameQuestion)
		return ok && found.Scope != keymap.ScopeUser
	case a.asking > 0 || len(a.ahead.msgs) > 0:
		return true
	}
	w, ok := a.top().(waiter)
	return ok && found.Scope != keymap.ScopeGlobal && w.Waits(found)
}

// answered opens what was asked for; what was typed since is meant for that.
func (a *app) answered(msg askedFor) tea.Cmd {
	a.asking--
	cmd := a.update(msg.msg)
	a.ahead.at = a.top()
	return cmd
}

// catchUp does what was typed ahead, as far as it can be done now. Keys that
// were meant for a pane that is no longer on top mean nothing.
func (a *app) catchUp() tea.Cmd {
	if a.naming.asks() {
		return nil
	}
	waiting := a.ahead
	a.ahead = typedAhead{}
	if len(waiting.msgs) == 0 || waiting.at != a.top() {
		return nil
	}
	var cmds []tea.Cmd
	for _, msg := range waiting.msgs {
		cmds = append(cmds, a.typed(msg))
	}
	return tea.Batch(cmds...)
}
