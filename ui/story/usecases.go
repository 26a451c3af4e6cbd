package story

import (
	"context"

	"storydesk/tracker"
	"storydesk/ui/command"
)

// host is what the parts of the detail stand on: the commands that other screens
// have, too, and the use cases that the detail alone needs.
type host struct {
	*command.Commands
	// Service are the detail's own use cases.
	Service UseCases
}

// UseCases are those that the detail of a story needs beside [command.UseCases].
type UseCases struct {
	Stories  Stories
	Parts    Parts
	Views    Views
	Accounts Accounts
}

// Stories reads and edits a story.
type Stories interface {
	Tasks
	Story(ctx context.Context, id tracker.StoryID) (tracker.StoryDetail, error)
	Edit(ctx context.Context, ids []tracker.StoryID, e tracker.StoryEdit) ([]tracker.Story, error)
	// Names are the people and the labels that the stories of a project name.
	Names(ctx context.Context, project tracker.ProjectID) (people, labels []string, err error)
}

// Tasks changes the tasks of a story.
type Tasks interface {
	AddTask(ctx context.Context, story tracker.StoryID, text string) (tracker.Story, error)
	EditTask(ctx context.Context, story tracker.StoryID, task tracker.TaskID, text string) (tracker.Story, error)
	MoveTask(ctx context.Context, story tracker.StoryID, task tracker.TaskID, place int) (tracker.Story, error)
	RemoveTask(ctx context.Context, story tracker.StoryID, task tracker.TaskID) (tracker.Story, error)
	SetTaskDone(ctx context.Context, story tracker.StoryID, task tracker.TaskID, done bool) (tracker.Story, error)
}

// Parts changes what hangs on a story.
type Parts interface {
	AddBlocker(ctx context.Context, story tracker.StoryID, text string) (tracker.Blocker, error)
	EditBlocker(ctx context.Context, story tracker.StoryID, id tracker.BlockerID, text string) error
	ResolveBlocker(ctx context.Context, story tracker.StoryID, id tracker.BlockerID, resolved bool) error
	RemoveBlocker(ctx context.Context, story tracker.StoryID, id tracker.BlockerID) error
	AddReview(ctx context.Context, story tracker.StoryID, kind, reviewer string) (tracker.Review, error)
	SetReview(ctx context.Context, story tracker.StoryID, id tracker.ReviewID, status tracker.ReviewStatus) error
	AssignReview(ctx context.Context, story tracker.StoryID, id tracker.ReviewID, reviewer string) error
	RemoveReview(ctx context.Context, story tracker.StoryID, id tracker.ReviewID) error
	SetFollowers(ctx context.Context, story tracker.StoryID, people []string) error
	Follow(ctx context.Context, story tracker.StoryID, follows bool) error
	Files
}

// Files adds, shows and removes the attachments of a story, and comments with some.
type Files interface {
	command.Files
	AddFiles(ctx context.Context, story tracker.StoryID, paths []string) ([]tracker.StoryFile, error)
	RemoveFile(ctx context.Context, story tracker.StoryID, id tracker.FileID) error
	ExportFile(ctx context.Context, story tracker.StoryID, id tracker.FileID, to string, replace bool) (tracker.StoryFile, error)
	ShowFile(ctx context.Context, story tracker.StoryID, id tracker.FileID) (string, error)
}

// Views notes that the user has looked at the story.
type Views interface {
	SeeStory(ctx context.Context, id tracker.StoryID, upTo int64) error
}

// Accounts lists the integrations of a project, or all for project 0.
type Accounts interface {
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
}
