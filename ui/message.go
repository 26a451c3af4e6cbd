package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// Result messages are in the past tense. Every open pane gets them; each takes
// those that name something it shows, of the generation that it asked for.

// changed tells that things of these kinds may have changed: read them again.
type changed struct{ hint tracker.Hint }

// resized tells that the terminal has a new size.
type resized struct{ w, h int }

// done tells how a use case ended that the user asked for. The shell shows what
// it says, or the error; panes take what they wait for.
type done struct {
	// said is the toast when all went well; empty for none.
	said string
	err  error
	// story is the story that was made or changed, 0 when none was.
	story tracker.StoryID
	// tells is true where the change of the stories is to be told to their
	// tickets; those that it does not reach are named.
	tells bool
	// changed is true for what was to change stories.
	changed bool
	// reveal asks the board to select the story where it stands now.
	reveal bool
	// undone is what was taken back or made again.
	undone tracker.Undone
	// awaited is true where the keys that followed wait for it; sends is what an undo
	// or a redo that was not done would send, nil for nothing.
	awaited bool
	sends   *sending
	// stories and tickets are the marked ones that it was done to: their marks
	// have served.
	stories []tracker.StoryID
	tickets []tracker.TicketID
	// deleted is true when those stories were deleted.
	deleted bool
	// made is what was made of tickets, nil for nothing.
	made *madeStory
	// chosen is true when a setting was kept that is followed at once.
	chosen bool
	// draft names the text that was saved or sent, empty for none.
	draft string
	// kept is the text that was saved as a draft, zero for none.
	kept keptText
	// copied is an address that the user is handed in the clipboard, since it
	// could not be opened; empty for none.
	copied string
	// signIn is the integration that was saved and is not signed in yet, nil for none.
	signIn *tracker.Integration
	// mended is the drift that was mended, nil for none.
	mended *driftKey
	// unsent is what to ask when notes that have not left hold it up; nil where
	// none can.
	unsent *unsent
}

// askedFor brings what shell.ask asked for.
type askedFor struct{ msg tea.Msg }

// performed tells that the change at the head of the queue ended.
type performed struct{ done }

// ticked tells that a second went by.
type ticked struct{}

// toastExpired tells that a toast has been shown long enough.
type toastExpired struct{ id int }

// focused and blurred tell that the terminal's window got or lost the keyboard.
type (
	focused struct{}
	blurred struct{}
)

// relay works beside the program and brings what the work reports as messages,
// one by one through steps, until it is over or no longer wanted. Who takes a
// message asks for the one that follows.
func relay[S any](wanted context.Context, steps chan S, work func(report func(S))) tea.Cmd {
	run := func() tea.Msg {
		defer close(steps)
		work(func(step S) {
			select {
			case steps <- step:
			case <-wanted.Done():
			}
		})
		return nil
	}
	return tea.Batch(run, following(steps))
}

// following brings the next step, and nothing after the last.
func following[S any](steps <-chan S) tea.Cmd {
	return func() tea.Msg {
		step, ok := <-steps
		if !ok {
			return nil
		}
		return step
	}
}
