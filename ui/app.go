package ui

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker/kernel"
	"storydesk/ui/board"
	"storydesk/ui/command"
	"storydesk/ui/dialog"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/setting"
)

// app is the root: it sends keys, clicks and results to the panes and puts
// their drawings together. It holds no pane's logic.
type app struct {
	*pane.Host
	board  *board.Board
	feed   *kernel.Feed
	canvas draw.Canvas
	w, h   int
	// frame is the last drawing; it stands until stale.
	frame string
	stale bool
	// wish is what the user wants after leaving.
	wish Wish
	// leaving is set when the user asked to quit and notes are being sent.
	leaving bool
	// asksToLose is the question whether to quit and lose a text.
	asksToLose pane.Pane
	suspension suspension
	// ahead is what was typed too early to be done.
	ahead typedAhead
	// look makes the theme or the glyphs what a setting says.
	look func(name, value string)
	// mouse is true while the mouse belongs to the program.
	mouse bool
	// kept are the choices that are followed at once, as they were read last;
	// choosing is the generation of the reading that is to come, 0 when they are
	// known.
	kept     map[string]string
	choosing int
	pointer  pointer
	// cursor is where text is typed in the frame, nil for nowhere.
	cursor *tea.Cursor
	// title is the terminal window's.
	title string
	// blurred is true while another window has the keyboard, ticking while the
	// seconds are told.
	blurred, ticking bool
	// unbound is the key that was pressed last, where it meant nothing.
	unbound string
}

func newApp(ctx context.Context, o Options) *app {
	ctx, end := context.WithCancelCause(ctx)
	h := pane.NewHost(ctx, end, o.Service.Now)
	h.Service, h.Project, h.Keys, h.Naming.Guess = o.Service, o.Project, keymap.New(defaultKeys()), o.AskUser
	h.OpenBrowser, h.CopyNatively, h.Environ = o.OpenBrowser, o.Copy, o.Environ
	h.Calm = chosen(h, setting.Motion, "") == setting.On
	a := &app{Host: h, mouse: true, kept: map[string]string{}, feed: o.Service.Subscribe(), stale: true}
	a.board, h.GoTo = board.New(h, o.OffersSandbox, draw.Line(o.Notice)), a.visit
	return a
}

// Init opens the board and begins to listen to what changes.
func (a *app) Init() tea.Cmd {
	return tea.Batch(a.readChoices(), a.Open(a.board, pane.Body), a.listen(), a.tick())
}

// listen waits for the next change.
func (a *app) listen() tea.Cmd {
	feed := a.feed
	return a.Do(func(ctx context.Context) tea.Msg {
		hint, err := feed.Next(ctx)
		if err != nil {
			return nil
		}
		return pane.Changed{Hint: hint}
	})
}

// tick goes on to tell every second, for what counts time, while anybody looks.
func (a *app) tick() tea.Cmd {
	a.ticking = !a.blurred
	if !a.ticking {
		return nil
	}
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return pane.Ticked{} })
}

// wake tells the time again after the window was away.
func (a *app) wake() tea.Cmd {
	a.Service.Views.SetFocus(true)
	a.blurred = false
	if a.ticking {
		return nil
	}
	return a.tick()
}

// doze does no more than must be while the window is away.
func (a *app) doze() tea.Cmd {
	a.Service.Views.SetFocus(false)
	a.blurred = true
	return a.letGo()
}

// Update takes one message. A dialogue that comes up ends a drag.
func (a *app) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) { // most of these change nothing
	case tea.MouseMotionMsg:
		return a.moved(msg)
	case motionDue:
		return a.resume()
	}
	a.stale = true
	cmd := a.update(msg)
	if ahead := a.catchUp(); ahead != nil {
		cmd = tea.Batch(cmd, ahead)
	}
	if turning := a.spin(); turning != nil {
		cmd = tea.Batch(cmd, turning)
	}
	if a.pointer.dragging && a.Top() != pane.Pane(a.board) {
		return tea.Batch(cmd, a.letGo())
	}
	return cmd
}

func (a *app) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case resized:
		a.w, a.h = msg.w, msg.h
		return a.letGo()
	case tea.KeyPressMsg, tea.PasteMsg:
		return a.typed(msg)
	case tea.MouseMsg:
		return a.point(msg)
	case settingsRead, choicesRead:
		return a.settings(msg)
	case pane.Spun:
		return a.spun(msg)
	case suspendSlow:
		a.suspension.slow = a.suspension.begun
		return nil
	case courierHeld:
		return a.suspended(msg)
	case wentOn:
		return a.wakeUp(msg)
	case pane.ToastExpired:
		a.Toasts.Expire(msg.ID)
		return nil
	case pane.Ticked:
		return tea.Batch(a.tick(), a.broadcast(msg))
	case pane.Changed:
		return tea.Batch(a.listen(), a.chosenElsewhere(msg.Hint), a.broadcast(msg))
	case pane.AskedFor:
		return a.answered(msg)
	case pane.Done:
		return tea.Batch(a.report(msg), a.broadcast(msg))
	case pane.Performed:
		return a.performed(msg)
	case pane.Unopened:
		return a.HandOver(msg)
	case drained:
		return a.drained(msg)
	case projectsRead:
		return a.chooseProject(msg)
	case command.UnsentRead:
		return command.AskUnsent(a.Host, msg)
	case command.LinksRead:
		return command.UseLinks(a.Host, msg)
	case focused:
		return a.wake()
	case blurred:
		return a.doze()
	}
	return a.broadcast(msg)
}

// resized tells that the terminal has a new size.
type resized struct{ w, h int }

// focused and blurred tell that the terminal's window got or lost the keyboard.
type (
	focused struct{}
	blurred struct{}
)

// broadcast hands a result to all open panes.
func (a *app) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, l := range a.Layers {
		cmds = append(cmds, l.Pane.Update(msg))
	}
	return tea.Batch(cmds...)
}

// performed tells how a change ended and begins the next one.
func (a *app) performed(msg pane.Performed) tea.Cmd {
	next := a.Ended(msg)
	if msg.Err != nil {
		a.ahead = typedAhead{} // it was typed in the belief that all goes well
	}
	var redraft tea.Cmd
	if msg.Kept.Key != "" && command.OutcomeOf(msg.Done).Undone.Comment != "" {
		redraft = a.broadcast(dialog.DraftRead{Key: msg.Kept.Key, Text: msg.Kept.Text})
	}
	if next == nil && a.leaving {
		next = a.drain()
	}
	if _, saved := msg.What.(settingSaved); saved {
		next = tea.Batch(a.readChoices(), next)
	}
	return tea.Batch(redraft, a.report(msg.Done), command.FindAlike(a.Host), command.Describe(a.Host, command.LastMade(a.Host)), a.broadcast(msg.Done), next)
}

// report tells how a use case ended.
func (a *app) report(msg pane.Done) tea.Cmd {
	var sends *sendsError
	var held *command.UnsentError
	switch {
	case errors.As(msg.Err, &sends):
		return a.askSend(sends)
	case errors.As(msg.Err, &held):
		return command.ReadUnsent(a.Host, held)
	case msg.Err != nil:
		return a.Fail(msg.Err)
	case msg.Said != "" && command.OutcomeOf(msg).Story != 0:
		return a.Say(msg.Said + " · " + a.Keys.Key(keymap.ScopeGlobal, intent.ActUndo) + " undo")
	case msg.Said != "":
		return a.Say(msg.Said)
	}
	return nil
}

// key does what a key means. A key that is no action is text for the topmost pane.
func (a *app) key(msg tea.KeyPressMsg) tea.Cmd {
	scopes := a.Top().Scopes()
	found, ok := a.Keys.Find(msg, scopes)
	if !ok && !slices.ContainsFunc(scopes, keymap.Scope.TakesText) {
		return a.meansNothing(msg, scopes)
	}
	a.unbound = ""
	a.Toasts.Acknowledge()
	if ok {
		return a.perform(found.ID)
	}
	if msg.Code == tea.KeyEscape && msg.Mod == tea.ModAlt { // what terminals send for two that came at once
		esc := tea.KeyPressMsg{Code: tea.KeyEscape}
		return tea.Batch(a.key(esc), a.key(esc))
	}
	return a.Top().Update(msg)
}

// meansNothing says once that a key does nothing here. A key without a name,
// such as shift alone, was hardly meant to do anything.
func (a *app) meansNothing(msg tea.KeyPressMsg, scopes []keymap.Scope) tea.Cmd {
	name, err := keymap.ParseKey(msg.String())
	if err != nil || name == a.unbound {
		return nil
	}
	a.unbound = name
	a.Toasts.Acknowledge()
	said := keymap.ShowKey(name) + " does nothing here"
	if slices.Contains(scopes, keymap.ScopeGlobal) {
		said += "; " + a.Keys.Key(keymap.ScopeGlobal, intent.ActHelp) + " lists the keys"
	}
	return a.Remark(said)
}

// perform does an action, or says why it cannot be done now.
func (a *app) perform(id intent.ActionID) tea.Cmd {
	if reason := a.disabled(id); reason != "" {
		return a.Refuse(reason)
	}
	return a.handle(intent.Act{ID: id})
}

// disabled says why an action cannot be done now, empty when it can.
func (a *app) disabled(id intent.ActionID) string {
	if reason := a.Top().Disabled(id); reason != "" {
		return reason
	}
	return a.unavailable(id)
}

// handle gives an intent to the topmost pane; what it does not know, the root does.
func (a *app) handle(in intent.Intent) tea.Cmd {
	if cmd, ok := a.Top().Handle(in); ok {
		return cmd
	}
	if do, ok := in.(intent.Act); ok {
		return a.global(do.ID)
	}
	return a.visit(in)
}
