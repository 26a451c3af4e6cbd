package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/search"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/present"
)

// guide lists actions to choose from.
type guide struct {
	*pane.Host
	// disabled says why an action cannot be done now, perform does it.
	disabled func(intent.ActionID) string
	perform  func(intent.ActionID) tea.Cmd
}

// helpRow is a row of help or palette and the action that choosing it does.
type helpRow struct {
	row    dialog.Choice
	action keymap.Action
	// elsewhere is true for what works on another screen only.
	elsewhere bool
}

// help lists the keys by heading: what can be done here now, what cannot and
// why, and what other screens do; and the symbols on rows. Choosing a row does it.
func (g guide) help() *dialog.Chooser {
	able, unable := g.helpRows()
	var list []helpRow
	for _, group := range keymap.Groups() {
		list = append(list, captioned(group, slices.DeleteFunc(slices.Clone(able), func(o helpRow) bool { return o.action.Group != group }))...)
	}
	list = append(list, captioned("Symbols", g.signRows())...)
	list = append(list, captioned("Not now", unable)...)
	list = append(list, captioned("Search · "+g.Keys.Key(keymap.ScopeGlobal, intent.ActFind)+" everything, "+g.Keys.Key(keymap.ScopeBoard, intent.ActFilter)+" the rows", searchRows())...)
	return g.chooseAction("Help · keys here and on other screens", append(list, captioned("On other screens", g.elsewhere())...))
}

// searchRows explain the language of searches in help.
func searchRows() []helpRow {
	var list []helpRow
	for _, l := range search.Guide() {
		list = append(list, helpRow{row: dialog.Choice{Text: l[0] + " · " + l[1]}})
	}
	return append(list, helpRow{row: dialog.Choice{Text: "terms: " + strings.Join(search.Fields(search.Everything), ", ")}})
}

// palette lists the actions of this screen by their names, those that cannot be
// done now last.
func (g guide) palette() *dialog.Chooser {
	able, unable := g.helpRows()
	for i := range able {
		able[i].row.Note = able[i].action.Group
	}
	return g.chooseAction("Commands", append(able, captioned("Not now", unable)...))
}

// helpRows are the actions of this screen by heading: those that can be done now,
// and the others with the reason.
func (g guide) helpRows() (able, unable []helpRow) {
	list := g.Keys.In(g.Top().Scopes())
	slices.SortStableFunc(list, func(x, y keymap.Action) int { return keymap.GroupOrder(x.Group) - keymap.GroupOrder(y.Group) })
	for _, f := range list {
		f = named(g.Top(), f)
		o := helpRow{row: choiceOf(f), action: f}
		if reason := g.disabled(f.ID); reason != "" {
			o.row.Faint, o.row.Note = true, reason
			unable = append(unable, o)
		} else {
			able = append(able, o)
		}
	}
	return able, unable
}

// elsewhere are the actions that work on other screens only, with the screen.
func (g guide) elsewhere() []helpRow {
	here := g.Keys.In(g.Top().Scopes())
	var list []helpRow
	for _, f := range g.Keys.All {
		if !slices.ContainsFunc(here, func(h keymap.Action) bool { return h.ID == f.ID }) {
			o := helpRow{row: choiceOf(f), action: f, elsewhere: true}
			o.row.Faint, o.row.Note = true, string(f.Scope)
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
	return slices.Concat([]helpRow{{row: dialog.Choice{Text: caption, Caption: true}}}, rows)
}

func choiceOf(a keymap.Action) dialog.Choice {
	h := a.Keys.Help()
	return dialog.Choice{Key: h.Key, Name: h.Desc, Text: a.Help}
}

// chooseAction lets the user choose what to do.
func (g guide) chooseAction(title string, list []helpRow) *dialog.Chooser {
	rows := make([]dialog.Choice, len(list))
	for i, o := range list {
		rows[i] = o.row
	}
	return dialog.NewChooser(g.Host, title, rows, func(i int) tea.Cmd {
		if o := list[i]; o.elsewhere {
			return g.Refuse(fmt.Sprintf("“%s” works on another screen: %s", o.row.Name, o.row.Note))
		}
		return g.perform(list[i].action.ID)
	})
}

// KeyTable returns the keys of all actions as Markdown tables, one for each
// group, for the documentation.
func KeyTable() string {
	var b strings.Builder
	for _, group := range keymap.Groups() {
		if group == keymap.GroupOwn {
			continue // those are in the user's config
		}
		b.WriteString("**" + group + "**\n\n| keys | where | action |\n|---|---|---|\n")
		for _, a := range actions() {
			if a.Group == group {
				b.WriteString("| " + markdownKeys(a) + " | " + string(a.Scope) + " | " + a.Help + " |\n")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func markdownKeys(a keymap.Action) string {
	var keys []string
	for k := range strings.FieldsSeq(a.Keys.Help().Key) {
		keys = append(keys, "`"+k+"`")
	}
	return strings.Join(keys, " ")
}

// signRows explain the symbols in help.
func (g guide) signRows() []helpRow {
	all := present.Signs(g.Keys.Key(keymap.ScopeGlobal, intent.ActDeliveries))
	list := make([]helpRow, 0, len(all))
	for _, s := range all {
		list = append(list, helpRow{row: dialog.Choice{Key: g.Theme.Glyph(s.Glyph), Text: s.Means}})
	}
	return list
}
