package uitest

import (
	tea "charm.land/bubbletea/v2"

	"storydesk/ui"
)

// Mouse is a place on the screen and what a hand does there.
type Mouse struct {
	*World
	// X and Y are its cell.
	X, Y int
}

// At is the mouse over a text.
func (w *World) At(text string) Mouse {
	w.T.Helper()
	x, y := w.Find(text)
	return w.Place(x, y)
}

// Place is the mouse over a cell.
func (w *World) Place(x, y int) Mouse { return Mouse{w, x, y} }

// send hands the program what the mouse did on the screen as it is drawn.
func (m Mouse) send(msg tea.Msg) {
	m.T.Helper()
	m.Model.View()
	m.Send(msg)
}

// Press presses the left button.
func (m Mouse) Press() Mouse {
	m.T.Helper()
	m.send(tea.MouseClickMsg{X: m.X, Y: m.Y, Button: tea.MouseLeft})
	return m
}

// Release lets the left button go.
func (m Mouse) Release() Mouse {
	m.T.Helper()
	m.send(tea.MouseReleaseMsg{X: m.X, Y: m.Y, Button: tea.MouseLeft})
	return m
}

// Click presses the left button and lets it go.
func (m Mouse) Click() Mouse {
	m.T.Helper()
	return m.Press().Release()
}

// To moves the mouse with its button down, and lets time pass until the
// program has looked.
func (m Mouse) To(x, y int) Mouse {
	m.T.Helper()
	m.send(ui.MotionDue{})
	m.send(tea.MouseMotionMsg{X: x, Y: y, Button: tea.MouseLeft})
	return Mouse{m.World, x, y}
}

// Over moves the mouse with its button down over a text.
func (m Mouse) Over(text string) Mouse {
	m.T.Helper()
	x, y := m.Find(text)
	return m.To(x, y)
}

// Wheel turns the wheel by one notch.
func (m Mouse) Wheel(button tea.MouseButton) Mouse {
	m.T.Helper()
	m.send(tea.MouseWheelMsg{X: m.X, Y: m.Y, Button: button})
	return m
}

// Click clicks on a text.
func (w *World) Click(text string) {
	w.T.Helper()
	x, y := w.Find(text)
	w.Send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	w.Send(tea.MouseReleaseMsg{X: x, Y: y, Button: tea.MouseLeft})
}
