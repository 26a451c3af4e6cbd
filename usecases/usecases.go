// Package usecases makes the use cases that the program's surfaces declare as
// interfaces. main.go and the tests of the whole program call it: what the tests
// run is what users run.
package usecases

import (
	"os"
	"time"

	"github.com/google/uuid"

	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/ui"
	"storydesk/ui/cli"
	"storydesk/ui/cli/session"
)

// machine is the name of this computer, as others of a team read it.
func machine() string {
	name, err := os.Hostname()
	if err != nil {
		return "a computer without a name"
	}
	return name
}

// New makes the use cases on an open database.
func New(c session.Config) cli.UseCases { return At(time.Now)(c) }

// At is New with another clock, for pictures that are the same on every day.
func At(now func() time.Time) cli.Maker {
	return func(c session.Config) cli.UseCases { return with(c, now) }
}

func with(c session.Config, now func() time.Time) cli.UseCases {
	e := engine.New(kernel.Config{
		Store: c.Store, Choices: c.Choices, Templates: c.Templates, Zendesk: c.Zendesk, Feeds: c.Feeds, Secrets: c.Secrets, Files: c.Files, User: c.User, Grace: c.Grace, QuietWindow: c.QuietWindow, Refresh: c.Refresh,
		Seat: kernel.Seat{Team: c.Team, Role: c.Role, Machine: machine()},
		Now:  now, NewID: uuid.NewString, Log: c.Log,
	})
	var presence ui.Presence
	if c.Presence != nil {
		e.Presence, presence = c.Presence, e.Kernel
	}
	return cli.UseCases{
		Engine: e, Board: e.Board, Find: e.Find, Report: e.Report, Stories: e.Stories, Parts: e.Parts, Epics: e.Epics, People: e.People, Triage: e.Triage, Views: e.Views, Accounts: e.Accounts, Outbox: e.Outbox, Settings: e.Settings,
		Projects: e.Projects, Conversation: e.Conversation, Checkup: e.Checkup, Courier: e.Courier, Imports: e.Imports,
		Surroundings: cli.Surroundings{Presence: presence, Subscribe: func() ui.Feed { return e.Subscribe() }, Now: e.Now},
	}
}
