package board

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/row"
	"storydesk/ui/setting"
	"storydesk/ui/table"
)

// none says why a part shows no stories.
func (b *Board) none(part intent.PaneName) string {
	record := b.record(part)
	keys := make([]any, len(record.Keys))
	for i, k := range record.Keys {
		keys[i] = b.Keys.Key(k.Scope, k.ID)
	}
	return fmt.Sprintf(record.None, keys...)
}

// focus moves to a part; one that was hidden is shown again.
func (b *Board) focus(part intent.PaneName) tea.Cmd {
	v := b.view.With(part)
	v.Focus = part
	if part != intent.PaneTickets {
		v.Column = part
	}
	return b.look(v)
}

// look shows the parts of a view, and remembers which when these are others.
func (b *Board) look(v layout.View) tea.Cmd {
	before := b.view.Shown
	b.view = v
	if slices.Equal(before, v.Shown) {
		return nil
	}
	return tea.Batch(b.Remember(setting.Parts, v.Kept()), b.readShown(before))
}

// readShown reads the stories of parts that were not shown before.
func (b *Board) readShown(before []intent.PaneName) tea.Cmd {
	for _, p := range b.view.Table {
		if p.Optional && b.view.Shows(p.Name) && !slices.Contains(before, p.Name) {
			return b.read(tracker.HintStories)
		}
	}
	return nil
}

// visit is focus by a key. A search that is empty asks what for.
func (b *Board) visit(part intent.PaneName) tea.Cmd {
	focused := b.focus(part)
	if b.record(part).Searched && b.query() == "" {
		return tea.Batch(focused, b.askFilter())
	}
	return focused
}

// hide hides a part.
func (b *Board) hide(part intent.PaneName) tea.Cmd { return b.look(b.view.Without(part)) }

// cannotHide says why a part cannot be hidden.
func (b *Board) cannotHide(part intent.PaneName) string {
	if len(b.view.Parts()) < 2 && b.view.Shows(part) {
		return "the last pane cannot be hidden"
	}
	return ""
}

// step moves the focus by one part, around the ends only when told.
func (b *Board) step(by int, around bool) tea.Cmd {
	parts := b.view.Parts()
	i := slices.Index(parts, b.view.Focus) + by
	if around {
		i = (i + len(parts)) % len(parts)
	}
	return b.focus(parts[max(0, min(i, len(parts)-1))])
}

// reach selects a row, clearing a filter that hides it, and tells whether it is
// there. Its part is shown already.
func (b *Board) reach(row intent.SelectRow) bool {
	b.selectRow(row)
	switch key := row.Key.(type) {
	case tracker.TicketID:
		return b.tickets.Reveal(key)
	case tracker.StoryID:
		c := b.column()
		return c != nil && b.revealIn(c, key)
	}
	return false
}

// storyColumn is a part of the board that shows stories.
type storyColumn = table.Column[tracker.StoryID, row.Story]

// column is the focused part of stories, nil on the tickets.
func (b *Board) column() *storyColumn { return b.columnOf(b.view.Focus) }

// columnOf is a part of stories by its name, nil for the tickets.
func (b *Board) columnOf(part intent.PaneName) *storyColumn { return b.stories[part] }

// columns are the parts where a story stands in one place only, and where it
// can be put into another.
func (b *Board) columns() []*storyColumn {
	var list []*storyColumn
	for _, p := range b.view.Table {
		if p.Column != "" {
			list = append(list, b.stories[p.Name])
		}
	}
	return list
}

// dropColumn is a part into which a story can be put, nil for all others.
func (b *Board) dropColumn(part intent.PaneName) *storyColumn {
	if b.record(part).Column == "" {
		return nil
	}
	return b.stories[part]
}

// record is the table's record of a part.
func (b *Board) record(part intent.PaneName) layout.Part {
	i := slices.IndexFunc(b.view.Table, func(p layout.Part) bool { return p.Name == part })
	if i < 0 {
		return layout.Part{}
	}
	return b.view.Table[i]
}

// home is the part where a story stands in its column, and where what is not in
// the board's columns would go first.
func (b *Board) home(story tracker.StoryID) intent.PaneName {
	for _, c := range b.columns() {
		if _, ok := c.Find(story); ok {
			return c.Name
		}
	}
	if b.dropColumn(b.view.Column) != nil {
		return b.view.Column
	}
	return intent.PaneBacklog
}
