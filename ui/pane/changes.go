package pane

import (
	"context"

	tea "charm.land/bubbletea/v2"
)

// changes do what the user asked for, one after the other: it happens in the
// user's order.
type changes struct {
	// run makes a command that runs beside the program.
	run func(fn func(ctx context.Context) tea.Msg) tea.Cmd
	// queue holds those that have not ended, in their order; the first of them is
	// under way while running is true.
	queue   []change
	running bool
	// asked counts the changes of stories, ended those that have ended.
	asked, ended int
}

// change is one thing that the user asked for.
type change struct {
	do func(context.Context) Done
	// stories is true for what is to change stories, awaited where the keys that
	// followed wait for it.
	stories, awaited bool
}

// Change changes something, after all changes that were asked for before it. The
// function runs beside the program and must capture values only. Its result reaches
// every pane.
func (c *changes) Change(fn func(ctx context.Context) Done) {
	c.queue = append(c.queue, change{do: fn})
}

// ChangeStories is Change for what changes stories, which are read afterwards.
func (c *changes) ChangeStories(fn func(ctx context.Context) Done) {
	c.asked++
	c.queue = append(c.queue, change{do: fn, stories: true})
}

// Due returns the command of the change whose turn it is, nil while another one is
// under way and where there is none. The root runs it after every message, so that
// nobody who asks for a change has to.
func (c *changes) Due() tea.Cmd {
	if c.running || len(c.queue) == 0 {
		return nil
	}
	c.running = true
	first := c.queue[0]
	return c.run(func(ctx context.Context) tea.Msg {
		d := first.do(ctx)
		d.Stories = first.stories
		return Performed{d, first.awaited}
	})
}

// over notes that the first change of the queue has ended.
func (c *changes) over(msg Performed) {
	c.queue, c.running = c.queue[1:], false
	if msg.Stories {
		c.ended++
	}
}

// Busy reports whether a change has not ended.
func (c *changes) Busy() bool { return len(c.queue) > 0 }

// StoryChanges returns how many changes of stories the user has asked for, and how
// many of them have ended.
func (c *changes) StoryChanges() (asked, ended int) { return c.asked, c.ended }
