package ui

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/board"
	"storydesk/ui/command"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/newstory"
	"storydesk/ui/ownaction"
	"storydesk/ui/pane"
	"storydesk/ui/planning"
)

// app is the root: it sends keys, clicks and results to the panes and puts
// their drawings together. It holds no pane's logic.
type app struct {
	*host
	board   *board.Board
	feed    Feed
	actions pane.Actions[*app]
	screen  screen
	mouse   pointer
	ahead   typedAhead
	choices choices
	ending  ending
	own     *ownaction.Runner
	spinner spinning
	opener  opener
	// announcer rings the bell.
	announcer announcer
	attendant attendant
	// blurred is true while another window has the keyboard, ticking while the
	// seconds are shown.
	blurred, ticking bool
	// unbound is the key that was pressed last, where it meant nothing.
	unbound string
}

func newApp(ctx context.Context, o Options) *app {
	ctx, end := context.WithCancelCause(ctx)
	h := pane.NewHost(ctx, end, o.Service.Now)
	h.Settings, h.Project, h.NameRequest = o.Service.Settings, o.Project, pane.NameRequest{Guess: o.AskUser, Alike: o.Alike}
	h.OpenBrowser, h.CopyNatively, h.Environ = o.OpenBrowser, o.Copy, o.Environ
	h.Config = o.Config
	if o.Lent != nil {
		h.Lent = o.Lent
	}
	c := &command.Commands{Host: h, Service: o.Service.command()}
	own := &host{c, o.Service}
	a := &app{host: own, feed: o.Service.Subscribe(), actions: globalActions()}
	a.own = &ownaction.Runner{Host: h, Service: ownaction.UseCases{Stories: o.Service.Stories, Views: o.Service.Views}}
	a.board, h.GoTo = board.New(c, o.Service.board(), own.details(), o.OffersSandbox, draw.Line(o.Notice)), a.visit
	a.screen = screen{
		Host: h, stale: true, status: a.board.DrawStatus, busy: a.ending.busy,
		can: func(id intent.ActionID) bool { return a.disabled(id) == "" },
	}
	a.mouse = pointer{Host: h, screen: &a.screen, board: a.board, handle: a.handle, perform: a.perform}
	a.ahead = typedAhead{Host: h, key: a.key, known: func() bool { return a.choices.known }}
	a.choices = choices{host: own, look: func(string, string) {}, kept: map[string]string{}, own: a.own}
	a.choices.begin()
	a.choices.bind(defaultKeys()) // what is lost here the notice says
	a.ending = ending{host: own, endDrag: a.mouse.endDrag}
	a.spinner = spinning{Host: h, broadcast: a.broadcast}
	a.announcer, a.attendant = announcer{host: own}, attendant{host: own}
	a.board.TicketsRead = a.announcer.saw
	a.opener = opener{host: own, board: a.board}
	return a
}

// Init opens the board and begins to listen to what changes.
func (a *app) Init() tea.Cmd {
	return tea.Batch(a.choices.read(), a.Open(a.board, pane.Body), a.listen(), a.tick())
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

// tick goes on to signal every second, for what counts time, while the window has the focus.
func (a *app) tick() tea.Cmd {
	a.ticking = !a.blurred
	if !a.ticking {
		return nil
	}
	return tea.Tick(time.Second, func(time.Time) tea.Msg { return pane.Ticked{} })
}

// gotFocus sends the time again after the window was away.
func (a *app) gotFocus() tea.Cmd {
	a.Service.Views.SetFocus(true)
	a.blurred = false
	if a.ticking {
		return nil
	}
	return a.tick()
}

// lostFocus does no more than must be while the window is away.
func (a *app) lostFocus() tea.Cmd {
	a.Service.Views.SetFocus(false)
	a.blurred = true
	return a.mouse.endDrag()
}

// Update takes one message. A dialogue that comes up ends a drag.
func (a *app) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) { // most of these change nothing
	case tea.MouseMotionMsg:
		return a.mouse.moved(msg)
	case MotionDue:
		return a.mouse.resume()
	case attendanceTold:
		a.attendant.ended(msg)
		return a.attendant.follow()
	}
	a.screen.stale = true
	cmd := a.update(msg)
	if ahead := a.ahead.catchUp(); ahead != nil {
		cmd = tea.Batch(cmd, ahead)
	}
	if telling := a.attendant.follow(); telling != nil {
		cmd = tea.Batch(cmd, telling)
	}
	if turning := a.spinner.spin(a.blurred); turning != nil {
		cmd = tea.Batch(cmd, turning)
	}
	if a.mouse.dragging && a.Top() != pane.Pane(a.board) {
		return tea.Batch(cmd, a.mouse.endDrag())
	}
	return cmd
}

func (a *app) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case resized:
		a.screen.w, a.screen.h = msg.w, msg.h
		return tea.Batch(a.mouse.endDrag(), a.board.Resize(msg.w))
	case tea.KeyPressMsg, tea.PasteMsg:
		return a.ahead.typed(msg)
	case tea.MouseMsg:
		return a.mouse.point(msg)
	case settingsRead, choicesRead:
		return a.choices.take(msg)
	case suspendSlow, courierHeld, wentOn, drained:
		return a.ending.take(msg)
	case pane.Spun:
		return a.spinner.spun(msg)
	case pane.ToastExpired:
		a.Toasts.Expire(msg.ID)
		return nil
	case pane.Ticked:
		return tea.Batch(a.tick(), a.broadcast(msg))
	case pane.Changed:
		return tea.Batch(a.listen(), a.changed(msg))
	case planning.Rehearsed:
		return planning.Confirm(a.Host, a.Service.Projects, msg)
	case ticketsRead:
		return a.announcer.took(msg, a.board.Panel())
	case pane.AskedFor:
		return a.answered(msg)
	case pane.Done:
		return tea.Batch(a.report(msg), a.broadcast(msg))
	case pane.Performed:
		return a.performed(msg)
	case pane.Unopened:
		return a.CopyUnopened(msg)
	case projectsRead:
		return a.chooseProject(msg)
	case numberRead:
		return a.opener.took(msg)
	case newstory.Draft:
		return a.newStory(msg)
	case command.UnsentRead:
		return command.AskUnsent(a.Commands, msg)
	case command.LinksRead:
		return command.UseLinks(a.Host, msg)
	case focused:
		return a.gotFocus()
	case blurred:
		return a.lostFocus()
	}
	if cmd, ok := a.own.Update(msg); ok {
		return cmd
	}
	return a.broadcast(msg)
}

// changed lets everybody follow what may have changed. What others have open is only drawn.
func (a *app) changed(msg pane.Changed) tea.Cmd {
	if msg.Hint = a.attendant.heard(msg.Hint); msg.Hint == 0 {
		return nil
	}
	return tea.Batch(a.choices.elsewhere(msg.Hint), a.broadcast(msg))
}

// answered opens what was asked for; what was typed since is meant for that.
func (a *app) answered(msg pane.AskedFor) tea.Cmd {
	a.Answered()
	cmd := a.update(msg.Msg)
	a.ahead.at = a.Top()
	return cmd
}

// resized handles a new size of the terminal.
type resized struct{ w, h int }

// focused and blurred handle that the terminal's window got or lost the keyboard.
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

// performed reports how a change ended.
func (a *app) performed(msg pane.Performed) tea.Cmd {
	a.Ended(msg)
	if msg.Err != nil {
		a.ahead.forget() // it was typed in the belief that all goes well
	}
	var next tea.Cmd
	if a.ending.leaving && !a.Busy() {
		next = a.ending.drain()
	}
	if _, saved := msg.What.(settingSaved); saved {
		next = tea.Batch(a.choices.read(), next)
	}
	return tea.Batch(redraw(a, msg.Done), a.report(msg.Done), command.FindAlike(a.Commands), command.Describe(a.Commands, command.LastMade(a.Host)), a.broadcast(msg.Done), a.newStoryAgain(msg.Done), next)
}

// report shows how a use case ended.
func (a *app) report(msg pane.Done) tea.Cmd {
	var sends *sendsError
	var held *command.UnsentError
	switch {
	case errors.As(msg.Err, &sends):
		return askSend(a.Commands, sends)
	case errors.As(msg.Err, &held):
		return command.ReadUnsent(a.Commands, held)
	case msg.Err != nil:
		return a.Fail(msg.Err)
	case msg.Said != "" && command.OutcomeOf(msg).Story != 0:
		return a.Say(msg.Said + " · " + a.Keys.Key(keymap.ScopeGlobal, intent.ActUndo) + " undo")
	case msg.Said != "":
		return a.Say(msg.Said)
	case command.OutcomeOf(msg).Story != 0:
		a.Toasts.Supersede()
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
	return a.Hint(said)
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
	return cmp.Or(a.actions.Disabled(a, id), a.own.Disabled(id))
}

// Scopes are those of the actions that work on every screen.
func (a *app) Scopes() []keymap.Scope { return []keymap.Scope{keymap.ScopeGlobal, keymap.ScopeAlways} }

// handle gives an intent to the topmost pane; what it does not know, the root does.
func (a *app) handle(in intent.Intent) tea.Cmd {
	if cmd, ok := a.Top().Handle(in); ok {
		return cmd
	}
	if cmd, ok := a.actions.Handle(a, in); ok {
		return cmd
	}
	if cmd, ok := a.own.Handle(in); ok {
		return cmd
	}
	return a.visit(in)
}
