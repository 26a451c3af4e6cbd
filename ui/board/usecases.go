package board

import (
	"context"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/board/epics"
	"storydesk/ui/board/reading"
	"storydesk/ui/command"
)

// host is what the parts of the board stand on: the commands that other screens
// have, too, and the use cases that the board alone needs.
type host struct {
	*command.Commands
	// Service are the board's own use cases.
	Service UseCases
}

// UseCases are those that the board needs beside [command.UseCases].
type UseCases struct {
	Board    Snapshots
	Stories  Stories
	Views    Views
	Accounts Accounts
	Settings Settings
	Epics    Epics
}

// Snapshots reads what the board shows, at one moment.
type Snapshots interface{ reading.Snapshots }

// Stories finds and changes stories.
type Stories interface {
	AddStory(ctx context.Context, n tracker.NewStory) (tracker.Story, error)
	MoveStories(ctx context.Context, ids []tracker.StoryID, to tracker.Place) ([]tracker.Story, error)
	DeleteStories(ctx context.Context, ids []tracker.StoryID, drop bool) error
	UnlinkTicket(ctx context.Context, ids []tracker.StoryID, ticket tracker.TicketKey, drop bool) error
	Story(ctx context.Context, id tracker.StoryID) (tracker.StoryDetail, error)
	ParseQuery(kind search.Kind, text string) (search.Query, error)
}

// Epics changes epics.
type Epics interface{ epics.UseCases }

// Views reads views again, and stops that.
type Views interface {
	// AskView reads a view, and returns what to say where another program does.
	AskView(ctx context.Context, id tracker.IntegrationID) (said string, err error)
	ContinueView(ctx context.Context, id tracker.IntegrationID) error
	StopView(id tracker.IntegrationID)
	// SeeTicket notes that the user has looked at a ticket: at what is shown of it, or where that is
	// nil at all of it.
	SeeTicket(ctx context.Context, id tracker.IntegrationID, ticket tracker.TicketID, shown *tracker.TicketDetail) error
	SetTicketOrder(ctx context.Context, id tracker.IntegrationID, o tracker.TicketOrder) error
	// ReadingInterval is how often a view is read.
	ReadingInterval(last tracker.Fetch, host string, sharing int) time.Duration
}

// Accounts tells how many requests an account has left.
type Accounts interface {
	Requests(host string) tracker.Allowance
}

// Settings reads what the user chose.
type Settings interface {
	Setting(ctx context.Context, key string) (string, error)
}
