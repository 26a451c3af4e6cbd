package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
)

// projectsRead brings the projects to choose from.
type projectsRead struct {
	projects []tracker.Project
	err      error
}

func (a *app) readProjects() tea.Cmd {
	service := a.Service
	return a.Ask(func(ctx context.Context) tea.Msg {
		list, err := service.Projects.Projects(ctx)
		return projectsRead{list, err}
	})
}

// chooseProject asks which project to open.
func (a *app) chooseProject(msg projectsRead) tea.Cmd {
	if msg.err != nil {
		return a.Fail(msg.err)
	}
	rows := make([]dialog.Choice, len(msg.projects))
	for i, p := range msg.projects {
		rows[i] = dialog.Choice{Text: draw.Line(p.Name), Current: p.ID == a.Project.ID}
	}
	return a.Open(dialog.NewChooser(a.Host, "Open a project", rows, func(i int) tea.Cmd {
		return a.openProject(msg.projects[i])
	}), pane.Overlay)
}

// openProject shows another project and remembers it as opened last.
func (a *app) openProject(p tracker.Project) tea.Cmd {
	a.Project = p
	service, name := a.Service, p.Name
	remember := a.Do(func(ctx context.Context) tea.Msg {
		_, err := service.Projects.OpenProject(ctx, name)
		return pane.Done{Said: fmt.Sprintf("Project %s", draw.Line(name)), Err: err}
	})
	return tea.Batch(a.CloseTo(1), a.board.Restart(), remember)
}
