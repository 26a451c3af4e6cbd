package ui

import (
	"context"
	"time"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/command"
	"storydesk/ui/deliveries"
	"storydesk/ui/find"
	"storydesk/ui/importing"
	"storydesk/ui/integrations"
	"storydesk/ui/labels"
	"storydesk/ui/links"
	"storydesk/ui/newstory"
	"storydesk/ui/pane"
	"storydesk/ui/planning"
	"storydesk/ui/report"
	"storydesk/ui/story"
	"storydesk/ui/ticket"
)

// UseCases are those of the whole terminal program, by subject. Each screen gets
// those that it declares.
type UseCases struct {
	Board        Snapshots
	Find         Finder
	Report       Reporter
	Stories      Stories
	Parts        Parts
	Epics        Epics
	People       command.People
	Triage       Triage
	Views        Views
	Accounts     Accounts
	Outbox       Outbox
	Settings     Settings
	Projects     Projects
	Conversation Conversation
	Checkup      Checkup
	Courier      Courier
	Imports      Imports
	// Presence tells others what is open.
	Presence Presence
	// Subscribe returns a feed of what changes, to be closed after use.
	Subscribe func() Feed
	// Now tells the time.
	Now func() time.Time
}

// Presence tells others what is open, and what they have open.
type Presence interface {
	Attend(ctx context.Context, story tracker.StoryID, writing bool) error
	Others() []tracker.Attendance
}

// host is what the root and its parts stand on.
type host struct {
	*command.Commands
	// Service are the use cases of the whole program.
	Service UseCases
}

// Snapshots reads what the board shows, at one moment.
type Snapshots interface{ board.Snapshots }

// Finder finds stories and tickets by what is written in them.
type Finder interface{ find.Finder }

// Reporter reads what figures are computed from.
type Reporter interface{ report.Reporter }

// Stories finds and changes stories.
type Stories interface {
	command.Stories
	board.Stories
	story.Stories
	// Locate reads a story with its place on the board.
	Locate(ctx context.Context, id tracker.StoryID) (tracker.Story, error)
	newstory.Stories
	labels.Labels
	// Undo undoes the last change, and Redo brings back what was undone. Where that
	// would send something they fail with a *tracker.SendsError until it is agreed.
	Undo(ctx context.Context, agreed bool) (tracker.Undone, error)
	Redo(ctx context.Context, agreed bool) (tracker.Undone, error)
}

// Parts changes what hangs on a story.
type Parts interface{ story.Parts }

// Epics changes epics.
type Epics interface{ board.Epics }

// Triage puts tickets aside and brings them back.
type Triage interface{ command.Triage }

// Views reads the views of integrations, and their tickets.
type Views interface {
	command.Views
	board.Views
	story.Views
	ticket.Views
	// RefreshView reads a view, or waits until another program has.
	RefreshView(ctx context.Context, id tracker.IntegrationID) error
	// Tickets reads the view of an integration as it was read last.
	Tickets(ctx context.Context, id tracker.IntegrationID) (tracker.TicketList, error)
	// SetFocus tells whether somebody looks: views are read more often then.
	SetFocus(focused bool)
}

// Accounts lists, changes and tries integrations.
type Accounts interface {
	integrations.Accounts
	board.Accounts
}

// Outbox lists private comments, sends them and drops them.
type Outbox interface {
	command.Outbox
	deliveries.Outbox
}

// Settings reads and saves settings and drafts.
type Settings interface {
	pane.Settings
	command.Settings
	board.Settings
}

// Projects lists the projects and opens one.
type Projects interface {
	integrations.Projects
	planning.Projects
	OpenProject(ctx context.Context, ref string) (tracker.Project, error)
}

// Conversation reads what was said on tickets.
type Conversation interface {
	command.Conversation
	ticket.Conversation
}

// Checkup finds how linked stories and their tickets differ, and fixes it.
type Checkup interface{ links.Checkup }

// Imports brings projects in.
type Imports interface{ importing.Imports }

// Courier sends private comments.
type Courier interface {
	// Drain waits until what can be sent now is sent.
	Drain(ctx context.Context) error
	// Hold sends nothing more until Resume, and waits for what is being sent.
	Hold(ctx context.Context) error
	Resume()
}

// Feed collects hints of what has changed.
type Feed interface {
	// Next waits for hints and returns all that came since the last call. It fails
	// only with ctx's error.
	Next(ctx context.Context) (tracker.Hint, error)
	Close()
}

func (u UseCases) command() command.UseCases {
	return command.UseCases{
		Stories: u.Stories, Triage: u.Triage, Conversation: u.Conversation, Outbox: u.Outbox, Accounts: u.Accounts, Views: u.Views, Settings: u.Settings, Files: u.Parts, People: u.People,
	}
}

func (u UseCases) board() board.UseCases {
	return board.UseCases{Board: u.Board, Stories: u.Stories, Views: u.Views, Accounts: u.Accounts, Settings: u.Settings, Epics: u.Epics}
}

func (u UseCases) story() story.UseCases {
	return story.UseCases{Stories: u.Stories, Parts: u.Parts, Views: u.Views, Accounts: u.Accounts}
}

func (u UseCases) newStory() newstory.UseCases { return newstory.UseCases{Stories: u.Stories} }

func (u UseCases) ticket() ticket.UseCases {
	return ticket.UseCases{Views: u.Views, Accounts: u.Accounts, Conversation: u.Conversation}
}

func (u UseCases) deliveries() deliveries.UseCases {
	return deliveries.UseCases{Outbox: u.Outbox, Accounts: u.Accounts, Stories: u.Stories}
}

func (u UseCases) integrations() integrations.UseCases {
	return integrations.UseCases{Accounts: u.Accounts, Outbox: u.Outbox, Projects: u.Projects}
}

func (u UseCases) find() find.UseCases { return find.UseCases{Find: u.Find} }

func (u UseCases) report() report.UseCases {
	return report.UseCases{Report: u.Report, Settings: u.Settings}
}

func (u UseCases) labels() labels.UseCases { return labels.UseCases{Labels: u.Stories} }

func (u UseCases) links() links.UseCases { return links.UseCases{Checkup: u.Checkup} }

func (u UseCases) importing() importing.UseCases { return importing.UseCases{Imports: u.Imports} }
