package tests

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// pointer is the mouse over a cell of a console, zero-based.
type pointer struct {
	*console
	x, y int
}

// over waits until the screen shows a text and puts the mouse on its first cell.
func (x *console) over(text string) pointer {
	x.t.Helper()
	at := pointer{console: x}
	x.until("“"+text+"” to point at", func(screen string) bool {
		for y, line := range strings.Split(screen, "\n") {
			if before, _, found := strings.Cut(line, text); found {
				at.x, at.y = ansi.StringWidth(before), y
				return true
			}
		}
		return false
	})
	return at
}

// bytes are what a terminal sends for the mouse (xterm's SGR encoding, mode
// 1006: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html).
func (p pointer) bytes(button int, final byte) string {
	return fmt.Sprintf("\x1b[<%d;%d;%d%c", button, p.x+1, p.y+1, final)
}

func (p pointer) down() pointer {
	p.t.Helper()
	p.press(p.bytes(0, 'M'))
	return p
}

func (p pointer) up() {
	p.t.Helper()
	p.press(p.bytes(0, 'm'))
}

func (p pointer) click() {
	p.t.Helper()
	p.down().up()
}

// drag moves the mouse to another cell with its button down.
func (p pointer) drag(to pointer) pointer {
	p.t.Helper()
	p.press(to.bytes(32, 'M'))
	return to
}

// wheel turns the wheel down by a notch.
func (p pointer) wheel() {
	p.t.Helper()
	p.press(p.bytes(65, 'M'))
}
