package ui_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/creack/pty"

	"storydesk/tracker/guard"
	"storydesk/ui"
	"storydesk/ui/board"
	"storydesk/ui/draw"
	"storydesk/ui/pane"
	"storydesk/ui/stage"
	"storydesk/ui/uitest"
)

// faultyPane panics at the chosen place once all is read, which a second is
// enough for.
type faultyPane struct {
	*board.Board
	at   string
	open bool
}

func (p *faultyPane) Init() tea.Cmd { return nil }

func (p *faultyPane) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(pane.Ticked); !ok {
		return nil
	}
	switch {
	case p.at == "Update":
		panic("the fault of Update")
	case p.at == "a command":
		return p.Do(func(context.Context) tea.Msg { panic("the fault of a command") })
	case p.open:
		return nil
	}
	p.open = true
	return p.Open(p, pane.Body)
}

func (p *faultyPane) Draw(*draw.Canvas, draw.Rect) { panic("the fault of Draw") }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Wherever the board panics, it ends and gives the terminal back.
func TestAPanicEndsTheProgramInOrder(t *testing.T) {
	t.Parallel()
	for _, at := range []string{"Update", "Draw", "a command"} {
		t.Run(at, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.Options.Service, w.Options.Project = uitest.UseCases(w.Service), w.Project
			master, tty, err := pty.Open()
			must(t, err)
			must(t, pty.Setsize(tty, &pty.Winsize{Cols: 80, Rows: 24}))
			var screen bytes.Buffer
			read := make(chan struct{})
			go func() {
				defer close(read)
				_, _ = io.Copy(&screen, master) // fails when the tty is closed
			}()
			m := ui.New(t.Context(), w.Options)
			h := m.Host()
			h.Layers = append(h.Layers, pane.Layer{Pane: &faultyPane{Board: m.NewBoard(), at: at}, Place: pane.Body}) // below the board

			err = m.RunOn(stage.On{Input: tty, Output: tty})
			must(t, tty.Close())
			<-read
			must(t, master.Close())
			var crash *guard.Crash
			if !errors.As(err, &crash) || crash.Value != "the fault of "+at || !strings.Contains(crash.Stack, "crash_test.go") {
				t.Fatalf("%v", err)
			}
			if strings.LastIndex(screen.String(), "\x1b[?1049h") > strings.LastIndex(screen.String(), "\x1b[?1049l") {
				t.Error("the alternate screen stays")
			}
		})
	}
}
