package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/board"
	"storydesk/ui/command"
	"storydesk/ui/integrations"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/stage"
	"storydesk/ui/theme"
)

// Host is what the panes share.
func (t *Model) Host() *pane.Host { return t.app.Host }

// Commands are what the screens share.
func (t *Model) Commands() *command.Commands { return t.app.Commands }

// NewBoard makes another board.
func (t *Model) NewBoard() *board.Board {
	return board.New(t.app.Commands, t.app.Service.board(), board.Details{}, false, "")
}

// NewForm makes the form of an integration.
func (t *Model) NewForm(d tracker.IntegrationDraft) *integrations.Form {
	return integrations.NewForm(t.app.Commands, t.app.Service.integrations(), d)
}

// Do does something that a pane would, and what it changes is drawn.
func (t *Model) Do(work func(*pane.Host) tea.Cmd) tea.Cmd {
	t.app.screen.stale = true
	return tea.Batch(work(t.app.Host), t.app.Due())
}

// Handle does what is wanted, and Perform an action unless it is disabled.
func (t *Model) Handle(in intent.Intent) tea.Cmd {
	return t.Do(func(*pane.Host) tea.Cmd { return t.app.handle(in) })
}

// Perform does an action unless it is disabled.
func (t *Model) Perform(id intent.ActionID) tea.Cmd {
	return t.Do(func(*pane.Host) tea.Cmd { return t.app.perform(id) })
}

// SetLook draws with another look from now on.
func (t *Model) SetLook(look theme.Options) {
	t.look = look
	t.restyle()
}

// OpenProject shows another project.
func (t *Model) OpenProject(p tracker.Project) tea.Cmd {
	return t.Do(func(*pane.Host) tea.Cmd { return t.app.openProject(p) })
}

// Leave makes the program wait for what is being sent.
func (t *Model) Leave() {
	t.app.ending.leaving, t.app.screen.stale = true, true
}

// Dragging reports whether the mouse drags.
func (t *Model) Dragging() bool { return t.app.mouse.dragging }

// Suspending reports whether the way into the background has begun.
func (t *Model) Suspending() bool { return t.app.ending.suspension != suspension{} }

// CellWidth is how many cells a line of a frame takes.
func (t *Model) CellWidth(line string) int { return t.app.screen.canvas.Method.StringWidth(line) }

// RunOn is [Run] of a program that is made already.
func (t *Model) RunOn(on stage.On) error {
	return stage.Run(t.app.Context(), on, func(_ context.Context, s *stage.Stage) error {
		_, err := t.show(s)
		return err
	})
}

// SaveDrafts saves what the end of the program saves.
func (t *Model) SaveDrafts() error { return saveDrafts(t) }

// SuspendSlow reports that suspending takes long enough to be mentioned.
type SuspendSlow = suspendSlow

// CourierHeld reports that nothing is being sent, or with an error that it was not held.
func CourierHeld(err error) tea.Msg { return courierHeld{err} }

// WentOn reports that the program is in the foreground again.
func WentOn(err error) tea.Msg { return wentOn{err} }

// Actions are the actions of all screens, DefaultKeys the keys that they come with.
func Actions() []keymap.Action { return actions() }

// DefaultKeys are the keys that the actions come with.
func DefaultKeys() keymap.Keys { return defaultKeys() }

// KeysPane is the list of keys.
type KeysPane = keysPane

// WheelRows is by how many rows the wheel scrolls.
const WheelRows = wheelRows
