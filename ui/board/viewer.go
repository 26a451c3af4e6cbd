package board

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/setting"
)

// viewer moves the focus from part to part, and shows and hides parts. Which are
// shown is remembered, and what they show is read.
type viewer struct {
	*host
	columns *columns.Columns
	filters *filters
	panel   *panel
	reader  *reader
}

// focus focuses a part; one that was hidden is shown again.
func (v *viewer) focus(part intent.PaneName) tea.Cmd {
	before := v.columns.View.Shown
	v.columns.Focus(part)
	return v.changed(before)
}

// look shows the parts of a view.
func (v *viewer) look(view layout.View) tea.Cmd {
	before := v.columns.View.Shown
	v.columns.View = view
	return v.changed(before)
}

// changed remembers which parts are shown when these are others than before.
func (v *viewer) changed(before []intent.PaneName) tea.Cmd {
	view := v.columns.View
	if slices.Equal(before, view.Shown) {
		return nil
	}
	v.Remember(setting.Parts, view.Kept())
	return v.reader.readAdded(before)
}

// visit is focus by a key. A search that is empty asks what for.
func (v *viewer) visit(part intent.PaneName) tea.Cmd {
	focused := v.focus(part)
	if v.columns.Searches(part) && v.columns.Query(part) == "" {
		return tea.Batch(focused, v.filters.ask())
	}
	return focused
}

// step moves the focus by some parts, around the ends where that is asked for.
func (v *viewer) step(by int, around bool) tea.Cmd {
	return v.focus(v.columns.BesideFocus(by, around))
}

// hide hides a part.
func (v *viewer) hide(part intent.PaneName) tea.Cmd { return v.look(v.columns.View.Without(part)) }

// toggle hides a part, or shows it again.
func (v *viewer) toggle(part intent.PaneName) tea.Cmd {
	if v.columns.View.Shows(part) {
		return v.hide(part)
	}
	return v.look(v.columns.View.With(part))
}

// togglePreview shows the preview of the selected row, or hides it.
func (v *viewer) togglePreview() {
	v.columns.View = v.columns.View.TogglePreview()
	v.Remember(setting.Preview, string(v.columns.View.Preview))
}

// toggleLinked hides tickets that have a story, or shows them again.
func (v *viewer) toggleLinked() {
	v.columns.HideLinked(!v.columns.HidesLinked)
	v.Remember(setting.Linked, setting.When(v.columns.HidesLinked, setting.Hidden))
}

// turnPanel shows the tickets of the integration beside.
func (v *viewer) turnPanel(by int) tea.Cmd {
	if id, ok := v.panel.beside(by); ok {
		return v.showPanel(id)
	}
	return nil
}

// showPanel shows the tickets of another integration.
func (v *viewer) showPanel(id tracker.IntegrationID) tea.Cmd {
	v.panel.turn(id)
	v.filters.clear(intent.PaneTickets)
	return v.reader.read(tracker.HintTickets)
}
