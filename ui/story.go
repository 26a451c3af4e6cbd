package ui

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// storyPane shows one story: its tickets, description, comments with what
// became of their notes, and history.
type storyPane struct {
	*shell
	id tracker.StoryID
}

func newStoryPane(s *shell, id tracker.StoryID) *storyPane { return &storyPane{shell: s, id: id} }

// detailActions are those of a story's and a ticket's detail, besides those
// that they share with the board in scopeItem and scopeList.
func detailActions() []action {
	return []action{
		{id: actBack, scope: scopeDetail, keys: bind("esc", "back", "esc"), group: groupScreens, help: "back to the board", footer: 70},
	}
}

func (p *storyPane) Init() tea.Cmd          { return nil }
func (p *storyPane) Update(tea.Msg) tea.Cmd { return nil }

func (p *storyPane) Handle(in intent) (tea.Cmd, bool) {
	if in == (act{actBack}) {
		return p.close(), true
	}
	return nil, false
}

func (p *storyPane) Draw(c *canvas, r rect) {
	c.fill(r)
	c.box(r, box{title: p.id.String()})
}

func (p *storyPane) Scopes() []scope {
	return []scope{scopeDetail, scopeItem, scopeList, scopeGlobal}
}

func (p *storyPane) Disabled(actionID) string { return "" }
