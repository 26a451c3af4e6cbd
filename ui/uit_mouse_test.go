package ui

import tea "charm.land/bubbletea/v2"

// mouse is a place on the screen and what a hand does there.
type mouse struct {
	*world
	x, y int
}

// at is the mouse over a text.
func (w *world) at(text string) mouse {
	w.t.Helper()
	x, y := w.find(text)
	return mouse{w, x, y}
}

// place is the mouse over a cell.
func (w *world) place(x, y int) mouse { return mouse{w, x, y} }

// send hands the program what the mouse did on the screen as it is drawn.
func (m mouse) send(msg tea.Msg) {
	m.t.Helper()
	m.model.View()
	m.world.send(msg)
}

func (m mouse) press() mouse {
	m.t.Helper()
	m.send(tea.MouseClickMsg{X: m.x, Y: m.y, Button: tea.MouseLeft})
	return m
}

func (m mouse) release() mouse {
	m.t.Helper()
	m.send(tea.MouseReleaseMsg{X: m.x, Y: m.y, Button: tea.MouseLeft})
	return m
}

func (m mouse) click() mouse {
	m.t.Helper()
	return m.press().release()
}

// to moves the mouse with its button down, and lets time pass until the
// program has looked.
func (m mouse) to(x, y int) mouse {
	m.t.Helper()
	m.send(MotionDue{})
	m.send(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
	return mouse{m.world, x, y}
}

func (m mouse) over(text string) mouse {
	m.t.Helper()
	x, y := m.find(text)
	return m.to(x, y)
}

func (m mouse) wheel(button tea.MouseButton) mouse {
	m.t.Helper()
	m.send(tea.MouseWheelMsg{X: m.x, Y: m.y, Button: button})
	return m
}

// click clicks on a text.
func (w *world) click(text string) {
	w.t.Helper()
	x, y := w.find(text)
	w.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	w.send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
}
