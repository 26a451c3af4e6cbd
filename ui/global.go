package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/deliveries"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/integrations"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/setting"
)

// drainTime is how long quitting waits for notes to leave.
const drainTime = 2500 * time.Millisecond

// drained tells that quitting need not wait any longer.
type drained struct{ err error }

// unavailable says why one of the root's own actions cannot be done now.
func (a *app) unavailable(id intent.ActionID) string {
	if id == intent.ActLog && len(a.Toasts.Log) == 0 {
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
		return a.Open(a.help(), pane.Overlay)
	case intent.ActPalette:
		return a.Open(a.palette(), pane.Overlay)
	case intent.ActLog:
		return a.Open(a.messageLog(), pane.Overlay)
	case intent.ActIntegrations:
		return a.Open(integrations.New(a.Host), pane.Body)
	case intent.ActDeliveries:
		return a.Open(deliveries.New(a.Host), pane.Body)
	case intent.ActProject:
		return a.readProjects()
	case intent.ActRefreshAll:
		return a.board.RefreshAll()
	case intent.ActMouse:
		return a.toggleMouse()
	case intent.ActSettings:
		return a.readSettings()
	case actKeys:
		return a.Open(a.newKeysPane(), pane.Overlay)
	case intent.ActUndo:
		return a.takeBack(takingBack{"Undo", a.Service.Stories.Undo}, false)
	case intent.ActRedo:
		return a.takeBack(takingBack{"Redo", a.Service.Stories.Redo}, false)
	}
	return nil
}

// quit leaves, after a question where that loses a text. Asked a second time it
// leaves at once.
func (a *app) quit() tea.Cmd {
	if a.leaving {
		return tea.Quit
	}
	asked := a.asksToLose != nil && a.Top() == a.asksToLose
	if names := wouldLose(a.Host); names != "" && !asked {
		return askToLose(a, names)
	}
	return leave(a)
}

// leave closes every pane and waits for private comments to leave. Texts that a
// lost database cannot take are discarded: the user has been asked.
func leave(a *app) tea.Cmd {
	a.leaving = true
	closing := a.CloseTo(1)
	if a.Service.StoreLost() != nil {
		clear(a.Drafts)
	}
	if a.Busy() {
		return closing // the last change drains
	}
	return tea.Sequence(closing, a.drain())
}

// drain ends the grace of waiting notes and gives them a moment to leave.
func (a *app) drain() tea.Cmd {
	service := a.Service
	return a.Do(func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, drainTime)
		defer cancel()
		return drained{service.Courier.Drain(ctx)}
	})
}

// drained leaves. What has not left goes at the next start.
func (a *app) drained(msg drained) tea.Cmd {
	if msg.err != nil && !errors.Is(msg.err, context.DeadlineExceeded) {
		return tea.Sequence(a.Fail(msg.err), tea.Quit)
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
	service := a.Service
	hold := a.Do(func(ctx context.Context) tea.Msg {
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
	return tea.Batch(a.Warn("a private comment was still being sent; checking the ticket"), toBackground())
}

// wentOn tells that the program is in the foreground again, or with an error
// that it never left it.
type wentOn struct{ err error }

// wakeUp sends what was held back, and says why the program was not suspended.
func (a *app) wakeUp(msg wentOn) tea.Cmd {
	a.Service.Courier.Resume()
	if msg.err != nil {
		return a.Warn("not suspended: " + msg.err.Error())
	}
	return nil
}

// toggleMouse gives the mouse to the terminal, or takes it back.
func (a *app) toggleMouse() tea.Cmd {
	a.mouse = !a.mouse
	if a.mouse {
		return a.choose(setting.Mouse, "", "mouse on · hold shift or option to select text")
	}
	return a.choose(setting.Mouse, setting.Off, "mouse off, select text · "+a.Keys.Key(keymap.ScopeGlobal, intent.ActMouse)+": back on")
}

// projectsRead brings the projects to choose from.
type projectsRead struct {
	projects []tracker.Project
	err      error
}

func (a *app) readProjects() tea.Cmd {
	service := a.Service
	return a.Ask(func(ctx context.Context) tea.Msg {
		list, err := service.Projects.Projects(ctx)
		return projectsRead{list, err}
	})
}

// chooseProject asks which project to open.
func (a *app) chooseProject(msg projectsRead) tea.Cmd {
	if msg.err != nil {
		return a.Fail(msg.err)
	}
	rows := make([]dialog.Choice, len(msg.projects))
	for i, p := range msg.projects {
		rows[i] = dialog.Choice{Text: draw.Line(p.Name), Current: p.ID == a.Project.ID}
	}
	return a.Open(dialog.NewChooser(a.Host, "Open a project", rows, func(i int) tea.Cmd {
		return a.openProject(msg.projects[i])
	}), pane.Overlay)
}

// openProject shows another project and remembers it as opened last.
func (a *app) openProject(p tracker.Project) tea.Cmd {
	a.Project = p
	service, name := a.Service, p.Name
	remember := a.Do(func(ctx context.Context) tea.Msg {
		_, err := service.Projects.OpenProject(ctx, name)
		return pane.Done{Said: fmt.Sprintf("Project %s", draw.Line(name)), Err: err}
	})
	return tea.Batch(a.CloseTo(1), a.board.Restart(), remember)
}
