package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// footers lists the actions of scopes that the footer may name, most useful
// first. One whose key means something else further in is left out.
func (m keymap) footers(scopes []scope) []action {
	var list []action
	taken := make(map[string]bool)
	for _, a := range m.in(scopes) {
		keys := a.keys.Keys()
		if a.footer == 0 || len(keys) == 0 || taken[keys[0]] {
			continue
		}
		taken[keys[0]] = true
		list = append(list, a)
	}
	slices.SortStableFunc(list, func(a, b action) int { return a.footer - b.footer })
	return list
}

// helpRow is a row of help or palette and the action that choosing it does.
type helpRow struct {
	row    choice
	action action
	// elsewhere is true for what works on another screen only.
	elsewhere bool
}

// help lists the keys by heading: what can be done here now, what cannot and
// why, and what other screens do; and the signs on rows. Choosing a row does it.
func (a *app) help() *chooser {
	able, unable := a.helpRows()
	var list []helpRow
	for _, group := range groups() {
		list = append(list, captioned(group, slices.DeleteFunc(slices.Clone(able), func(o helpRow) bool { return o.action.group != group }))...)
	}
	list = append(list, captioned("Symbols", a.signRows())...)
	list = append(list, captioned("Not now", unable)...)
	return a.chooseAction("Help · keys here and on other screens", append(list, captioned("On other screens", a.elsewhere())...))
}

// palette lists the actions of this screen by their names, those that cannot be
// done now last.
func (a *app) palette() *chooser {
	able, unable := a.helpRows()
	for i := range able {
		able[i].row.note = able[i].action.group
	}
	return a.chooseAction("Commands", append(able, captioned("Not now", unable)...))
}

// helpRows are the actions of this screen by heading: those that can be done now,
// and the others with the reason.
func (a *app) helpRows() (able, unable []helpRow) {
	list := a.keys.in(a.top().Scopes())
	slices.SortStableFunc(list, func(x, y action) int { return groupOrder(x.group) - groupOrder(y.group) })
	for _, f := range list {
		o := helpRow{row: f.choice(), action: f}
		if reason := a.disabled(f.id); reason != "" {
			o.row.faint, o.row.note = true, reason
			unable = append(unable, o)
		} else {
			able = append(able, o)
		}
	}
	return able, unable
}

// elsewhere are the actions that work on other screens only, with the screen.
func (a *app) elsewhere() []helpRow {
	here := a.keys.in(a.top().Scopes())
	var list []helpRow
	for _, f := range a.keys.all {
		if !slices.ContainsFunc(here, func(h action) bool { return h.id == f.id }) {
			o := helpRow{row: f.choice(), action: f, elsewhere: true}
			o.row.faint, o.row.note = true, string(f.scope)
			list = append(list, o)
		}
	}
	return list
}

// captioned puts a heading above rows, where there are any.
func captioned(caption string, rows []helpRow) []helpRow {
	if len(rows) == 0 {
		return nil
	}
	return slices.Concat([]helpRow{{row: choice{text: caption, caption: true}}}, rows)
}

func (a action) choice() choice {
	h := a.keys.Help()
	return choice{key: h.Key, name: h.Desc, text: a.help}
}

// chooseAction lets the user choose what to do.
func (a *app) chooseAction(title string, list []helpRow) *chooser {
	rows := make([]choice, len(list))
	for i, o := range list {
		rows[i] = o.row
	}
	return newChooser(a.shell, title, rows, func(i int) tea.Cmd {
		if o := list[i]; o.elsewhere {
			return a.refuse(fmt.Sprintf("“%s” works on another screen: %s", o.row.name, o.row.note))
		}
		return a.perform(list[i].action.id)
	})
}

// groups are the headings in the order of help and README.
func groups() []string {
	return []string{groupItem, groupMove, groupView, groupScreens, groupProgram, groupText}
}

func groupOrder(group string) int {
	return slices.Index(groups(), group)
}

// KeyTable returns the keys of all actions as Markdown tables, one for each
// group, for the README.
func KeyTable() string {
	var b strings.Builder
	for _, group := range groups() {
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
