package story

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/search"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands on stories need.
type UseCases struct {
	Stories      Stories
	Parts        Parts
	Conversation Conversation
	Accounts     Accounts
	Projects     Projects
}

// Stories finds and changes stories.
type Stories interface {
	tracker.StoryUseCases
	Finding
	Deleting
	Labels
	Tasks
	AddStory(ctx context.Context, n tracker.NewStory) (tracker.Story, error)
	AddFromTickets(ctx context.Context, n tracker.FromTickets) ([]tracker.Story, error)
	Edit(ctx context.Context, ids []tracker.StoryID, e tracker.StoryEdit) ([]tracker.Story, error)
	LinkTickets(ctx context.Context, ids []tracker.StoryID, in tracker.Integration, tickets []tracker.TicketID) (int, error)
	UnlinkTicket(ctx context.Context, ids []tracker.StoryID, ticket tracker.TicketKey, drop bool) error
}

// Finding finds stories.
type Finding interface {
	ParseQuery(kind search.Kind, text string) (search.Query, error)
	Stories(ctx context.Context, project tracker.ProjectID, f tracker.StoryFilter) ([]tracker.Story, error)
	Columns(ctx context.Context, project tracker.ProjectID) (tracker.StoryColumns, error)
	Story(ctx context.Context, id tracker.StoryID) (tracker.StoryDetail, error)
	Locate(ctx context.Context, id tracker.StoryID) (tracker.Story, error)
	// Unreached are the tickets of stories that are not told of a change.
	Unreached(ctx context.Context, ids ...tracker.StoryID) ([]tracker.Unreached, error)
}

// Deleting deletes stories, restores them, and removes them for good.
type Deleting interface {
	DeletedStories(ctx context.Context, project tracker.ProjectID) ([]tracker.Story, error)
	DeleteStories(ctx context.Context, ids []tracker.StoryID, drop bool) error
	RestoreStories(ctx context.Context, ids []tracker.StoryID) ([]tracker.Story, error)
	PurgeStories(ctx context.Context, ids []tracker.StoryID) error
}

// Labels lists and changes the labels of a project's stories.
type Labels interface {
	Labels(ctx context.Context, project tracker.ProjectID) ([]epic.LabelUse, error)
	RenameLabel(ctx context.Context, project tracker.ProjectID, from, to string) ([]tracker.Story, error)
	MergeLabel(ctx context.Context, project tracker.ProjectID, from, into string) ([]tracker.Story, error)
	DeleteLabel(ctx context.Context, project tracker.ProjectID, name string) ([]tracker.Story, error)
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
	Follow(ctx context.Context, story tracker.StoryID, follows bool) error
	Files
}

// Files adds, shows and removes the attachments of a story, and comments with some.
type Files interface {
	AddFiles(ctx context.Context, story tracker.StoryID, paths []string) ([]tracker.StoryFile, error)
	RemoveFile(ctx context.Context, story tracker.StoryID, id tracker.FileID) error
	ExportFile(ctx context.Context, story tracker.StoryID, id tracker.FileID, to string, replace bool) (tracker.StoryFile, error)
	ShowFile(ctx context.Context, story tracker.StoryID, id tracker.FileID) (string, error)
	Comment(ctx context.Context, ids []tracker.StoryID, text string, drafts, paths []string, files ...tracker.FileID) ([]tracker.Comment, error)
}

// Conversation completes the descriptions of stories that were just made of tickets.
type Conversation interface {
	Describe(ctx context.Context, made ...tracker.Story)
}

// Accounts finds integrations.
type Accounts interface {
	Integration(ctx context.Context, project tracker.ProjectID, ref string) (tracker.Integration, error)
	// Integrations are those of a project, or all for project 0.
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
}

// Projects lists the projects.
type Projects interface {
	Projects(ctx context.Context) ([]tracker.Project, error)
}
