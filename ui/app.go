package ui

import (
	"context"
	"slices"
	"time"

	"storydesk/tracker/kernel"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"

	tea "charm.land/bubbletea/v2"
)

// app is the root: it sends keys, clicks and results to the panes and puts
// their drawings together. It holds no pane's logic.
type app struct {
	*shell
	board  *board
	feed   *kernel.Feed
	canvas draw.Canvas
	w, h   int
	// frame is the last drawing; it stands until stale.
	frame string
	stale bool
	// leaving is set when the user asked to quit and notes are being sent.
	leaving bool
	// asksToLose is the question whether to quit and lose a text.
	asksToLose pane
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
	// preferred is true once the user's settings are known.
	preferred bool
	pointer   pointer
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
	s := &shell{
		ctx: ctx, end: end, service: o.Service, project: o.Project, keys: keymap.New(defaultKeys()),
		toasts: toasts{now: o.Service.Now}, openBrowser: o.OpenBrowser, copyNatively: o.Copy, environ: o.Environ,
		offersSandbox: o.OffersSandbox, notice: draw.Line(o.Notice), drafts: drafts{}, naming: naming{guess: o.AskUser},
	}
	s.calm = s.chosen(settingMotion, "") == on
	a := &app{shell: s, mouse: true, kept: map[string]string{}, board: newBoard(s), feed: o.Service.Subscribe(), stale: true}
	return a
}

// Init opens the board and begins to listen to what changes.
func (a *app) Init() tea.Cmd {
	return tea.Batch(a.readPrefs(), a.readChoices(), a.open(a.board, placeBody), a.listen(), a.tick())
}

// listen waits for the next change.
func (a *app) listen() tea.Cmd {
	feed := a.feed
	return a.do(func(ctx context.Context) tea.Msg {
		hint, err := feed.Next(ctx)
		if err != nil {
			return nil
		}
		return changed{hint}
	})
}

// tick goes on to tell every second, for what counts time, while anybody looks.
func (a *app) tick() tea.Cmd {
	a.ticking = !a.blurred
	if !a.ticking {
		return nil
	}
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return ticked{} })
}

// wake tells the time again after the window was away.
func (a *app) wake() tea.Cmd {
	a.service.Views.SetFocus(true)
	a.blurred = false
	if a.ticking {
		return nil
	}
	return a.tick()
}

// doze does no more than must be while the window is away.
func (a *app) doze() tea.Cmd {
	a.service.Views.SetFocus(false)
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
	if a.pointer.dragging && a.top() != pane(a.board) {
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
	case prefsRead:
		return a.prefer(msg)
	case settingsRead, choicesRead:
		return a.settings(msg)
	case spun:
		return a.spun(msg)
	case suspendSlow:
		a.suspension.slow = a.suspension.begun
		return nil
	case courierHeld:
		return a.suspended(msg)
	case wentOn:
		return a.wakeUp(msg)
	case toastExpired:
		a.toasts.expire(msg.id)
		return nil
	case ticked:
		return tea.Batch(a.tick(), a.broadcast(msg))
	case changed:
		return tea.Batch(a.listen(), a.chosenElsewhere(msg.hint), a.broadcast(msg))
	case askedFor:
		return a.answered(msg)
	case done:
		return tea.Batch(a.report(msg), a.broadcast(msg))
	case performed:
		return a.performed(msg)
	case drained:
		return a.drained(msg)
	case projectsRead:
		return a.chooseProject(msg)
	case unsentRead:
		return a.askUnsent(msg)
	case linksRead:
		return a.useLinks(msg)
	case focused:
		return a.wake()
	case blurred:
		return a.doze()
	}
	return a.broadcast(msg)
}

// broadcast hands a result to all open panes.
func (a *app) broadcast(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, l := range a.layers {
		cmds = append(cmds, l.pane.Update(msg))
	}
	return tea.Batch(cmds...)
}

// performed tells how a change ended and begins the next one.
func (a *app) performed(msg performed) tea.Cmd {
	a.queue = a.queue[1:]
	if msg.awaited {
		a.asking--
	}
	if msg.changed {
		a.ended++
	}
	a.made = msg.made
	a.drafts.performed(msg.done, a.service.StoreLost() != nil)
	if msg.err != nil {
		a.ahead = typedAhead{} // it was typed in the belief that all goes well
	}
	var redraft tea.Cmd
	if msg.kept.key != "" && msg.undone.Comment != "" {
		redraft = a.broadcast(draftRead{key: msg.kept.key, text: msg.kept.text})
	}
	next := a.changeNext()
	if next == nil && a.leaving {
		next = a.drain()
	}
	if msg.chosen {
		next = tea.Batch(a.readChoices(), next)
	}
	return tea.Batch(redraft, a.report(msg.done), a.findAlike(), describe(a.shell, msg.made), a.broadcast(msg.done), next)
}

// report tells how a use case ended.
func (a *app) report(msg done) tea.Cmd {
	switch {
	case msg.copied != "":
		return tea.Batch(a.clip(msg.copied), a.fail(msg.err))
	case msg.sends != nil:
		return a.askSend(*msg.sends)
	case msg.refused():
		return a.readUnsent(*msg.unsent)
	case msg.err != nil:
		return a.fail(msg.err)
	case msg.said != "" && msg.story != 0:
		return a.say(msg.said + " · " + a.keys.Key(keymap.ScopeGlobal, intent.ActUndo) + " undo")
	case msg.said != "":
		return a.say(msg.said)
	}
	return nil
}

// key does what a key means. A key that is no action is text for the topmost pane.
func (a *app) key(msg tea.KeyPressMsg) tea.Cmd {
	scopes := a.top().Scopes()
	found, ok := a.keys.Find(msg, scopes)
	if !ok && !slices.ContainsFunc(scopes, keymap.Scope.TakesText) {
		return a.meansNothing(msg, scopes)
	}
	a.unbound = ""
	a.toasts.acknowledge()
	if ok {
		return a.perform(found.ID)
	}
	if msg.Code == tea.KeyEscape && msg.Mod == tea.ModAlt { // what terminals send for two that came at once
		esc := tea.KeyPressMsg{Code: tea.KeyEscape}
		return tea.Batch(a.key(esc), a.key(esc))
	}
	return a.top().Update(msg)
}

// meansNothing says once that a key does nothing here. A key without a name,
// such as shift alone, was hardly meant to do anything.
func (a *app) meansNothing(msg tea.KeyPressMsg, scopes []keymap.Scope) tea.Cmd {
	name, err := keymap.ParseKey(msg.String())
	if err != nil || name == a.unbound {
		return nil
	}
	a.unbound = name
	a.toasts.acknowledge()
	said := keymap.ShowKey(name) + " does nothing here"
	if slices.Contains(scopes, keymap.ScopeGlobal) {
		said += "; " + a.keys.Key(keymap.ScopeGlobal, intent.ActHelp) + " lists the keys"
	}
	return a.remark(said)
}

// perform does an action, or says why it cannot be done now.
func (a *app) perform(id intent.ActionID) tea.Cmd {
	if reason := a.disabled(id); reason != "" {
		return a.refuse(reason)
	}
	return a.handle(intent.Act{ID: id})
}

// disabled says why an action cannot be done now, empty when it can.
func (a *app) disabled(id intent.ActionID) string {
	if reason := a.top().Disabled(id); reason != "" {
		return reason
	}
	return a.unavailable(id)
}

// handle gives an intent to the topmost pane; what it does not know, the root does.
func (a *app) handle(in intent.Intent) tea.Cmd {
	if cmd, ok := a.top().Handle(in); ok {
		return cmd
	}
	if do, ok := in.(intent.Act); ok {
		return a.global(do.ID)
	}
	return a.visit(in)
}
