package ownaction

import (
	"fmt"
	"slices"
	"strings"

	"storydesk/ui/config"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/owncommand"
)

// Table are commands by their actions: those of one key in one place share an
// action, such as one for tickets and one for stories.
type Table struct {
	order []intent.ActionID
	of    map[intent.ActionID][]owncommand.Command
}

// NewTable makes the table of commands. One whose key an action has in that place is
// left out and told of in lost: the action's key counts.
func NewTable(list []owncommand.Command, keys keymap.Keys) (t Table, lost []string) {
	t.of = map[intent.ActionID][]owncommand.Command{}
	bindings := keys.Bindings()
	for _, c := range list {
		scope := config.Scope(c.Where)
		i := slices.IndexFunc(bindings, func(b keymap.KeyBinding) bool {
			return keymap.Scope(b.Where).Meets(scope) && slices.Contains(b.Keys, c.Key)
		})
		if i >= 0 {
			lost = append(lost, fmt.Sprintf("%s means “%s” (%s) and does not run “%s”", keymap.ShowKey(c.Key), bindings[i].Label, bindings[i].Action, draw.Line(c.Name)))
			continue
		}
		id := "run " + string(scope) + " " + c.Key
		if t.of[id] == nil {
			t.order = append(t.order, id)
		}
		t.of[id] = append(t.of[id], c)
	}
	return t, lost
}

// footer puts the commands, which users chose, behind the moves into the columns.
const footer = 22

// Actions are the actions of the commands.
func (t Table) Actions() []keymap.Action {
	list := make([]keymap.Action, len(t.order))
	for i, id := range t.order {
		first := t.of[id][0]
		names := make([]string, len(t.of[id]))
		for j, c := range t.of[id] {
			names[j] = draw.Line(c.Name)
		}
		name := strings.Join(names, ", ")
		list[i] = keymap.Action{
			ID: id, Scope: config.Scope(first.Where), Keys: keymap.Bind(keymap.ShowKey(first.Key), name, first.Key),
			Group: keymap.GroupOwn, Help: name, Footer: footer,
		}
	}
	return list
}
