package terminal

import (
	"fmt"
	"os"
	"reflect"
	"strings"

	"golang.org/x/term"
)

// Left names what the program has left behind on the terminal, so far: modes
// that are on, keys that are reported in another way, a hidden cursor, a
// progress bar, a line discipline that is not as at the start. It is empty
// after a program that tidied up.
func (x *Terminal) Left() ([]string, error) {
	raw := x.Raw()
	var left []string
	for _, mode := range []struct{ name, set, reset string }{
		{"the alternate screen", "\x1b[?1049h", "\x1b[?1049l"},
		{"the mouse (1000)", "\x1b[?1000h", "\x1b[?1000l"},
		{"the mouse (1002)", "\x1b[?1002h", "\x1b[?1002l"},
		{"the mouse (1003)", "\x1b[?1003h", "\x1b[?1003l"},
		{"the mouse (1006)", "\x1b[?1006h", "\x1b[?1006l"},
		{"reports of focus", "\x1b[?1004h", "\x1b[?1004l"},
		{"bracketed paste", "\x1b[?2004h", "\x1b[?2004l"},
		{"synchronized output", "\x1b[?2026h", "\x1b[?2026l"},
		{"grapheme clusters", "\x1b[?2027h", "\x1b[?2027l"},
		{"no autowrap", "\x1b[?7l", "\x1b[?7h"},
		{"no cursor", "\x1b[?25l", "\x1b[?25h"},
		{"reports of modified keys", "\x1b[>4;2m", "\x1b[>4m"},
	} {
		if strings.LastIndex(raw, mode.set) > strings.LastIndex(raw, mode.reset) {
			left = append(left, mode.name)
		}
	}
	if pushed, popped := strings.Count(raw, "\x1b[>5u"), strings.Count(raw, "\x1b[<1u"); pushed > popped {
		left = append(left, "other reports of keys")
	}
	if n := lastProgress(raw); n != "" && n != "0" {
		left = append(left, "a progress bar")
	}
	state, err := discipline(x.tty)
	if err != nil {
		return left, err
	}
	if !reflect.DeepEqual(state, x.before) {
		left = append(left, "another line discipline")
	}
	return left, nil
}

// discipline reads how a terminal's lines are handled. It leaves the file as it
// is, where Fd would make its reads block.
func discipline(tty *os.File) (*term.State, error) {
	conn, err := tty.SyscallConn()
	if err != nil {
		return nil, fmt.Errorf("read the line discipline: %w", err)
	}
	var state *term.State
	var failed error
	if err := conn.Control(func(fd uintptr) { state, failed = term.GetState(int(fd)) }); err != nil {
		return nil, fmt.Errorf("read the line discipline: %w", err)
	}
	if failed != nil {
		return nil, fmt.Errorf("read the line discipline: %w", failed)
	}
	return state, nil
}

// lastProgress is the state that the progress bar was given last (OSC 9;4),
// empty where there was none.
func lastProgress(raw string) string {
	at := strings.LastIndex(raw, "\x1b]9;4;")
	if at < 0 {
		return ""
	}
	rest := raw[at+len("\x1b]9;4;"):]
	return rest[:min(1, len(rest))]
}
