package ui

import (
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// drainTime is how long quitting waits for comments to be sent.
const drainTime = 2500 * time.Millisecond

// drained reports that quitting need not wait any longer.
type drained struct{ err error }

// ending is the way out of the program, for good or into the background.
type ending struct {
	*host
	// endDrag ends a drag.
	endDrag func() tea.Cmd
	// reason is why the user leaves.
	reason ExitReason
	// leaving is set when the user asked to quit and private comments are being sent.
	leaving bool
	// asksToLose is the question whether to quit and lose a text.
	asksToLose pane.Pane
	suspension suspension
}

// quit leaves, after a question where that loses a text. Asked a second time it
// leaves at once.
func (e *ending) quit() tea.Cmd {
	if e.leaving {
		return tea.Quit
	}
	asked := e.asksToLose != nil && e.Top() == e.asksToLose
	if names := wouldLose(e.Host); names != "" && !asked {
		return e.askToLose(names)
	}
	return e.leave()
}

// leave closes every pane and waits for private comments to be sent. Texts that a
// lost database cannot take are discarded: the user has been asked.
func (e *ending) leave() tea.Cmd {
	e.leaving = true
	closing := e.CloseTo(1)
	if e.Settings.StoreLost() != nil {
		clear(e.Drafts)
	}
	if e.Busy() {
		return closing // the last change drains
	}
	return tea.Sequence(closing, e.drain())
}

// drain ends the grace of waiting comments and gives them a moment to be sent.
func (e *ending) drain() tea.Cmd {
	service := e.Service
	return e.Do(func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, drainTime)
		defer cancel()
		return drained{service.Courier.Drain(ctx)}
	})
}

// drained leaves. What has not left goes at the next start.
func (e *ending) drained(msg drained) tea.Cmd {
	if msg.err != nil && !errors.Is(msg.err, context.DeadlineExceeded) {
		return tea.Sequence(e.Fail(msg.err), tea.Quit)
	}
	return tea.Quit
}

// suspendTime is how long suspending waits for a comment that is being sent;
// after suspendSilence it says so.
const (
	suspendTime    = 3 * time.Second
	suspendSilence = 200 * time.Millisecond
)

// suspension is the way into the background: under way, and spoken of when it
// takes long.
type suspension struct{ begun, slow bool }

type (
	// suspendSlow reports that suspending takes long enough to be mentioned.
	suspendSlow struct{}
	// courierHeld reports that nothing is being sent, or with an error that it was
	// waited for long enough.
	courierHeld struct{ err error }
)

// suspend goes to the background once no comment is being sent: a process that is
// stopped in the middle of one could not know whether it arrived.
func (e *ending) suspend() tea.Cmd {
	if e.suspension.begun {
		return nil
	}
	e.suspension.begun = true
	service := e.Service
	hold := e.Do(func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, suspendTime)
		defer cancel()
		return courierHeld{service.Courier.Hold(ctx)}
	})
	return tea.Batch(e.endDrag(), hold, tea.Tick(suspendSilence, func(time.Time) tea.Msg { return suspendSlow{} }))
}

// suspended stops the program. A comment that is still being sent then is looked
// for on its ticket before it is sent again.
func (e *ending) suspended(msg courierHeld) tea.Cmd {
	e.suspension = suspension{}
	if msg.err == nil {
		return toBackground()
	}
	return tea.Batch(e.Warn("a private comment was still being sent; checking the ticket"), toBackground())
}

// wentOn reports that the program is in the foreground again, or with an error
// that it never left it.
type wentOn struct{ err error }

// wakeUp sends what was held back, and says why the program was not suspended.
func (e *ending) wakeUp(msg wentOn) tea.Cmd {
	e.Service.Courier.Resume()
	if msg.err != nil {
		return e.Warn("not suspended: " + msg.err.Error())
	}
	return nil
}

// busy says what the program does before it ends, empty for nothing.
func (e *ending) busy() string {
	switch {
	case e.leaving:
		return "Sending what is waiting… " + e.Keys.Key(keymap.ScopeGlobal, intent.ActQuit) + " quits now and sends the rest at the next start"
	case e.suspension.slow:
		return "Sending a private comment, then suspending"
	}
	return ""
}

// take takes what was waited for.
func (e *ending) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case suspendSlow:
		e.suspension.slow = e.suspension.begun
	case courierHeld:
		return e.suspended(msg)
	case wentOn:
		return e.wakeUp(msg)
	case drained:
		return e.drained(msg)
	}
	return nil
}
