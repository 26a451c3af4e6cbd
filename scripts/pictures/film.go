package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

// film is what a moving picture is made of.
type film struct {
	shots []shot
	// pointer is the cell that the mouse is on.
	pointer struct{ x, y int }
	// still is the shot that readers see who want no motion.
	still int
}

// shot is a screen that is shown for some seconds.
type shot struct {
	cells   *uv.Buffer
	seconds float64
	x, y    int
}

// shoot takes what the screen shows into the film.
func shoot(seconds float64) step {
	return func(s *session) error {
		s.terminal.Rest()
		s.film.shots = append(s.film.shots, shot{s.terminal.Cells(), seconds, s.film.pointer.x, s.film.pointer.y})
		return nil
	}
}

// still is shoot for the screen that readers see who want no motion.
func still(seconds float64) step {
	return func(s *session) error {
		s.film.still = len(s.film.shots)
		return shoot(seconds)(s)
	}
}

// point puts the mouse on a text, some cells behind its beginning.
func point(text string, behind int) step {
	return func(s *session) error { return s.find("", text, behind) }
}

// pointOn puts the mouse on a word in the line of a text.
func pointOn(line, word string) step {
	return func(s *session) error { return s.find(line, word, 1) }
}

// find puts the mouse on the first word that stands behind a text on its line.
func (s *session) find(after, word string, behind int) error {
	if err := s.terminal.Sees(word); err != nil {
		return err
	}
	for y, line := range strings.Split(s.terminal.Text(), "\n") {
		start := 0
		if after != "" {
			start = strings.LastIndex(line, after) // a ticket stands before its story
		}
		if start < 0 {
			continue
		}
		if at := strings.Index(line[start:], word); at >= 0 {
			s.film.pointer.x, s.film.pointer.y = ansi.StringWidth(line[:start+at])+behind, y
			return nil
		}
	}
	return fmt.Errorf("no line shows %q behind %q:\n%s", word, after, s.terminal.Text())
}

// mouse sends what a terminal sends for the mouse (xterm's mode 1006).
func (s *session) mouse(button int, final byte) error {
	return s.terminal.Press(fmt.Sprintf("\x1b[<%d;%d;%d%c", button, s.film.pointer.x+1, s.film.pointer.y+1, final))
}

// hold presses the mouse's button.
func hold() step { return func(s *session) error { return s.mouse(0, 'M') } }

// drag moves the mouse by some cells with its button held.
func drag(x, y int) step {
	return func(s *session) error {
		s.film.pointer.x, s.film.pointer.y = s.film.pointer.x+x, s.film.pointer.y+y
		return s.mouse(32, 'M')
	}
}

// dragTo moves the mouse to a text with its button held.
func dragTo(text string) step {
	return func(s *session) error { return errors.Join(s.find("", text, 2), s.mouse(32, 'M')) }
}

// release lets the button go and waits for what that brings.
func release(shows string) step {
	return func(s *session) error { return errors.Join(s.mouse(0, 'm'), s.terminal.Sees(shows)) }
}

// click presses the button, lets it go, and waits for what that brings.
func click(shows string) step {
	return func(s *session) error {
		return errors.Join(s.mouse(0, 'M'), s.mouse(0, 'm'), s.terminal.Sees(shows))
	}
}

// show writes the film as a picture.
func show(name string) step {
	return func(s *session) error {
		return os.WriteFile(filepath.Join(s.folder, name), []byte(s.film.draw(s.look, "storydesk")), 0o644) //nolint:gosec // for everybody
	}
}

// span is the shots from one on, up to but without another, in which something is shown.
type span struct{ from, to int }

// draw returns the film as SVG. What a row shows is written once for the shots in a row
// that show it, and is hidden in the others.
func (f *film) draw(l look, title string) string {
	d := &drawing{look: l, cells: f.shots[0].cells}
	parts := make(map[span]*strings.Builder)
	var order []span
	add := func(at span, body string) {
		if parts[at] == nil {
			parts[at] = &strings.Builder{}
			order = append(order, at)
		}
		_, _ = parts[at].WriteString(body) // a Builder takes everything
	}
	for row := range d.cells.Height() {
		before, from := "", 0
		for i, s := range f.shots {
			body := d.row(s.cells, row)
			if i > 0 && body != before {
				add(span{from, i}, before)
				from = i
			}
			before = body
		}
		add(span{from, len(f.shots)}, before)
	}
	d.body.Reset()
	d.cells = f.shots[0].cells
	d.motion = "g{animation-timing-function:step-end}\n@media (prefers-reduced-motion:reduce){*{animation:none!important}}\n"
	for _, at := range order {
		if at == (span{0, len(f.shots)}) {
			d.body.WriteString(parts[at].String())
			continue
		}
		name := fmt.Sprintf("f%d-%d", at.from, at.to)
		d.motion += f.rule(name, at)
		fmt.Fprintf(&d.body, "<g class=%q>\n%s</g>\n", name, parts[at])
	}
	f.mouse(d)
	return d.window(title)
}

// row draws a row of a screen alone.
func (d *drawing) row(cells *uv.Buffer, row int) string {
	d.cells = cells
	d.body.Reset()
	d.grounds(row)
	d.lines(row, row+1)
	d.texts(row)
	return d.body.String()
}

// rule shows the elements of a class in a span alone; those of the still without motion, too.
func (f *film) rule(name string, at span) string {
	usual := "hidden"
	if at.from <= f.still && f.still < at.to {
		usual = "visible"
	}
	frames := fmt.Sprintf("%s{visibility:visible}", f.percent(at.from, 0))
	if at.from > 0 {
		frames = "0%{visibility:hidden}" + frames
	}
	if at.to < len(f.shots) {
		frames += fmt.Sprintf("%s{visibility:hidden}", f.percent(at.to, 0))
	}
	return fmt.Sprintf(".%s{visibility:%s;animation:%s %gs step-end infinite}\n@keyframes %s{%s}\n", name, usual, name, f.seconds(len(f.shots)), name, frames)
}

// seconds is when a shot begins.
func (f *film) seconds(i int) float64 {
	var sum float64
	for _, s := range f.shots[:i] {
		sum += s.seconds
	}
	return sum
}

// percent is how much of the film is over some seconds after a shot began.
func (f *film) percent(i int, later float64) string {
	return fmt.Sprintf("%.4g%%", 100*(f.seconds(i)+later)/f.seconds(len(f.shots)))
}

// travel is how long the mouse's pointer takes from one place to the next, in seconds.
const travel = 0.25

// mouse draws the pointer of the mouse, where the program was told that it is.
func (f *film) mouse(d *drawing) {
	place := func(s shot) (x, y int) { return s.x*cellWidth + cellWidth/2, s.y*cellHeight + cellHeight/2 }
	var frames strings.Builder
	for i, s := range f.shots {
		x, y := place(s)
		for _, at := range []string{f.percent(i, 0), f.percent(i, max(0, s.seconds-travel))} {
			fmt.Fprintf(&frames, "%s{transform:translate(%dpx,%dpx)}", at, x, y)
		}
	}
	x, y := place(f.shots[f.still])
	d.motion += fmt.Sprintf(".mouse{fill:%s;stroke:%s;transform:translate(%dpx,%dpx);animation:mouse %gs linear infinite}\n@keyframes mouse{%s}\n",
		hex(d.look.foreground), hex(d.look.background), x, y, f.seconds(len(f.shots)), frames.String())
	d.body.WriteString(`<path class="mouse" d="M0 0V17L4 13.5 6.5 19 9 18 6.5 12.5H12z"/>` + "\n")
}
