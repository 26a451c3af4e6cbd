package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/theme"
)

// Actions on the keys of actions.
const (
	actKeys        intent.ActionID = "keys"
	actAddKey      intent.ActionID = "add-key"
	actDefault     intent.ActionID = "default"
	actAllDefaults intent.ActionID = "all-defaults"
)

// keysActions are those of the list of keys, besides those of a chooser, and of
// the wait for a key.
func keysActions() []keymap.Action {
	return []keymap.Action{
		{ID: intent.ActAccept, Scope: keymap.ScopeKeys, Keys: keymap.Bind("enter", "other key", "enter"), Group: keymap.GroupText, Help: "change the action's key", Footer: 1},
		{ID: actAddKey, Scope: keymap.ScopeKeys, Keys: keymap.Bind("ctrl+a", "one more", "ctrl+a"), Group: keymap.GroupText, Help: "add a key to the action", Footer: 3},
		{ID: actDefault, Scope: keymap.ScopeKeys, Keys: keymap.Bind("ctrl+x", "default", "ctrl+x"), Group: keymap.GroupText, Help: "restore the action's default keys", Footer: 4},
		{ID: actAllDefaults, Scope: keymap.ScopeKeys, Keys: keymap.Bind("ctrl+r", "all defaults", "ctrl+r"), Group: keymap.GroupText, Help: "restore all default keys", Footer: 5},
		{ID: intent.ActCancel, Scope: keymap.ScopePress, Keys: keymap.Bind("esc", "leave it", "esc"), Group: keymap.GroupText, Help: "cancel; keep the current keys", Footer: 1},
	}
}

// keysPane lists the actions with their keys and gives them others. It is a
// chooser that stays open.
type keysPane struct {
	*dialog.Chooser
	// shown are the keys that the rows are of.
	shown keymap.Keys
	// bindings are those of the rows; a caption has none.
	bindings []keymap.KeyBinding
	// save saves keys and applies them.
	save func(k keymap.Keys, said string) tea.Cmd
}

// newKeysPane lists the keys, to be opened with [pane.Overlay].
func newKeysPane(c *choices) *keysPane {
	p := &keysPane{Chooser: dialog.NewChooser(c.Host, "Keys", nil, nil), save: c.saveKeys}
	p.refresh()
	return p
}

// openKeys lists the keys of all actions.
func (c *choices) openKeys() tea.Cmd { return c.Open(newKeysPane(c), pane.Overlay) }

// saveKeys saves the chosen keys and applies them at once.
func (c *choices) saveKeys(k keymap.Keys, said string) tea.Cmd {
	kept := k.String()
	c.choose(keymap.Setting, kept, said)
	return c.useKeys(kept)
}

// refresh builds the rows again. The search and the selection stay.
func (p *keysPane) refresh() {
	was, _ := p.binding()
	p.shown, p.Rows, p.bindings = p.Keys.Chosen, nil, nil
	group := ""
	for _, b := range p.shown.Bindings() {
		if b.Group != group {
			group = b.Group
			p.Rows, p.bindings = append(p.Rows, dialog.Choice{Text: group, Caption: true}), append(p.bindings, keymap.KeyBinding{})
		}
		row := dialog.Choice{Key: showKeys(b.Keys), Name: b.Label, Text: b.Help, Note: b.Where}
		if b.Chosen() {
			row.Text = "default " + showKeys(b.Default) + " · " + row.Text
		}
		p.Rows, p.bindings = append(p.Rows, row), append(p.bindings, b)
	}
	p.Measure()
	p.Narrow()
	p.Selected = slices.IndexFunc(p.Shown, func(f dialog.Found) bool { return p.bindings[f.Row].Action == was.Action })
	p.Settle(1)
}

// showKeys are keys as help writes them.
func showKeys(keys []string) string {
	if len(keys) == 0 {
		return "none"
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = keymap.ShowKey(k)
	}
	return strings.Join(names, " ")
}

// binding is the selected one; false where no action is selected.
func (p *keysPane) binding() (keymap.KeyBinding, bool) {
	if len(p.Shown) == 0 {
		return keymap.KeyBinding{}, false
	}
	b := p.bindings[p.Shown[p.Selected].Row]
	return b, b.Action != ""
}

// Handle gives the selected action other keys.
func (p *keysPane) Handle(in intent.Intent) (tea.Cmd, bool) {
	if row, ok := in.(intent.SelectRow); ok {
		if n, ok := row.Key.(int); ok {
			p.Selected = n
			p.Settle(1)
			in = intent.Act{ID: intent.ActAccept}
		}
	}
	b, ok := p.binding()
	switch in {
	case intent.Act{ID: actAllDefaults}:
		return p.Open(dialog.NewQuestion(p.Host, "Restore the default keys of all actions?", func() tea.Cmd {
			return p.save(defaultKeys(), "default keys restored")
		}), pane.Line), true
	case intent.Act{ID: intent.ActAccept}, intent.Act{ID: actAddKey}, intent.Act{ID: actDefault}:
		if !ok {
			return nil, true
		}
	}
	switch in {
	case intent.Act{ID: intent.ActAccept}:
		return p.ask(b, nil), true
	case intent.Act{ID: actAddKey}:
		return p.ask(b, b.Keys), true
	case intent.Act{ID: actDefault}:
		return p.give(b, b.Default), true
	}
	return p.Chooser.Handle(in)
}

// ask waits for the key that an action is to have besides others.
func (p *keysPane) ask(b keymap.KeyBinding, besides []string) tea.Cmd {
	return p.Open(&keyPrompt{p.Host, b, func(key string) tea.Cmd {
		return p.give(b, append(slices.Clone(besides), key))
	}}, pane.Line)
}

// give gives an action keys, and asks before it takes one from another action.
func (p *keysPane) give(b keymap.KeyBinding, keys []string) tea.Cmd {
	said := fmt.Sprintf("%s has %s now", b.Label, showKeys(keys))
	next, err := p.Keys.Chosen.Set(b.Action, keys)
	if err == nil {
		return p.save(next, said)
	}
	if !keymap.IsConflict(err) {
		return p.Fail(err)
	}
	var names []string
	for _, a := range p.Keys.Chosen.Others(b.Action, keys) {
		names = append(names, fmt.Sprintf("“%s” (%s)", a.Keys.Help().Desc, a.Scope))
	}
	ask := fmt.Sprintf("%s is already used for %s. Use it here instead?", showKeys(keys), strings.Join(names, ", "))
	return p.Open(dialog.NewQuestion(p.Host, ask, func() tea.Cmd {
		next, err := p.Keys.Chosen.Take(b.Action, keys)
		if err != nil {
			return p.Fail(err)
		}
		return p.save(next, said)
	}), pane.Line)
}

// Draw shows the keys that there are now, also those that another terminal chose.
func (p *keysPane) Draw(c *draw.Canvas, r draw.Rect) {
	if !maps.EqualFunc(p.shown.Chosen, p.Keys.Chosen.Chosen, slices.Equal[[]string]) {
		p.refresh()
	}
	p.Chooser.Draw(c, r)
}

// Scopes has no letters: they are the search's.
func (p *keysPane) Scopes() []keymap.Scope {
	return []keymap.Scope{keymap.ScopeKeys, keymap.ScopeChooser}
}

// Disabled says why there is nothing to give back.
func (p *keysPane) Disabled(id intent.ActionID) string {
	b, ok := p.binding()
	switch {
	case id == actAllDefaults && p.shown.String() == "":
		return "default keys restored"
	case id == actDefault && ok && !b.Chosen():
		return fmt.Sprintf("%s: default keys restored", b.Label)
	}
	return ""
}

// keyPrompt waits for a key that is to be an action's, in place of the footer.
type keyPrompt struct {
	*pane.Host
	binding keymap.KeyBinding
	// took receives the key when the wait is over.
	took func(key string) tea.Cmd
}

// Init reads nothing.
func (p *keyPrompt) Init() tea.Cmd { return nil }

// Update takes the key.
func (p *keyPrompt) Update(msg tea.Msg) tea.Cmd {
	press, ok := msg.(tea.KeyPressMsg)
	if !ok {
		return nil
	}
	key, err := keymap.ParseKey(press.String())
	if err != nil {
		return p.Refuse(err.Error())
	}
	return tea.Batch(p.Close(), p.took(key))
}

// Handle leaves the action as it is.
func (p *keyPrompt) Handle(in intent.Intent) (tea.Cmd, bool) {
	if in == intent.Intent(intent.Act{ID: intent.ActCancel}) {
		return p.Close(), true
	}
	return nil, false
}

// Draw asks for the key.
func (p *keyPrompt) Draw(c *draw.Canvas, r draw.Rect) {
	c.Fill(r)
	text := fmt.Sprintf(" Press the key for “%s” (%s), which has %s", p.binding.Label, p.binding.Where, showKeys(p.binding.Keys))
	leave := p.Keys.Key(keymap.ScopePress, intent.ActCancel) + " cancels "
	c.Text(r.X, r.Y, r.W-len(leave)-1, theme.Warning, text)
	c.Text(r.X+r.W-len(leave), r.Y, len(leave), theme.Accent, leave)
	c.Hit(draw.Region{Rect: draw.Rect{X: r.X + r.W - len(leave), Y: r.Y, W: len(leave), H: 1}, Click: intent.Act{ID: intent.ActCancel}})
}

// Scopes lets every other key through to be taken.
func (p *keyPrompt) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopePress} }

// Disabled is never.
func (p *keyPrompt) Disabled(intent.ActionID) string { return "" }
