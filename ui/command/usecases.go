package command

import (
	"context"
	"time"

	"storydesk/tracker"
	"storydesk/ui/pane"
)

// Commands is a host of panes with the use cases that the functions here need.
type Commands struct {
	*pane.Host
	Service UseCases
}

// UseCases are those that more than one screen needs.
type UseCases struct {
	Stories      Stories
	Triage       Triage
	Conversation Conversation
	Outbox       Outbox
	Accounts     Accounts
	Views        Views
	Settings     Settings
	Files        Files
	People       People
}

// Files comments on stories with files.
type Files interface {
	Comment(ctx context.Context, ids []tracker.StoryID, text string, drafts, paths []string, files ...tracker.FileID) ([]tracker.Comment, error)
}

// Stories changes stories and finds them.
type Stories interface {
	tracker.StoryUseCases
	Trials
	Linking
	Finding
	AddFromTickets(ctx context.Context, n tracker.FromTickets) ([]tracker.Story, error)
	DeleteStories(ctx context.Context, ids []tracker.StoryID, drop bool) error
}

// Triage puts tickets aside of which no story is made, and brings them back.
type Triage interface {
	Dismiss(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID, reason string) error
	Snooze(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID, until time.Time) error
	Restore(ctx context.Context, in tracker.IntegrationID, tickets []tracker.TicketID) error
}

// Trials tell what a change would send to tickets, or why it cannot be made.
type Trials interface {
	Rehearse(ctx context.Context, do func(context.Context, tracker.StoryUseCases) error) ([]tracker.Delivery, error)
	Preview(ctx context.Context, do func(context.Context, tracker.StoryUseCases) error) ([]tracker.Preview, error)
	// Unreached are the tickets of stories that are not told of a change.
	Unreached(ctx context.Context, ids ...tracker.StoryID) ([]tracker.Unreached, error)
}

// Linking links stories to tickets.
type Linking interface {
	LinkTickets(ctx context.Context, ids []tracker.StoryID, in tracker.Integration, tickets []tracker.TicketID) (int, error)
	LinkInstead(ctx context.Context, created, id tracker.StoryID) (tracker.Story, error)
	UnlinkTicket(ctx context.Context, ids []tracker.StoryID, ticket tracker.TicketKey, drop bool) error
}

// Finding finds stories.
type Finding interface {
	Story(ctx context.Context, id tracker.StoryID) (tracker.StoryDetail, error)
	Columns(ctx context.Context, project tracker.ProjectID) (tracker.StoryColumns, error)
	Alike(ctx context.Context, project tracker.ProjectID, names []string, without ...tracker.StoryID) ([]tracker.Card, error)
}

// Conversation completes the descriptions of stories that were just made of tickets.
type Conversation interface {
	Describe(ctx context.Context, made ...tracker.Story)
}

// Outbox lists private comments that have not left, and sends them.
type Outbox interface {
	Deliveries(ctx context.Context, q tracker.DeliveryQuery) ([]tracker.Delivery, error)
	SendNow(ctx context.Context, ids []tracker.DeliveryID) error
}

// Accounts lists the integrations of a project, or all for project 0.
type Accounts interface {
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
}

// Views lists the tickets of an integration's view.
type Views interface {
	Tickets(ctx context.Context, id tracker.IntegrationID) (tracker.TicketList, error)
}

// Settings saves who the user is.
type Settings interface {
	SetUser(ctx context.Context, name string) error
}
