package board

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/transfer"
	"storydesk/ui"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the board needs, and the demo.
type UseCases struct {
	// Screens are those of the board itself.
	Screens  ui.UseCases
	Engine   Engine
	Projects Projects
	Epics    Epics
	Accounts Accounts
	Outbox   Outbox
}

// Engine is what runs behind the board.
type Engine interface {
	// Run sends private comments and reads views until ctx ends.
	Run(ctx context.Context) error
}

// Projects opens a project.
type Projects interface {
	OpenProject(ctx context.Context, ref string) (tracker.Project, error)
	projects
}

// projects gives the demo's project its first iteration.
type projects interface {
	SaveProject(ctx context.Context, p tracker.Project) (tracker.Project, error)
}

// Epics makes the demo's epics.
type Epics interface {
	Epics(ctx context.Context, project tracker.ProjectID) ([]epic.Figures, error)
	AddEpic(ctx context.Context, e tracker.Epic) (tracker.Epic, error)
}

// parts adds what hangs on the demo's stories.
type parts interface {
	AddBlocker(ctx context.Context, story tracker.StoryID, text string) (tracker.Blocker, error)
	AddReview(ctx context.Context, story tracker.StoryID, kind, reviewer string) (tracker.Review, error)
	SetReview(ctx context.Context, story tracker.StoryID, id tracker.ReviewID, status tracker.ReviewStatus) error
}

// imports brings in what was done before the demo was made.
type imports interface {
	Import(ctx context.Context, from transfer.Reader, o transfer.Options) (transfer.Report, error)
}

// Accounts ties the demo's project to its sandbox.
type Accounts interface {
	Integration(ctx context.Context, project tracker.ProjectID, ref string) (tracker.Integration, error)
	AddIntegration(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, error)
	FollowAccount(ctx context.Context, id tracker.IntegrationID, address string) error
}

// stories makes the demo's stories.
type stories interface {
	tracker.StoryUseCases
	Story(ctx context.Context, id tracker.StoryID) (tracker.StoryDetail, error)
	Columns(ctx context.Context, project tracker.ProjectID) (tracker.StoryColumns, error)
	AddStory(ctx context.Context, n tracker.NewStory) (tracker.Story, error)
	Edit(ctx context.Context, ids []tracker.StoryID, e tracker.StoryEdit) ([]tracker.Story, error)
	AddFromTickets(ctx context.Context, n tracker.FromTickets) ([]tracker.Story, error)
}

// views reads the demo's view, and sees its tickets.
type views interface {
	RefreshView(ctx context.Context, id tracker.IntegrationID) error
	Tickets(ctx context.Context, id tracker.IntegrationID) (tracker.TicketList, error)
	Ticket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID) (tracker.TicketDetail, error)
	SeeTicket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID, shown *tracker.TicketDetail) error
}

// Outbox counts private comments, by state.
type Outbox interface {
	DeliveryCounts(ctx context.Context) (map[tracker.DeliveryState]int, error)
}
