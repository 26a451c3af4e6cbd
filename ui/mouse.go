package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
)

// wheelRows is how far one notch of the wheel scrolls.
const wheelRows = 3

// doubleClick is the longest time between two clicks that count as one deed.
const doubleClick = 400 * time.Millisecond

// pointer is the mouse between press and release: idle, armed by a press on
// something that can be dragged, or dragging once it has left that cell.
type pointer struct {
	// armed is what a drag from the pressed cell would pick up, nil when idle.
	armed    *grab
	from     position
	dragging bool
	// lastClick tells a double click from two.
	lastClick position
	lastTime  time.Time
}

// point does what the mouse means, by what was drawn last.
func (a *app) point(msg tea.MouseMsg) tea.Cmd {
	m := msg.Mouse()
	at := position{m.X, m.Y}
	switch msg.(type) {
	case tea.MouseWheelMsg:
		return a.wheel(at, m.Button)
	case tea.MouseClickMsg:
		if m.Button == tea.MouseLeft {
			return a.press(at)
		}
	case tea.MouseMotionMsg:
		return a.drag(at)
	case tea.MouseReleaseMsg:
		return a.release(at)
	}
	return nil
}

// reached brings the layer of a region to the top, unless a dialogue is in the way.
func (a *app) reached(g region) (tea.Cmd, bool) {
	for _, l := range a.layers[min(g.layer+1, len(a.layers)):] {
		if l.place.modal() {
			return nil, false
		}
	}
	return a.closeTo(g.layer + 1), true
}

func (a *app) wheel(at position, button tea.MouseButton) tea.Cmd {
	g, ok := a.canvas.at(at.x, at.y)
	if !ok || g.wheel == "" || g.layer >= len(a.layers) {
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
	cmd, _ := a.layers[g.layer].pane.Handle(scroll{g.wheel, rows})
	return cmd
}

func (a *app) press(at position) tea.Cmd {
	a.toasts.acknowledge()
	g, ok := a.canvas.at(at.x, at.y)
	if !ok || g.layer >= len(a.layers) {
		return nil
	}
	cmd, ok := a.reached(g)
	if !ok {
		return nil
	}
	now := a.service.Now()
	twice := a.pointer.lastClick == at && now.Sub(a.pointer.lastTime) <= doubleClick
	a.pointer = pointer{from: at, lastClick: at, lastTime: now}
	if g.row.key != nil && g.click == nil {
		a.pointer.armed = &grab{g.row}
	}
	want := g.clicked(twice)
	if c, ok := want.(clickAt); ok {
		want = clickAt{c.part, at.x - g.rect.x, at.y - g.rect.y}
	}
	return tea.Batch(cmd, a.intend(want))
}

// drag picks up what was pressed once the mouse leaves its cell, and then shows
// where it would be dropped.
func (a *app) drag(at position) tea.Cmd {
	if a.pointer.armed == nil || !a.pointer.dragging && at == a.pointer.from {
		return nil
	}
	var cmds []tea.Cmd
	if !a.pointer.dragging {
		a.pointer.dragging = true
		cmds = append(cmds, a.handle(*a.pointer.armed))
	}
	if g, ok := a.canvas.at(at.x, at.y); ok && g.row.part != "" {
		cmds = append(cmds, a.handle(aim{g.row}))
	}
	return tea.Batch(cmds...)
}

// release drops what is dragged where the mouse is; beside everything it goes
// back to where it was.
func (a *app) release(at position) tea.Cmd {
	dragging := a.pointer.dragging
	a.pointer.armed, a.pointer.dragging = nil, false
	if !dragging {
		return nil
	}
	g, ok := a.canvas.at(at.x, at.y)
	if !ok || g.row.part == "" {
		return a.handle(act{actCancel})
	}
	return tea.Batch(a.handle(aim{g.row}), a.handle(drop{}))
}

// letGo ends a drag whose end will not be seen: the window changed or lost the
// keyboard.
func (a *app) letGo() tea.Cmd {
	dragging := a.pointer.dragging
	a.pointer.armed, a.pointer.dragging = nil, false
	if !dragging {
		return nil
	}
	return a.handle(act{actCancel})
}

// intend handles what a click means. Actions pass through perform, so that one
// that cannot be done says why.
func (a *app) intend(want intent) tea.Cmd {
	switch want := want.(type) {
	case nil:
		return nil
	case act:
		return a.perform(want.id)
	case actOn:
		return tea.Batch(a.handle(want.row), a.perform(want.id))
	}
	return a.handle(want)
}

// motionInterval is how often the mouse's way is looked at: more often than a
// frame is drawn would be work for nobody.
const motionInterval = 16 * time.Millisecond

// coalesce drops motions that come faster than frames are drawn.
func coalesce() func(tea.Model, tea.Msg) tea.Msg {
	var last time.Time
	return func(_ tea.Model, msg tea.Msg) tea.Msg {
		if _, ok := msg.(tea.MouseMotionMsg); !ok {
			return msg
		}
		now := time.Now()
		if now.Sub(last) < motionInterval {
			return nil
		}
		last = now
		return msg
	}
}
