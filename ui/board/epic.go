package board

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/search"
	"storydesk/ui/intent"
	"storydesk/ui/row"
	"storydesk/ui/setting"
)

// create asks for a new story, or for a new epic where epics have the focus.
func create(b *Board) tea.Cmd {
	if b.columns.Record(b.columns.View.Focus).Epics {
		return b.onEpics.Add()
	}
	return b.creator.ask(b.empty())
}

// storiesOfEpic shows the stories of an epic in the part that searches all stories.
func storiesOfEpic(b *Board, e row.Epic) tea.Cmd {
	query := search.Epic(e.Epic)
	focused := b.viewer.focus(intent.PaneSearch)
	if err := b.filters.set(intent.PaneSearch, query); err != nil {
		return tea.Batch(focused, b.Fail(err))
	}
	b.Remember(setting.Search, query)
	return focused
}

func moveEpic(by int) func(*Board, row.Epic) tea.Cmd {
	return func(b *Board, e row.Epic) tea.Cmd { return b.onEpics.Move(b.columns.Epics.All, e.Epic, by) }
}
