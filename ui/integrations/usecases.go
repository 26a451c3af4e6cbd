package integrations

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/verdict"
	"storydesk/ui/command"
)

// host is what the screen and its forms stand on: the commands that other screens
// have, too, and the use cases that these alone need.
type host struct {
	*command.Commands
	// Service are the screen's own use cases.
	Service UseCases
}

// UseCases are those that the screen needs beside [command.UseCases].
type UseCases struct {
	Accounts Accounts
	Outbox   Outbox
	Projects Projects
}

// Accounts changes integrations, tries them and signs them in.
type Accounts interface {
	checker
	Connections
	Integrations(ctx context.Context, project tracker.ProjectID) ([]tracker.Integration, error)
	AddIntegration(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, error)
	EditIntegration(ctx context.Context, d tracker.IntegrationDraft) (tracker.Integration, error)
	SetIntegrationActive(ctx context.Context, id tracker.IntegrationID, active bool) (tracker.Integration, error)
	RemoveIntegration(ctx context.Context, id tracker.IntegrationID, drop bool) error
	// HasKeyring reports whether passwords and tokens can go to the system's keyring.
	HasKeyring(ctx context.Context) bool
	// InTeam reports whether several people share the database, and the credentials in it.
	InTeam() bool
	SecretPlace(ctx context.Context, id tracker.IntegrationID) (tracker.SecretPlace, error)
}

// Connections asks Zendesk: whether an integration works, for its views, and to
// sign in.
type Connections interface {
	AccountAddress(ctx context.Context, address string) (baseURL, host string, err error)
	TestIntegration(ctx context.Context, d tracker.IntegrationDraft, report func(verdict.TestStep)) error
	Views(ctx context.Context, d tracker.IntegrationDraft) ([]tracker.View, error)
	SignIn(ctx context.Context, id tracker.IntegrationID, port int, inDatabase bool, authorize func(context.Context, tracker.SignIn) (string, error)) (tracker.Integration, error)
}

// Outbox lists private comments that have not left.
type Outbox interface {
	Deliveries(ctx context.Context, q tracker.DeliveryQuery) ([]tracker.Delivery, error)
}

// Projects lists the projects that an integration can belong to.
type Projects interface {
	Projects(ctx context.Context) ([]tracker.Project, error)
}
