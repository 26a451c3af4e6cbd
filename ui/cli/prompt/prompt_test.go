package prompt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/term"
)

// A question that is interrupted leaves the terminal as it was, whether the
// context ends or ctrl+c comes as a character.
func TestInterruptedQuestionRestoresTheTerminal(t *testing.T) {
	keyboard, screen, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, end := range []io.Closer{screen, keyboard} {
			if err := end.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	before, err := term.GetState(int(screen.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	for _, c := range []struct {
		name   string
		ctx    context.Context
		secret bool
		in     string
	}{{"a line", ended, false, ""}, {"a secret", ended, true, ""}, {"a secret by ctrl+c", t.Context(), true, "half\x03"}} {
		in, typing := io.Pipe()
		p := &Prompter{in: bufio.NewReader(in), out: io.Discard, fd: int(screen.Fd())}
		go func() { _, _ = fmt.Fprint(typing, c.in) }() // nobody reads on where the context has ended
		if _, err := p.Answer(c.ctx, Question{Label: "Password", Secret: c.secret}, ""); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", c.name, err)
		}
		after, err := term.GetState(int(screen.Fd()))
		if err != nil {
			t.Fatal(err)
		}
		if *after != *before {
			t.Errorf("%s: the terminal is left as %+v, was %+v", c.name, after, before)
		}
		if err := typing.Close(); err != nil {
			t.Error(err)
		}
	}
}
