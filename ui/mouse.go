package ui

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
)

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

// doubleClick is the longest time between two clicks that count as one deed.
const doubleClick = 400 * time.Millisecond

// motionInterval is how often the mouse's way is looked at: more often than a
// frame is drawn would be work for nobody.
const motionInterval = 16 * time.Millisecond

// pointer is the mouse between press and release: idle, armed by a press on
// something that can be dragged, or dragging once it has left that cell.
type pointer struct {
	// held is what a drag from the pressed cell takes hold of: a grab or a
	// divide; nil when idle.
	held     intent.Intent
	from     draw.Position
	dragging bool
	last     click
	// pausing is true until the next motion is looked at; latest is then where
	// the mouse has gone meanwhile, nil for nowhere.
	pausing bool
	latest  *draw.Position
}

// click is what was clicked last, by its identity: a row that has moved away
// from under the mouse is not clicked twice.
type click struct {
	what any
	at   draw.Position
	time time.Time
}

// motionDue tells that the next motion can be looked at.
type motionDue struct{}

// point does what the mouse means, by what was drawn last.
func (a *app) point(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	at := draw.Position{X: m.X, Y: m.Y}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		return a.wheel(at, m.Button)
	case tea.MouseClickMsg:
		if m.Button == tea.MouseLeft {
			return a.press(at)
		}
	case tea.MouseReleaseMsg:
		return a.release(at)
	}
	return nil
}

// reached brings the layer of a region to the top, unless a dialogue is in the way.
func (a *app) reached(g draw.Region) (tea.Cmd, bool) {
	for _, l := range a.Layers[min(g.Layer+1, len(a.Layers)):] {
		if l.Place.Modal() {
			return nil, false
		}
	}
	return a.CloseTo(g.Layer + 1), true
}

func (a *app) wheel(at draw.Position, button tea.MouseButton) tea.Cmd {
	g, ok := a.canvas.At(at.X, at.Y)
	if !ok || g.Wheel == "" || g.Layer >= len(a.Layers) {
		return nil
	}
	rows := wheelRows
	switch button {
	case tea.MouseWheelUp:
		rows = -wheelRows
	case tea.MouseWheelDown:
	default:
		return nil
	}
	cmd, _ := a.Layers[g.Layer].Pane.Handle(intent.Scroll{Part: g.Wheel, Rows: rows})
	if !a.pointer.dragging {
		return cmd
	}
	a.draw() // other rows are under the mouse now
	return tea.Batch(cmd, a.drag(at))
}

func (a *app) press(at draw.Position) tea.Cmd {
	a.Toasts.Acknowledge()
	ended := a.letGo() // where its release was not seen
	g, ok := a.canvas.At(at.X, at.Y)
	if !ok || g.Layer >= len(a.Layers) {
		return ended
	}
	closed, ok := a.reached(g)
	if !ok {
		return ended
	}
	last, now := a.pointer.last, click{g.Identity(at), at, a.Service.Now()}
	soon := last.what != nil && now.time.Sub(last.time) <= doubleClick
	twice := soon && last.what == now.what
	a.pointer.from, a.pointer.last = at, now
	if twice {
		a.pointer.last = click{}
	}
	want := g.Clicked(twice)
	switch w := want.(type) {
	case intent.ClickAt:
		want = intent.ClickAt{Part: w.Part, X: at.X - g.Rect.X, Y: at.Y - g.Rect.Y}
	case intent.ActOn, intent.EstimateAs:
		if twice && g.Click != nil {
			want = nil // what stands on a row is done once, however it is clicked
		}
	}
	if soon && !twice && last.at == at {
		want = nil // it came under the mouse between two clicks
	}
	if !a.board.Moves() {
		a.pointer.held = g.Held()
	}
	return tea.Batch(ended, closed, a.intend(want))
}

// moved follows the mouse while a button is down. What comes faster than it is
// looked at is looked at a moment later: the last motion always counts.
func (a *app) moved(msg tea.MouseMotionMsg) tea.Cmd {
	at := draw.Position{X: msg.X, Y: msg.Y}
	p := &a.pointer
	switch {
	case p.held == nil:
		return nil
	case msg.Button != tea.MouseLeft: // the release was not seen
		return a.letGo()
	case p.pausing:
		p.latest = &at
		return nil
	}
	return a.follow(at)
}

func (a *app) follow(at draw.Position) tea.Cmd {
	a.stale = true
	a.pointer.pausing = true
	pause := tea.Tick(motionInterval, func(time.Time) tea.Msg { return motionDue{} })
	return tea.Batch(a.drag(at), pause)
}

// resume looks at the motion that came while others were not looked at.
func (a *app) resume() tea.Cmd {
	p := &a.pointer
	at := p.latest
	p.pausing, p.latest = false, nil
	if at == nil || p.held == nil {
		return nil
	}
	return a.follow(*at)
}

// drag takes hold of what was pressed once the mouse leaves its cell, and then
// takes it along.
func (a *app) drag(at draw.Position) tea.Cmd {
	p := &a.pointer
	if !p.dragging && at == p.from {
		return nil
	}
	begins := !p.dragging
	p.dragging, p.last = true, click{}
	if d, ok := p.held.(intent.Divide); ok {
		return a.handle(intent.Divide{Part: d.Part, X: at.X})
	}
	var picked tea.Cmd
	if begins {
		picked = a.handle(p.held)
	}
	if !a.board.Moves() { // refused, or cancelled meanwhile
		p.held, p.dragging = nil, false
		return picked
	}
	return tea.Batch(picked, a.handle(a.aimed(at)))
}

// aimed is where something would be dropped that is let go at a cell.
func (a *app) aimed(at draw.Position) intent.Aim {
	g, ok := a.canvas.At(at.X, at.Y)
	if !ok || a.Layers[min(g.Layer, len(a.Layers)-1)].Pane != pane.Pane(a.board) {
		return intent.Aim{}
	}
	return intent.Aim{Row: g.Row, Edge: g.Edge, Tab: g.Tab}
}

// release drops what is dragged where the mouse is.
func (a *app) release(at draw.Position) tea.Cmd {
	p := &a.pointer
	held, dragging := p.held, p.dragging
	p.held, p.dragging, p.latest = nil, false, nil
	switch {
	case !dragging:
		return nil
	case a.board.Moves():
		return tea.Batch(a.handle(a.aimed(at)), a.handle(intent.Drop{}))
	}
	if d, ok := held.(intent.Divide); ok {
		return tea.Batch(a.handle(intent.Divide{Part: d.Part, X: at.X}), a.handle(intent.Divided{}))
	}
	return nil
}

// letGo ends a drag whose end will not be seen: the window changed or lost the
// keyboard, or a dialogue came up.
func (a *app) letGo() tea.Cmd {
	p := &a.pointer
	held, dragging := p.held, p.dragging
	p.held, p.dragging, p.latest = nil, false, nil
	if !dragging {
		return nil
	}
	a.stale = true
	var end intent.Intent = intent.Act{ID: intent.ActCancel}
	if _, ok := held.(intent.Divide); ok {
		end = intent.Divided{}
	}
	cmd, _ := a.board.Handle(end)
	return cmd
}

// intend handles what a click means. Actions are those that a key could ask
// for here; they pass through perform, so that one that cannot be done says why.
func (a *app) intend(want intent.Intent) tea.Cmd {
	switch want := want.(type) {
	case nil:
		return nil
	case intent.Act:
		if !a.offers(want.ID) {
			return nil
		}
		return a.perform(want.ID)
	case intent.ActOn:
		return tea.Batch(a.handle(want.Row), a.perform(want.ID))
	}
	return a.handle(want)
}

// offers tells whether an action has a key here.
func (a *app) offers(id intent.ActionID) bool {
	return slices.ContainsFunc(a.Keys.In(a.Top().Scopes()), func(f keymap.Action) bool { return f.ID == id })
}
