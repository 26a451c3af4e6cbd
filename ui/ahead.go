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
	*pane.Host
	// key does what a key means, once known says that the keys that the user chose are read.
	key   func(tea.KeyPressMsg) tea.Cmd
	known func() bool
	msgs  []tea.Msg
	at    pane.Pane
}

// typed does what a key or a paste means, now or when its turn comes.
func (t *typedAhead) typed(msg tea.Msg) tea.Cmd {
	if t.mustWait(msg) {
		t.msgs, t.at = append(t.msgs, msg), t.meantFor()
		return nil
	}
	return t.takeTyped(msg)
}

func (t *typedAhead) takeTyped(msg tea.Msg) tea.Cmd {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		return t.key(key)
	}
	return t.Top().Update(msg)
}

// meantFor is the pane that a key was meant for that has to wait: not the question
// of the user's name, which comes up unexpected.
func (t *typedAhead) meantFor() pane.Pane {
	if _, ok := t.Top().(command.NameQuestion); ok {
		return t.Layers[len(t.Layers)-2].Pane
	}
	return t.Top()
}

// mustWait reports whether a key or a paste comes too early. What works on every
// screen waits for nothing that the one on top does.
func (t *typedAhead) mustWait(msg tea.Msg) bool {
	found := keymap.Action{}
	if key, ok := msg.(tea.KeyPressMsg); ok {
		found, _ = t.Keys.Find(key, t.Top().Scopes())
	}
	switch {
	case found.Scope == keymap.ScopeAlways:
		return false
	case !t.known():
		return true
	case t.NameRequest.Asks():
		_, ok := t.Top().(command.NameQuestion)
		return ok && found.Scope != keymap.ScopeUser
	case t.Asking() || len(t.msgs) > 0:
		return true
	}
	w, ok := t.Top().(pane.Waiter)
	return ok && found.Scope != keymap.ScopeGlobal && w.Waits(found)
}

// catchUp does what was typed ahead, as far as it can be done now. Keys that
// were meant for a pane that is no longer on top mean nothing.
func (t *typedAhead) catchUp() tea.Cmd {
	if t.NameRequest.Asks() || !t.known() {
		return nil
	}
	waiting, at := t.msgs, t.at
	t.forget()
	if len(waiting) == 0 || at != t.Top() {
		return nil
	}
	var cmds []tea.Cmd
	for _, msg := range waiting {
		cmds = append(cmds, t.typed(msg))
	}
	return tea.Batch(cmds...)
}

// forget discards what waits.
func (t *typedAhead) forget() { t.msgs, t.at = nil, nil }
