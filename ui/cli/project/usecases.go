package project

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands on projects need.
type UseCases struct {
	Projects Projects
}

// Projects finds and changes projects.
type Projects interface {
	Projects(ctx context.Context) ([]tracker.Project, error)
	Project(ctx context.Context, ref string) (tracker.Project, error)
	AddProject(ctx context.Context, p tracker.Project) (tracker.Project, error)
	SaveProject(ctx context.Context, p tracker.Project) (tracker.Project, error)
	UseProject(ctx context.Context, ref string) (tracker.Project, error)
	Effect(ctx context.Context, p tracker.Project) ([]string, error)
	Plan(ctx context.Context, project tracker.ProjectID, velocity int) (plan.Plan, error)
}
