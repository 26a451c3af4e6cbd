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

// doubleClick is the longest time between two clicks that count as a double click.
const doubleClick = 400 * time.Millisecond

// motionInterval is how often the mouse's way is looked at: more often than a
// frame is drawn would be work for nobody.
const motionInterval = 16 * time.Millisecond

// pointer is the mouse between press and release: idle, armed by a press on
// something that can be dragged, or dragging once it has left that cell.
type pointer struct {
	*pane.Host
	screen *screen
	// board is where something can be dragged.
	board dragged
	// handle does what an intent asks for, perform an action unless it cannot be done now.
	handle  func(intent.Intent) tea.Cmd
	perform func(intent.ActionID) tea.Cmd

	// held is what a drag from the pressed cell takes hold of: a grab or a
	// divide; nil when idle.
	held     intent.Intent
	from     draw.Position
	dragging bool
	last     click
	// pausing is true until the next motion is looked at; latest is then where
	// the mouse has moved meanwhile, nil for nowhere.
	pausing bool
	latest  *draw.Position
}

// dragged is the pane on which something can be dragged.
type dragged interface {
	pane.Pane
	// Moves reports whether something is being moved.
	Moves() bool
}

// click is what was clicked last, by its identity: a row that has moved away
// from under the mouse is not clicked twice.
type click struct {
	what any
	at   draw.Position
	time time.Time
}

// MotionDue reports that the next motion can be looked at.
type MotionDue struct{}

// point does what the mouse means, by what was drawn last.
func (m *pointer) point(msg tea.MouseMsg) tea.Cmd {
	now := msg.Mouse()
	at := draw.Position{X: now.X, Y: now.Y}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		return m.wheel(at, now.Button)
	case tea.MouseClickMsg:
		if now.Button == tea.MouseLeft {
			return m.press(at)
		}
	case tea.MouseReleaseMsg:
		return m.release(at)
	}
	return nil
}

// reached brings the layer of a region to the top, unless a dialogue is in the way.
func (m *pointer) reached(g draw.Region) (tea.Cmd, bool) {
	for _, l := range m.Layers[min(g.Layer+1, len(m.Layers)):] {
		if l.Place.Modal() {
			return nil, false
		}
	}
	return m.CloseTo(g.Layer + 1), true
}

func (m *pointer) wheel(at draw.Position, button tea.MouseButton) tea.Cmd {
	g, ok := m.screen.canvas.At(at.X, at.Y)
	if !ok || g.Wheel == "" || g.Layer >= len(m.Layers) {
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
	cmd, _ := m.Layers[g.Layer].Pane.Handle(intent.Scroll{Part: g.Wheel, Rows: rows})
	if !m.dragging {
		return cmd
	}
	m.screen.draw() // other rows are under the mouse now
	return tea.Batch(cmd, m.drag(at))
}

func (m *pointer) press(at draw.Position) tea.Cmd {
	m.Toasts.Acknowledge()
	ended := m.endDrag() // where its release was not seen
	g, ok := m.screen.canvas.At(at.X, at.Y)
	if !ok || g.Layer >= len(m.Layers) {
		return ended
	}
	beside := m.Layers[len(m.Layers)-1].Place == pane.Side && g.Layer == 0
	closed, ok := m.reached(g)
	if !ok {
		return ended
	}
	last, now := m.last, click{g.Identity(at), at, m.Now()}
	soon := last.what != nil && now.time.Sub(last.time) <= doubleClick
	twice := soon && last.what == now.what
	m.from, m.last = at, now
	if twice {
		m.last = click{}
	}
	want := g.Clicked(twice)
	switch w := want.(type) {
	case intent.ClickAt:
		want = intent.ClickAt{Part: w.Part, X: at.X - g.Rect.X, Y: at.Y - g.Rect.Y}
	case intent.SelectRow:
		if beside && w.Key != nil { // in place of the detail that was open
			want = intent.ActOn{Row: w, ID: intent.ActOpen}
		}
	case intent.ActOn, intent.EstimateAs:
		if twice && g.Click != nil {
			want = nil // what stands on a row is done once, however it is clicked
		}
	}
	if soon && !twice && last.at == at {
		want = nil // it came under the mouse between two clicks
	}
	if !m.board.Moves() {
		m.held = g.Held()
	}
	return tea.Batch(ended, closed, m.intend(want))
}

// moved follows the mouse while a button is down. What comes faster than it is
// looked at is looked at a moment later: the last motion always counts.
func (m *pointer) moved(msg tea.MouseMotionMsg) tea.Cmd {
	at := draw.Position{X: msg.X, Y: msg.Y}
	switch {
	case m.held == nil:
		return nil
	case msg.Button != tea.MouseLeft: // the release was not seen
		return m.endDrag()
	case m.pausing:
		m.latest = &at
		return nil
	}
	return m.follow(at)
}

func (m *pointer) follow(at draw.Position) tea.Cmd {
	m.screen.stale = true
	m.pausing = true
	pause := tea.Tick(motionInterval, func(time.Time) tea.Msg { return MotionDue{} })
	return tea.Batch(m.drag(at), pause)
}

// resume looks at the motion that came while others were not looked at.
func (m *pointer) resume() tea.Cmd {
	at := m.latest
	m.pausing, m.latest = false, nil
	if at == nil || m.held == nil {
		return nil
	}
	return m.follow(*at)
}

// drag takes hold of what was pressed once the mouse leaves its cell, and then
// takes it along.
func (m *pointer) drag(at draw.Position) tea.Cmd {
	if !m.dragging && at == m.from {
		return nil
	}
	begins := !m.dragging
	m.dragging, m.last = true, click{}
	if d, ok := m.held.(intent.Divide); ok {
		return m.handle(intent.Divide{Part: d.Part, X: at.X})
	}
	var picked tea.Cmd
	if begins {
		picked = m.handle(m.held)
	}
	if !m.board.Moves() { // refused, or cancelled meanwhile
		m.held, m.dragging = nil, false
		return picked
	}
	return tea.Batch(picked, m.handle(m.aimed(at)))
}

// aimed is where something would be dropped that is let go at a cell.
func (m *pointer) aimed(at draw.Position) intent.Aim {
	g, ok := m.screen.canvas.At(at.X, at.Y)
	if !ok || m.Layers[min(g.Layer, len(m.Layers)-1)].Pane != pane.Pane(m.board) {
		return intent.Aim{}
	}
	return intent.Aim{Row: g.Row, Edge: g.Edge, Tab: g.Tab}
}

// release drops what is dragged where the mouse is.
func (m *pointer) release(at draw.Position) tea.Cmd {
	held, dragging := m.held, m.dragging
	m.held, m.dragging, m.latest = nil, false, nil
	switch {
	case !dragging:
		return nil
	case m.board.Moves():
		return tea.Batch(m.handle(m.aimed(at)), m.handle(intent.Drop{}))
	}
	if d, ok := held.(intent.Divide); ok {
		return tea.Batch(m.handle(intent.Divide{Part: d.Part, X: at.X}), m.handle(intent.Divided{}))
	}
	return nil
}

// endDrag ends a drag whose end will not be seen: the window changed or lost the
// keyboard, or a dialogue came up.
func (m *pointer) endDrag() tea.Cmd {
	held, dragging := m.held, m.dragging
	m.held, m.dragging, m.latest = nil, false, nil
	if !dragging {
		return nil
	}
	m.screen.stale = true
	var end intent.Intent = intent.Act{ID: intent.ActCancel}
	if _, ok := held.(intent.Divide); ok {
		end = intent.Divided{}
	}
	cmd, _ := m.board.Handle(end)
	return cmd
}

// intend handles what a click means. Actions are those that a key could ask
// for here; they pass through perform, so that one that cannot be done says why.
func (m *pointer) intend(want intent.Intent) tea.Cmd {
	switch want := want.(type) {
	case nil:
		return nil
	case intent.Act:
		if !m.offers(want.ID) {
			return nil
		}
		return m.perform(want.ID)
	case intent.ActOn:
		return tea.Batch(m.handle(want.Row), m.perform(want.ID))
	}
	return m.handle(want)
}

// offers reports whether an action has a key here.
func (m *pointer) offers(id intent.ActionID) bool {
	return slices.ContainsFunc(m.Keys.In(m.Top().Scopes()), func(f keymap.Action) bool { return f.ID == id })
}
