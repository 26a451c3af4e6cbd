package person

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/person"
	"storydesk/ui/cli/session"
)

type (
	// runner runs the commands on an open database.
	runner = session.Runner[UseCases]
	// opened is an open database with the use cases.
	opened = session.Session[UseCases]
)

// UseCases are those that the commands on people need.
type UseCases struct {
	People People
}

// People finds and changes people.
type People interface {
	People(ctx context.Context) ([]person.Use, error)
	Add(ctx context.Context, p tracker.Person) (tracker.Person, error)
	Edit(ctx context.Context, name string, initials, email *string) (tracker.Person, error)
	Rename(ctx context.Context, name, to string) (tracker.Person, error)
	Merge(ctx context.Context, name, into string) (tracker.Person, error)
	Remove(ctx context.Context, name string) (tracker.Person, error)
}
