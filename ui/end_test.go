package ui_test

import (
	"context"
	"errors"
	"io"
	"sync"
	"testing"
	"time"

	"storydesk/ui"
	"storydesk/ui/stage"
	"storydesk/ui/uitest"
)

// stuck is a terminal that reads nothing until the test is over.
type stuck struct {
	over  <-chan struct{}
	drawn chan struct{} // closed once something was drawn
	once  *sync.Once
}

func (s stuck) Write(p []byte) (int, error) {
	s.once.Do(func() { close(s.drawn) })
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
	w.Options.Service, w.Options.Project = uitest.UseCases(w.Service), w.Project
	in, keys := io.Pipe()
	on := stage.On{Input: in, Output: output, Environ: []string{"TERM=xterm-256color"}}
	ctx, cancel := context.WithCancel(t.Context())
	r := running{keys: keys, cancel: cancel, ended: make(chan error, 1)}
	go func() {
		r.ended <- ui.Run(ctx, on, func(ctx context.Context, show ui.Show) error {
			_, err := show(ctx, w.Options)
			return err
		})
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
			screen := stuck{over, make(chan struct{}), new(sync.Once)}
			r := runs(t, screen)
			<-screen.drawn
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
