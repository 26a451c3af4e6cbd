package epic

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands on epics need.
type UseCases struct {
	Epics Epics
}

// Epics finds and changes epics.
type Epics interface {
	Epics(ctx context.Context, project tracker.ProjectID) ([]epic.Figures, error)
	Epic(ctx context.Context, project tracker.ProjectID, ref string) (epic.Detail, error)
	ExportFile(ctx context.Context, project tracker.ProjectID, ref string, id tracker.FileID, to string, replace bool) (tracker.StoryFile, error)
	AddEpic(ctx context.Context, e tracker.Epic) (tracker.Epic, error)
	EditEpic(ctx context.Context, project tracker.ProjectID, ref string, edit epic.Edit) (tracker.Epic, error)
	MoveEpic(ctx context.Context, project tracker.ProjectID, ref string, to epic.Place) (tracker.Epic, error)
	DeleteEpic(ctx context.Context, project tracker.ProjectID, ref string) (tracker.Epic, error)
}
