package ui_test

import (
	"context"
	"errors"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui"
	"storydesk/ui/uitest"
)

// stuck is a terminal that reads nothing until the test is over.
type stuck struct{ over <-chan struct{} }

func (s stuck) Write(p []byte) (int, error) {
	<-s.over
	return len(p), nil
}

// running is the board on a terminal of which the test is the other end.
type running struct {
	keys   *io.PipeWriter
	cancel context.CancelFunc
	ended  chan error
}

// runs shows the board on an output.
func runs(t *testing.T, output io.Writer) running {
	t.Helper()
	w := newWorld(t)
	w.Options.Service, w.Options.Project, w.Options.Output = uitest.UseCases(w.Service), w.Project, output
	w.Options.Environ = []string{"TERM=xterm-256color"}
	in, keys := io.Pipe()
	w.Options.Input = in
	ctx, cancel := context.WithCancel(t.Context())
	r := running{keys: keys, cancel: cancel, ended: make(chan error, 1)}
	go func() {
		_, err := ui.New(ctx, w.Options).RunOn(w.Options)
		r.ended <- err
	}()
	t.Cleanup(func() {
		cancel()
		keys.Close()
	})
	return r
}

// ends waits for the end and returns what Run returned.
func (r running) ends(t *testing.T) error {
	t.Helper()
	select {
	case err := <-r.ended:
		return err
	case <-time.After(uitest.Timeout):
		t.Fatal("it does not end")
		return nil
	}
}

// A terminal that reads nothing holds nobody up: neither a key nor a signal.
func TestATerminalThatReadsNothingDoesNotBlockTheProgram(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(r running){
		"ctrl+c":        func(r running) { _, _ = io.WriteString(r.keys, "\x03") },
		"asked to end":  func(r running) { r.cancel() },
		"end of input":  func(r running) { r.keys.Close() },
		"many keys":     func(r running) { _, _ = io.WriteString(r.keys, "jjjkkk???"); _, _ = io.WriteString(r.keys, "\x03") },
		"during a move": func(r running) { _, _ = io.WriteString(r.keys, "?"); r.cancel() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			over := make(chan struct{})
			t.Cleanup(func() { close(over) })
			r := runs(t, stuck{over})
			end(r)
			if err := r.ends(t); !errors.Is(err, ui.ErrUnread) {
				t.Errorf("%v", err)
			}
		})
	}
}

// The program ends with its input, and ctrl+c is one within a paste without end.
func TestTheProgramAlwaysEnds(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(r running){
		"end of input": func(r running) { r.keys.Close() },
		"unended paste": func(r running) {
			_, _ = io.WriteString(r.keys, "\x1b[200~some text")
			_, _ = io.WriteString(r.keys, "\x03")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := runs(t, io.Discard)
			end(r)
			if err := r.ends(t); err != nil {
				t.Errorf("%v", err)
			}
		})
	}
}

// No message makes the board larger than what is drawn of a terminal.
func TestAnAbsurdSizeIsDrawnInPart(t *testing.T) {
	t.Parallel()
	if got := ui.Bounded(nil, tea.WindowSizeMsg{Width: 65535, Height: 65535}); got != tea.Msg(tea.WindowSizeMsg{Width: 1000, Height: 500}) {
		t.Errorf("%+v", got)
	}
	if got := ui.Bounded(nil, tea.FocusMsg{}); got != tea.Msg(tea.FocusMsg{}) {
		t.Errorf("%+v", got)
	}
}
