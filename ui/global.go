package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
)

// drainTime is how long quitting waits for notes to leave.
const drainTime = 2500 * time.Millisecond

// drained tells that quitting need not wait any longer.
type drained struct{ err error }

// unavailable says why one of the root's own actions cannot be done now.
func (a *app) unavailable(id intent.ActionID) string {
	if id == intent.ActLog && len(a.toasts.log) == 0 {
		return "no messages yet"
	}
	return ""
}

// global does the actions that work on every screen.
func (a *app) global(id intent.ActionID) tea.Cmd {
	switch id {
	case intent.ActQuit, intent.ActLeave:
		return a.quit()
	case intent.ActSuspend:
		return a.suspend()
	case intent.ActHelp:
		return a.open(a.help(), placeOverlay)
	case intent.ActPalette:
		return a.open(a.palette(), placeOverlay)
	case intent.ActLog:
		return a.open(a.messageLog(), placeOverlay)
	case intent.ActIntegrations:
		return a.open(newIntegrationsPane(a.shell), placeBody)
	case intent.ActDeliveries:
		return a.open(newDeliveriesPane(a.shell), placeBody)
	case intent.ActProject:
		return a.readProjects()
	case intent.ActRefreshAll:
		return a.board.refreshAll()
	case intent.ActMouse:
		return a.toggleMouse()
	case intent.ActSettings:
		return a.readSettings()
	case actKeys:
		return a.open(a.newKeysPane(), placeOverlay)
	case intent.ActUndo:
		return a.takeBack(takingBack{"Undo", a.service.Stories.Undo}, false)
	case intent.ActRedo:
		return a.takeBack(takingBack{"Redo", a.service.Stories.Redo}, false)
	}
	return nil
}

// quit leaves, after a question where that loses a text. Asked a second time it
// leaves at once.
func (a *app) quit() tea.Cmd {
	if a.leaving {
		return tea.Quit
	}
	asked := a.asksToLose != nil && a.top() == a.asksToLose
	if names := wouldLose(a.shell); names != "" && !asked {
		return askToLose(a, names)
	}
	return leave(a)
}

// leave closes every pane and waits for private comments to leave. Texts that a
// lost database cannot take are discarded: the user has been asked.
func leave(a *app) tea.Cmd {
	a.leaving = true
	closing := a.closeTo(1)
	if a.service.StoreLost() != nil {
		clear(a.drafts)
	}
	if len(a.queue) > 0 {
		return closing // the last change drains
	}
	return tea.Sequence(closing, a.drain())
}

// drain ends the grace of waiting notes and gives them a moment to leave.
func (a *app) drain() tea.Cmd {
	service := a.service
	return a.do(func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, drainTime)
		defer cancel()
		return drained{service.Courier.Drain(ctx)}
	})
}

// drained leaves. What has not left goes at the next start.
func (a *app) drained(msg drained) tea.Cmd {
	if msg.err != nil && !errors.Is(msg.err, context.DeadlineExceeded) {
		return tea.Sequence(a.fail(msg.err), tea.Quit)
	}
	return tea.Quit
}

// suspendTime is how long suspending waits for a note that is being sent;
// after suspendSilence it says so.
const (
	suspendTime    = 3 * time.Second
	suspendSilence = 200 * time.Millisecond
)

// suspension is the way into the background: under way, and spoken of when it
// takes long.
type suspension struct{ begun, slow bool }

type (
	// suspendSlow tells that suspending takes long enough to be spoken of.
	suspendSlow struct{}
	// courierHeld tells that nothing is being sent, or with an error that it was
	// waited for long enough.
	courierHeld struct{ err error }
)

// suspend goes to the background once no note is being sent: a process that is
// stopped in the middle of one could not tell whether it arrived.
func (a *app) suspend() tea.Cmd {
	if a.suspension.begun {
		return nil
	}
	a.suspension.begun = true
	service := a.service
	hold := a.do(func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, suspendTime)
		defer cancel()
		return courierHeld{service.Courier.Hold(ctx)}
	})
	return tea.Batch(a.letGo(), hold, tea.Tick(suspendSilence, func(time.Time) tea.Msg { return suspendSlow{} }))
}

// suspended stops the program. A note that is still being sent then is looked
// for on its ticket before it is sent again.
func (a *app) suspended(msg courierHeld) tea.Cmd {
	a.suspension = suspension{}
	if msg.err == nil {
		return toBackground()
	}
	return tea.Batch(a.warn("a private comment was still being sent; checking the ticket"), toBackground())
}

// wentOn tells that the program is in the foreground again, or with an error
// that it never left it.
type wentOn struct{ err error }

// wakeUp sends what was held back, and says why the program was not suspended.
func (a *app) wakeUp(msg wentOn) tea.Cmd {
	a.service.Courier.Resume()
	if msg.err != nil {
		return a.warn("not suspended: " + msg.err.Error())
	}
	return nil
}

// toggleMouse gives the mouse to the terminal, or takes it back.
func (a *app) toggleMouse() tea.Cmd {
	a.mouse = !a.mouse
	if a.mouse {
		return a.choose(settingMouse, "", "mouse on · hold shift or option to select text")
	}
	return a.choose(settingMouse, off, "mouse off, select text · "+a.keys.Key(keymap.ScopeGlobal, intent.ActMouse)+": back on")
}

// projectsRead brings the projects to choose from.
type projectsRead struct {
	projects []tracker.Project
	err      error
}

func (a *app) readProjects() tea.Cmd {
	service := a.service
	return a.ask(func(ctx context.Context) tea.Msg {
		list, err := service.Projects.Projects(ctx)
		return projectsRead{list, err}
	})
}

// chooseProject asks which project to open.
func (a *app) chooseProject(msg projectsRead) tea.Cmd {
	if msg.err != nil {
		return a.fail(msg.err)
	}
	rows := make([]choice, len(msg.projects))
	for i, p := range msg.projects {
		rows[i] = choice{text: draw.Line(p.Name), current: p.ID == a.project.ID}
	}
	return a.open(newChooser(a.shell, "Open a project", rows, func(i int) tea.Cmd {
		return a.openProject(msg.projects[i])
	}), placeOverlay)
}

// openProject shows another project and remembers it as opened last.
func (a *app) openProject(p tracker.Project) tea.Cmd {
	a.project = p
	service, name := a.service, p.Name
	remember := a.do(func(ctx context.Context) tea.Msg {
		_, err := service.Projects.OpenProject(ctx, name)
		return done{said: fmt.Sprintf("Project %s", draw.Line(name)), err: err}
	})
	return tea.Batch(a.closeTo(1), a.board.restart(), remember)
}
