package pane

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/guard"
)

// tasks run beside the program.
type tasks struct {
	// ctx ends when the program does. It is kept here because Bubble Tea runs
	// commands without one.
	ctx context.Context
	// end ends the program for a *guard.Crash. Any goroutine may call it.
	end        context.CancelCauseFunc
	generation int
	// asking counts the readings whose answers open something.
	asking int
}

// Context ends when the program does; for what is done beside it and can be
// cancelled before that.
func (t *tasks) Context() context.Context { return t.ctx }

// End ends the program for a *guard.Crash, or for no reason. Any goroutine may
// call it.
func (t *tasks) End(cause error) { t.end(cause) }

// Do makes a command of fn, which runs beside the program. It must capture
// values only.
func (t *tasks) Do(fn func(ctx context.Context) tea.Msg) tea.Cmd {
	ctx, end := t.ctx, t.end
	return func() (msg tea.Msg) {
		crash := guard.Run(func() error {
			msg = fn(ctx)
			return nil
		})
		if crash != nil {
			end(crash)
		}
		return msg
	}
}

// Ask is Do for a reading whose answer opens something: what is typed before it
// comes is meant for that.
func (t *tasks) Ask(fn func(ctx context.Context) tea.Msg) tea.Cmd {
	t.asking++
	run := t.Do(fn)
	return func() tea.Msg { return AskedFor{run()} }
}

// Asking reports whether something is being read whose answer opens something.
func (t *tasks) Asking() bool { return t.asking > 0 }

// Answered notes that one of these answers has come.
func (t *tasks) Answered() { t.asking-- }

// Next returns a new generation for a request, so that its answer can be told
// from that of an older one.
func (t *tasks) Next() int {
	t.generation++
	return t.generation
}
