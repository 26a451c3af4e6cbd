package board

import (
	"context"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
)

// creator makes new stories where the cursor is.
type creator struct {
	*host
	selection columns.Selection
	viewer    *viewer
}

// ask asks for the name of a new story and says where it goes. first is true on a
// first start, where nothing is shown.
func (n *creator) ask(first bool) tea.Cmd {
	to, where := n.place(first)
	return n.Open(dialog.NewPrompt(n.Host, "New story "+where, "", func(name string) tea.Cmd {
		if strings.TrimSpace(name) == "" {
			return nil
		}
		return tea.Batch(n.viewer.focus(intent.PartOf(to.Column)), n.create(name, to))
	}), pane.Line)
}

// place is where a new story goes: above the selected story where that is in the
// Icebox or not started yet in the Backlog, else to the top of what is not started,
// and from all other panes to the top of the Icebox.
func (n *creator) place(first bool) (to tracker.Place, where string) {
	focus := n.selection.View.Focus
	to.Column = tracker.Icebox
	if focus == intent.PaneBacklog && !first {
		to.Column = tracker.Backlog
	}
	where = "in the " + layout.Title(intent.PartOf(to.Column))
	c, ok := n.selection.Story()
	if group := c.State.Group(); ok && n.selection.Drop(focus) != nil && (group == tracker.GroupIcebox || group == tracker.GroupUnstarted) {
		to.Before = c.ID
		where += ", above " + c.ID.String()
	}
	return to, where
}

// create makes a story with a name at a place.
func (n *creator) create(name string, to tracker.Place) tea.Cmd {
	service, project := n.Service, n.Project.ID
	return command.ChangeNamed(n.Commands, func(ctx context.Context) pane.Done {
		wanted := tracker.NewStory{ProjectID: project, Name: name, Place: to}
		st, err := service.Stories.AddStory(ctx, wanted)
		if code := tracker.CodeOf(err); to.Before != 0 && (code == tracker.CodeRefused || code == tracker.CodeNotFound) {
			// The story that it was to stand above has gone elsewhere.
			wanted.Place = tracker.Place{Column: to.Column}
			st, err = service.Stories.AddStory(ctx, wanted)
		}
		return pane.Done{Said: fmt.Sprintf("Story %s created", st.ID), Err: err, What: command.Outcome{Story: st.ID, Reveal: true}}
	})
}
