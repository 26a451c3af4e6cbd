package pane

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// Changed reports that things of these kinds may have changed: read them again.
type Changed struct{ Hint tracker.Hint }

// Done reports how a use case ended that the user asked for. The root shows what
// it says, or the error; panes take what they wait for.
type Done struct {
	// Said is the toast when all went well; empty for none.
	Said string
	Err  error
	// What came of it is a value of the package whose panes wait for it, nil for nothing.
	What any
	// Stories is true for what was to change stories.
	Stories bool
	// Draft names the text that was saved or sent, empty for none.
	Draft string
	// Saved is the text that was saved as a draft, zero for none.
	Saved SavedDraft
}

// AskedFor brings what [Host.Ask] asked for.
type AskedFor struct{ Msg tea.Msg }

// Performed reports that the change at the head of the queue ended.
type Performed struct {
	Done
	// awaited is true where the keys that followed wait for it.
	awaited bool
}

// Ticked reports that a second went by.
type Ticked struct{}

// ToastExpired reports that a toast has been shown long enough.
type ToastExpired struct{ ID int }

// Spun reports that it is time for the next picture of the spinner.
type Spun struct{ Run int }

// Stream works beside the program and brings what the work reports as messages,
// one by one through steps, until it is over or no longer wanted. Who takes a
// message asks for the one that follows.
func Stream[S any](wanted context.Context, h *Host, steps chan S, work func(report func(S))) tea.Cmd {
	run := h.Do(func(context.Context) tea.Msg { //nolint:contextcheck // wanted ends with the program or before
		defer close(steps)
		work(func(step S) {
			select {
			case steps <- step:
			case <-wanted.Done():
			}
		})
		return nil
	})
	return tea.Batch(run, NextStep(steps))
}

// NextStep brings the next step, and nothing after the last.
func NextStep[S any](steps <-chan S) tea.Cmd {
	return func() tea.Msg {
		step, ok := <-steps
		if !ok {
			return nil
		}
		return step
	}
}
