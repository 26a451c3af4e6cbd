package integration

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands on integrations need.
type UseCases struct {
	Accounts Accounts
}

// Accounts finds, changes and tries integrations.
type Accounts interface {
	Connections
	Integration(ctx context.Context, project tracker.ProjectID, ref string) (tracker.Integration, error)
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
	AddIntegration(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, error)
	EditIntegration(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, error)
	SetIntegrationActive(ctx context.Context, id tracker.IntegrationID, active bool) (tracker.Integration, error)
	RemoveIntegration(ctx context.Context, id tracker.IntegrationID, drop bool) error
	// CheckIntegration returns the integration that a draft makes, and all problems
	// with it, each with its field.
	CheckIntegration(d tracker.IntegrationDraft) (tracker.Integration, []*tracker.Error)
	// InTeam reports whether several people share the database, and the credentials in it.
	InTeam() bool
	SecretPlace(ctx context.Context, id tracker.IntegrationID) (tracker.SecretPlace, error)
	// SameSignIn finds another integration that signs in to the same account.
	SameSignIn(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, bool, error)
}

// Connections asks Zendesk: whether an integration works, for its views, and to
// sign in.
type Connections interface {
	AccountAddress(ctx context.Context, address string) (baseURL, host string, err error)
	TestIntegration(ctx context.Context, d tracker.IntegrationDraft, report func(verdict.TestStep)) error
	Views(ctx context.Context, d tracker.IntegrationDraft) ([]tracker.View, error)
	SignIn(ctx context.Context, id tracker.IntegrationID, port int, inDatabase bool, authorize func(context.Context, tracker.SignIn) (string, error)) (tracker.Integration, error)
}
