package cli

import (
	"context"
	"time"

	"storydesk/tracker"
	"storydesk/ui"
	"storydesk/ui/cli/board"
	"storydesk/ui/cli/completion"
	"storydesk/ui/cli/config"
	"storydesk/ui/cli/delivery"
	"storydesk/ui/cli/doctor"
	"storydesk/ui/cli/epic"
	"storydesk/ui/cli/find"
	"storydesk/ui/cli/integration"
	"storydesk/ui/cli/keys"
	"storydesk/ui/cli/person"
	"storydesk/ui/cli/project"
	"storydesk/ui/cli/report"
	"storydesk/ui/cli/session"
	"storydesk/ui/cli/setting"
	"storydesk/ui/cli/story"
	"storydesk/ui/cli/ticket"
	"storydesk/ui/cli/transfer"
	"storydesk/ui/cli/worker"
	"storydesk/ui/command"
)

// UseCases are those of the whole program, by subject. Each group of commands gets
// those that it declares.
type UseCases struct {
	// Engine is what runs behind the board.
	Engine       board.Engine
	Board        ui.Snapshots
	Find         ui.Finder
	Report       report.Reporter
	Stories      Stories
	Parts        Parts
	Epics        Epics
	People       People
	Triage       ui.Triage
	Views        Views
	Accounts     Accounts
	Outbox       Outbox
	Settings     Settings
	Projects     Projects
	Conversation ui.Conversation
	Checkup      Checkup
	Courier      Courier
	Imports      transfer.Imports
	Surroundings
}

// Surroundings are what happens beside the use cases.
type Surroundings struct {
	// Presence tells others what is open.
	Presence ui.Presence
	// Subscribe returns a feed of what changes, to be closed after use.
	Subscribe func() ui.Feed
	// Now tells the time.
	Now func() time.Time
}

// Maker makes the use cases on an open database.
type Maker func(session.Config) UseCases

// Stories finds and changes stories.
type Stories interface {
	ui.Stories
	story.Stories
}

// Parts changes what hangs on a story.
type Parts interface {
	ui.Parts
	story.Parts
}

// Epics finds and changes epics.
type Epics interface {
	ui.Epics
	epic.Epics
}

// People lists the people and changes them.
type People interface {
	session.People
	command.People
	person.People
}

// Views reads the views of integrations, and their tickets.
type Views interface {
	ui.Views
	ticket.Views
}

// Accounts finds, changes and tries integrations.
type Accounts interface {
	ui.Accounts
	integration.Accounts
	board.Accounts
	worker.Accounts
}

// Outbox lists private comments, retries them and drops them.
type Outbox interface {
	ui.Outbox
	delivery.Outbox
	board.Outbox
}

// Settings reads and saves settings.
type Settings interface {
	ui.Settings
	session.Settings
	keys.Settings
	setting.Settings
	config.Settings
}

// Projects finds and changes projects.
type Projects interface {
	ui.Projects
	session.Projects
	project.Projects
	board.Projects
}

// Checkup checks an installation, and how linked stories and their tickets differ.
type Checkup interface {
	ui.Checkup
	doctor.Checkup
}

// Courier sends what is waiting.
type Courier interface {
	ui.Courier
	worker.Courier
	Syncing
}

// Syncing sends what is waiting, once.
type Syncing interface {
	// Sync refreshes the views and tries every due delivery once.
	Sync(ctx context.Context) (tracker.SyncReport, error)
}

// group returns the program as a group of commands sees it whose use cases pick
// takes out of all.
func group[U any](p *session.Program, maker Maker, pick func(UseCases) U) session.Runner[U] {
	return session.Runner[U]{Program: p, Make: func(c session.Config) (session.UseCases, U) {
		all := maker(c)
		return session.UseCases{Stories: all.Stories, Projects: all.Projects, Settings: all.Settings, People: all.People}, pick(all)
	}}
}

func (u UseCases) board() board.UseCases {
	return board.UseCases{Screens: u.screens(), Engine: u.Engine, Projects: u.Projects, Epics: u.Epics, Accounts: u.Accounts, Outbox: u.Outbox}
}

func (u UseCases) screens() ui.UseCases {
	return ui.UseCases{
		Board: u.Board, Find: u.Find, Report: u.Report, Stories: u.Stories, Parts: u.Parts, Epics: u.Epics, People: u.People, Triage: u.Triage, Views: u.Views, Accounts: u.Accounts, Outbox: u.Outbox, Settings: u.Settings, Projects: u.Projects,
		Conversation: u.Conversation, Checkup: u.Checkup, Courier: u.Courier, Imports: u.Imports, Presence: u.Presence, Subscribe: u.Subscribe, Now: u.Now,
	}
}

func (u UseCases) transfer() transfer.UseCases { return transfer.UseCases{Imports: u.Imports} }

func (u UseCases) project() project.UseCases { return project.UseCases{Projects: u.Projects} }

func (u UseCases) integration() integration.UseCases {
	return integration.UseCases{Accounts: u.Accounts}
}

func (u UseCases) ticket() ticket.UseCases {
	return ticket.UseCases{Accounts: u.Accounts, Views: u.Views, Stories: u.Stories, Triage: u.Triage, Conversation: u.Conversation}
}

func (u UseCases) report() report.UseCases { return report.UseCases{Report: u.Report} }

func (u UseCases) find() find.UseCases { return find.UseCases{Find: u.Find} }

func (u UseCases) story() story.UseCases {
	return story.UseCases{Stories: u.Stories, Parts: u.Parts, Conversation: u.Conversation, Accounts: u.Accounts, Projects: u.Projects}
}

func (u UseCases) epic() epic.UseCases { return epic.UseCases{Epics: u.Epics} }

func (u UseCases) person() person.UseCases { return person.UseCases{People: u.People} }

func (u UseCases) delivery() delivery.UseCases {
	return delivery.UseCases{Outbox: u.Outbox, Accounts: u.Accounts}
}

func (u UseCases) setting() setting.UseCases { return setting.UseCases{Settings: u.Settings} }

func (u UseCases) config() config.UseCases { return config.UseCases{Settings: u.Settings} }

func (u UseCases) keys() keys.UseCases { return keys.UseCases{Settings: u.Settings} }

func (u UseCases) sync() Syncing { return u.Courier }

func (u UseCases) worker() worker.UseCases {
	return worker.UseCases{Engine: u.Engine, Courier: u.Courier, Accounts: u.Accounts, Outbox: u.Outbox}
}

func (u UseCases) doctor() doctor.UseCases {
	return doctor.UseCases{
		Checkup: u.Checkup, Accounts: u.Accounts, Views: u.Views, Projects: u.Projects, Stories: u.Stories, Outbox: u.Outbox,
	}
}

func (u UseCases) completion() completion.UseCases {
	return completion.UseCases{Accounts: u.Accounts, Views: u.Views, Stories: u.Stories, Projects: u.Projects, Outbox: u.Outbox, Epics: u.Epics}
}
