package tracker

import "time"

// Epic is a goal: a label with a name and a description of its own. The stories that
// carry the label lead to it.
type Epic struct {
	ID                       EpicID
	ProjectID                ProjectID
	Name, Label, Description string
	// Position orders the epics of a project, the smallest first.
	Position             int64
	CreatedAt, UpdatedAt time.Time
}

// EpicReader reads epics.
type EpicReader interface {
	// Epics lists a project's epics in their order.
	Epics(project ProjectID) ([]Epic, error)
	// EpicComments lists an epic's comments, oldest first; they are on no story.
	EpicComments(epic EpicID) ([]Comment, error)
	// EpicFiles lists an epic's attachments, oldest first.
	EpicFiles(epic EpicID) ([]StoryFile, error)
}

// EpicWriter changes epics.
type EpicWriter interface {
	// SaveEpic adds an epic without an id and sets it. One with an id is replaced, or
	// comes back with its comments after it was removed. CodeInvalid, field "label",
	// where another epic of the project has the label.
	SaveEpic(e *Epic) error
	// RemoveEpic fails with CodeNotFound. The epic's stories keep the label.
	RemoveEpic(id EpicID) error
	AddEpicComment(epic EpicID, c *Comment) error
	// AddEpicFile attaches to f.EpicID and sets f.ID.
	AddEpicFile(f *StoryFile) error
}
