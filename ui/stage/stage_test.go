package stage_test

import (
	"context"
	"errors"
	"io"
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"
	"golang.org/x/term"

	"storydesk/ui/stage"
)

// patience is how long a test waits for a state before it fails.
const patience = 20 * time.Second

// hall is the other end of a terminal.
type hall struct {
	master, tty *os.File
	mu          sync.Mutex
	shown       strings.Builder
	read        chan struct{}
	ended       chan error
}

// opens runs a stage on a terminal.
func opens(ctx context.Context, t *testing.T, open func(ctx context.Context, s *stage.Stage) error) *hall {
	t.Helper()
	h := &hall{read: make(chan struct{}), ended: make(chan error, 1)}
	var err error
	if h.master, h.tty, err = pty.Open(); err != nil {
		t.Fatal(err)
	}
	if err := pty.Setsize(h.tty, &pty.Winsize{Cols: 80, Rows: 24}); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(h.read)
		buffer := make([]byte, 4096)
		for {
			n, err := h.master.Read(buffer)
			h.mu.Lock()
			h.shown.Write(buffer[:n])
			h.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	go func() {
		h.ended <- stage.Run(ctx, stage.On{Input: h.tty, Output: h.tty, Environ: []string{"TERM=xterm-256color", "TERM_PROGRAM=ghostty"}}, open)
	}()
	return h
}

func (h *hall) all() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.shown.String()
}

// sees waits until a text is shown.
func (h *hall) sees(t *testing.T, text string) {
	t.Helper()
	for end := time.Now().Add(patience); !strings.Contains(h.all(), text); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%q is not shown in\n%q", text, h.all())
		}
	}
}

func (h *hall) types(t *testing.T, keys string) {
	t.Helper()
	if _, err := io.WriteString(h.master, keys); err != nil {
		t.Fatal(err)
	}
}

// leaves presses ctrl+c until it is read as a key: a terminal that is not taken over yet makes a
// signal of it.
func (h *hall) leaves(t *testing.T) {
	t.Helper()
	for len(h.ended) == 0 {
		h.types(t, "\x03")
		time.Sleep(time.Millisecond)
	}
}

// ends waits for the end, and returns what Run returned and all that was shown.
func (h *hall) ends(t *testing.T) (all string, err error) {
	t.Helper()
	select {
	case err = <-h.ended:
	case <-time.After(patience):
		t.Fatal("it does not end")
	}
	if err := h.tty.Close(); err != nil {
		t.Error(err)
	}
	<-h.read
	if err := h.master.Close(); err != nil {
		t.Error(err)
	}
	return h.all(), err
}

// echo shows the keys that were pressed.
type echo struct{ keys string }

func (echo) Init() tea.Cmd { return nil }

func (e echo) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	key, ok := msg.(tea.KeyPressMsg)
	switch {
	case !ok:
		return e, nil
	case key.String() == "ctrl+c":
		return e, tea.Quit
	}
	return echo{e.keys + key.String()}, nil
}

func (e echo) View() tea.View { return tea.View{Content: "keys: " + e.keys + ".", AltScreen: true} }

func noEnd() {}

// What cannot be opened leaves no trace on the terminal, whose answers to questions would come
// when nobody reads them any more.
func TestWhatCannotBeOpenedLeavesTheTerminalAlone(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	h := opens(t.Context(), t, func(context.Context, *stage.Stage) error {
		time.Sleep(50 * time.Millisecond) // frames are drawn meanwhile
		return broken
	})
	all, err := h.ends(t)
	if !errors.Is(err, broken) || all != "" {
		t.Errorf("%v, and the terminal was sent %q", err, all)
	}
}

// A long opening is told of, and ctrl+c does not wait for its end.
func TestALongOpeningIsLeft(t *testing.T) {
	t.Parallel()
	h := opens(t.Context(), t, func(ctx context.Context, _ *stage.Stage) error {
		<-ctx.Done()
		return ctx.Err()
	})
	h.sees(t, "Opening the database")
	h.types(t, "jj\x03")
	all, err := h.ends(t)
	if err != nil {
		t.Error(err)
	}
	if strings.LastIndex(all, "\x1b[?1049h") > strings.LastIndex(all, "\x1b[?1049l") {
		t.Errorf("the alternate screen stays: %q", all)
	}
}

// Whoever stops the process is told that it was stopped.
func TestAnOpeningIsStopped(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	h := opens(ctx, t, func(ctx context.Context, _ *stage.Stage) error {
		stop()
		<-ctx.Done()
		return ctx.Err()
	})
	if all, err := h.ends(t); !errors.Is(err, context.Canceled) || all != "" {
		t.Errorf("%v, and the terminal was sent %q", err, all)
	}
}

// Keys that are pressed meanwhile are for what is shown then.
func TestKeysPressedMeanwhileAreKept(t *testing.T) {
	t.Parallel()
	typed := make(chan struct{})
	h := opens(t.Context(), t, func(ctx context.Context, s *stage.Stage) error {
		<-typed
		return s.Show(ctx, echo{}, noEnd)
	})
	h.types(t, "ab")
	time.Sleep(50 * time.Millisecond) // they are read before there is something to show, or after
	close(typed)
	h.sees(t, "keys: ab.")
	h.types(t, "\x03")
	if _, err := h.ends(t); err != nil {
		t.Error(err)
	}
}

// Whoever leaves before there is something to show is not shown it.
func TestWhatComesTooLateIsNotShown(t *testing.T) {
	t.Parallel()
	h := opens(t.Context(), t, func(ctx context.Context, s *stage.Stage) error {
		<-ctx.Done()
		return s.Show(ctx, echo{}, noEnd)
	})
	h.leaves(t)
	if all, err := h.ends(t); err != nil || strings.ReplaceAll(all, "^C", "") != "" { // which it shows by itself
		t.Errorf("%v, and the terminal was sent %q", err, all)
	}
}

// What has ended before it could be shown is not waited for.
func TestWhatHasEndedIsNotShown(t *testing.T) {
	t.Parallel()
	h := opens(t.Context(), t, func(ctx context.Context, s *stage.Stage) error {
		ended, end := context.WithCancel(ctx)
		end()
		return s.Show(ended, echo{}, noEnd)
	})
	if all, err := h.ends(t); err != nil || all != "" {
		t.Errorf("%v, and the terminal was sent %q", err, all)
	}
}

// A panic of what opens is printed on a terminal that is as it was.
func TestAPanicOfTheOpeningRestoresTheTerminal(t *testing.T) {
	t.Parallel()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer master.Close()
	defer tty.Close()
	was, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is lost")
			}
		}()
		_ = stage.Run(t.Context(), stage.On{Input: tty, Output: tty, Environ: []string{"TERM=xterm-256color"}}, func(ctx context.Context, _ *stage.Stage) error {
			taken, end := context.WithTimeout(ctx, patience)
			defer end()
			for taken.Err() == nil {
				if is, err := term.GetState(int(tty.Fd())); err != nil || !reflect.DeepEqual(is, was) {
					panic("broken")
				}
				time.Sleep(time.Millisecond)
			}
			return taken.Err() // it was never taken over
		})
	}()
	if is, err := term.GetState(int(tty.Fd())); err != nil || !reflect.DeepEqual(is, was) {
		t.Errorf("%v, %v; it was %v", is, err, was)
	}
}
