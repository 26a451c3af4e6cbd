// Package engine wires the use cases and runs what runs beside them: the courier,
// the poller and the watch for other processes' changes.
package engine

import (
	"context"

	"golang.org/x/sync/errgroup"

	"storydesk/tracker"
	"storydesk/tracker/accounts"
	"storydesk/tracker/board"
	"storydesk/tracker/checkup"
	"storydesk/tracker/conversation"
	"storydesk/tracker/courier"
	"storydesk/tracker/epics"
	"storydesk/tracker/find"
	"storydesk/tracker/follow"
	"storydesk/tracker/guard"
	"storydesk/tracker/imports"
	"storydesk/tracker/kernel"
	"storydesk/tracker/outbox"
	"storydesk/tracker/parts"
	"storydesk/tracker/people"
	"storydesk/tracker/projects"
	"storydesk/tracker/report"
	"storydesk/tracker/senders"
	"storydesk/tracker/settings"
	"storydesk/tracker/stories"
	"storydesk/tracker/triage"
	"storydesk/tracker/views"
)

// Engine is all use cases and what runs beside them.
type Engine struct {
	*kernel.Kernel
	Settings     *settings.Service
	Projects     *projects.Service
	Accounts     *accounts.Service
	Senders      *senders.Service
	Outbox       *outbox.Service
	Views        *views.Service
	Stories      *stories.Service
	Parts        *parts.Service
	Epics        *epics.Service
	People       *people.Service
	Triage       *triage.Service
	Courier      *courier.Service
	Board        *board.Service
	Find         *find.Service
	Report       *report.Service
	Conversation *conversation.Service
	Checkup      *checkup.Service
	Imports      *imports.Service
}

// New wires the use cases. Nothing runs until Run is called.
func New(c kernel.Config) *Engine {
	k := kernel.New(c)
	e := &Engine{Kernel: k, Settings: settings.New(k), Accounts: accounts.New(k), Outbox: outbox.New(k)}
	e.Senders = senders.New(k, e.Accounts)
	e.Views = views.New(k, e.Accounts, e.Settings, follow.New(k))
	e.Stories = stories.New(k, e.Outbox, e.Views)
	e.Projects = projects.New(k, e.Settings, e.Stories)
	e.Parts = parts.New(k, e.Outbox, e.Stories)
	e.Epics = epics.New(k, e.Stories)
	e.People = people.New(k, e.Stories)
	e.Triage = triage.New(k, e.Views, e.Stories)
	e.Board = board.New(k, e.Senders)
	e.Find = find.New(k)
	e.Report = report.New(k)
	e.Conversation = conversation.New(k, e.Accounts, e.Views, e.Stories)
	e.Checkup = checkup.New(k, e.Accounts, e.Outbox, e.Views, e.Stories)
	e.Imports = imports.New(k)
	e.Courier = courier.New(k, e.Accounts, e.Views, e.Outbox)
	return e
}

// Run sends deliveries, refreshes views and watches for other processes'
// changes until ctx ends, then returns nil. Requests under way are finished or
// given up first.
func (e *Engine) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	run := func(fn func(context.Context) error) {
		g.Go(func() error { return guard.Run(func() error { return fn(ctx) }) })
	}
	run(e.Courier.RunCourier)
	run(e.BeginMarks)
	run(e.Views.RunPoller)
	run(e.Senders.Run)
	run(e.Parts.RunSweeper)
	run(e.People.Run)
	if e.Presence != nil {
		e.Presence.OnOthers(func() { e.Publish(tracker.HintPresence) })
	}
	run(func(ctx context.Context) error {
		return e.Store.Watch(ctx, func() {
			e.Publish(tracker.HintAll)
			e.WakeCourier()
		})
	})
	err := g.Wait()
	if ctx.Err() != nil && (err == nil || tracker.IsContextError(err)) {
		return nil
	}
	return err
}
