package ui

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
	"storydesk/ui/theme"
)

// shell is what every pane may use: the use cases, the theme, the stack of open
// panes and the toasts. Only Update's goroutine touches it; commands get the
// values that they need.
type shell struct {
	// ctx ends when the program does. It is kept here because Bubble Tea runs
	// commands without one.
	ctx context.Context
	// end ends the program for a *tracker.Crash. Any goroutine may call it.
	end     context.CancelCauseFunc
	service *engine.Engine
	project tracker.Project
	theme   *theme.Theme
	keys    keymap.Map
	toasts  toasts
	// openBrowser shows an address in the user's browser. It returns at once.
	openBrowser func(url string) error
	// copyNatively puts a text on the system's clipboard; nil where there is no
	// tool for that.
	copyNatively func(ctx context.Context, text string) error
	// offersSandbox is true where a first start can lead to a sandbox; wish is
	// what the user wants after leaving.
	offersSandbox bool
	wish          Wish
	// notice stands in the status line, empty for none.
	notice string
	// environ is the user's environment, as NAME=value.
	environ []string
	// calm is true when nothing may move by itself.
	calm bool

	naming naming

	// made is the story that the last change made of tickets, nil for none.
	made *madeStory

	layers     []layer
	generation int
	spinner    spinner
	// asking counts the readings whose answers open something.
	asking int
	// drafts are the texts that were typed and not sent since the program started.
	drafts drafts
	// queue holds the changes that the user asked for and that have not ended,
	// the one under way first.
	queue []func(context.Context) done
	// changes counts the changes of stories that the user asked for, ended those
	// that have ended.
	changes, ended int
}

// do makes a command of fn, which runs beside the program. It must capture
// values only.
func (s *shell) do(fn func(ctx context.Context) tea.Msg) tea.Cmd {
	ctx, end := s.ctx, s.end
	return func() (msg tea.Msg) {
		crash := tracker.Guard(func() error {
			msg = fn(ctx)
			return nil
		})
		if crash != nil {
			end(crash)
		}
		return msg
	}
}

// ask is do for a reading whose answer opens something: what is typed before it
// comes is meant for that.
func (s *shell) ask(fn func(ctx context.Context) tea.Msg) tea.Cmd {
	s.asking++
	ctx := s.ctx
	return func() tea.Msg { return askedFor{fn(ctx)} }
}

// change makes a command that changes something, after all changes that were
// asked for before it: what the user did happens in the user's order. It must
// capture values only. Its result reaches every pane.
func (s *shell) change(fn func(ctx context.Context) done) tea.Cmd {
	s.queue = append(s.queue, fn)
	if len(s.queue) > 1 {
		return nil
	}
	return s.changeNext()
}

// changeNext begins the first change of the queue.
func (s *shell) changeNext() tea.Cmd {
	if len(s.queue) == 0 {
		return nil
	}
	fn, service := s.queue[0], s.service
	return s.do(func(ctx context.Context) tea.Msg {
		d := fn(ctx)
		if d.err == nil && d.tells {
			d.said = draw.JoinFacts(" · ", d.said, notTold(ctx, service, d.stories))
		}
		return performed{d}
	})
}

// notTold says which tickets a change of stories does not reach, empty where it
// reaches all of them.
func notTold(ctx context.Context, service *engine.Engine, ids []tracker.StoryID) string {
	list, err := service.Stories.Unreached(ctx, ids...)
	if err != nil || len(list) == 0 {
		return "" // the change was saved, which is what is told
	}
	return "not sent to " + unreachedWords(list)
}

// unreachedWords names tickets that are not reached, with the reason where it is
// the same for all.
func unreachedWords(list []tracker.Unreached) string {
	words := present.SomeOf(present.Each(list, func(u tracker.Unreached) tracker.TicketID { return u.Ticket }))
	if slices.ContainsFunc(list, func(u tracker.Unreached) bool { return u.Reason != list[0].Reason }) {
		return words + ": their integrations are off or were removed"
	}
	return words + ": " + list[0].Reason
}

// next returns a new generation for a request, so that its answer can be told
// from that of an older one.
func (s *shell) next() int {
	s.generation++
	return s.generation
}

// open puts a pane on top of the others.
func (s *shell) open(p pane, at placement) tea.Cmd {
	s.toasts.leave()
	s.layers = append(s.layers, layer{p, at})
	return p.Init()
}

// visit opens what a link leads to.
func (s *shell) visit(in intent.Intent) tea.Cmd {
	switch in := in.(type) {
	case intent.OpenTicket:
		return s.open(newTicketPane(s, in.Integration, in.ID), placeSide)
	case intent.OpenStory:
		return s.open(newStoryPane(s, in.ID), placeSide)
	}
	return nil
}

// pursue does what a stop of a pane is for.
func (s *shell) pursue(p pane, want intent.Intent) tea.Cmd {
	if want == nil {
		return nil
	}
	if cmd, ok := p.Handle(want); ok {
		return cmd
	}
	return s.visit(want)
}

// close takes the topmost pane away. The board stays.
func (s *shell) close() tea.Cmd {
	if len(s.layers) < 2 {
		return nil
	}
	s.toasts.leave()
	last := len(s.layers) - 1
	gone := s.layers[last].pane
	s.layers = s.layers[:last]
	if c, ok := gone.(closer); ok {
		return c.Close()
	}
	return nil
}

// closeTo takes away all panes above the first n.
func (s *shell) closeTo(n int) tea.Cmd {
	var cmds []tea.Cmd
	for len(s.layers) > max(1, n) {
		cmds = append(cmds, s.close())
	}
	return tea.Batch(cmds...)
}

// top is the pane that has the focus.
func (s *shell) top() pane { return s.layers[len(s.layers)-1].pane }

// say shows what was done, for 4 s.
func (s *shell) say(what string) tea.Cmd { return s.toasts.show(toastNews, what) }

// warn shows why something cannot be done, for 4 s.
func (s *shell) warn(why string) tea.Cmd { return s.toasts.show(toastWarning, why) }

// refuse shows why a key does nothing, for 4 s or until the next key or another
// screen.
func (s *shell) refuse(why string) tea.Cmd { return s.toasts.show(toastRefusal, why) }

// remark is refuse without a trace in the log.
func (s *shell) remark(why string) tea.Cmd { return s.toasts.show(toastHint, why) }

// fail shows an error until a key is pressed.
func (s *shell) fail(err error) tea.Cmd {
	return s.toasts.show(toastError, s.reason(err))
}
