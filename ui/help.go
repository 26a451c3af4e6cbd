package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// footers lists the actions of scopes that the footer may name, most useful first.
func (m keymap) footers(scopes []scope) []action {
	var list []action
	for _, scope := range scopes {
		for i := range m.byScope[scope] {
			if a := &m.byScope[scope][i]; a.footer != 0 {
				list = append(list, *a)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b action) int { return a.footer - b.footer })
	return list
}

// help lists all keys that work on this screen, by heading. Choosing a row does it.
func (a *app) help() *chooser { return a.chooseAction("Help · keys that work here", true) }

// palette lists all actions of this screen by their names.
func (a *app) palette() *chooser { return a.chooseAction("Do what?", false) }

func (a *app) chooseAction(title string, headings bool) *chooser {
	list := a.keys.in(a.top().Scopes())
	slices.SortStableFunc(list, func(x, y action) int { return groupOrder(x.group) - groupOrder(y.group) })
	var rows []choice
	var ids []actionID
	group := ""
	for _, f := range list {
		if headings && f.group != group {
			group = f.group
			rows = append(rows, choice{text: group, caption: true})
			ids = append(ids, "")
		}
		row := choice{key: f.keys.Help().Key, text: f.help}
		if reason := a.disabled(f.id); reason != "" {
			row.faint, row.note = true, reason
		}
		rows = append(rows, row)
		ids = append(ids, f.id)
	}
	return newChooser(a.shell, title, rows, func(i int) tea.Cmd { return a.perform(ids[i]) })
}

func groupOrder(group string) int {
	return slices.Index([]string{groupItem, groupMove, groupView, groupScreens, groupProgram, groupText}, group)
}

// KeyTable returns the keys of all actions as Markdown tables, one for each
// group, for the README.
func KeyTable() string {
	var b strings.Builder
	for _, group := range []string{groupItem, groupMove, groupView, groupScreens, groupProgram, groupText} {
		b.WriteString("**" + group + "**\n\n| keys | where | action |\n|---|---|---|\n")
		for _, a := range actions() {
			if a.group == group {
				b.WriteString("| " + markdownKeys(a) + " | " + string(a.scope) + " | " + a.help + " |\n")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func markdownKeys(a action) string {
	var keys []string
	for k := range strings.FieldsSeq(a.keys.Help().Key) {
		keys = append(keys, "`"+k+"`")
	}
	return strings.Join(keys, " ")
}
