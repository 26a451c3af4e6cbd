package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"

	"storydesk/scripts/terminal"
)

// session is a demo on a terminal, of which pictures are taken.
type session struct {
	program, folder string
	look            look
	// width and height are the terminal's size at first, the board's where they are 0.
	width, height int
	terminal      *terminal.Terminal
	// film are the frames that were shot so far.
	film film
}

// play runs a scenario on a demo of its own.
func (s *session) play(ctx context.Context, scenario []step) (err error) {
	home, err := os.MkdirTemp("", "storydesk-home-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(home)) }()
	cmd := exec.CommandContext(ctx, s.program, "demo") //nolint:gosec // the program that was just built
	cmd.Env = append(terminal.Environment(home), "TZ=UTC")
	s.terminal, err = terminal.Start(cmd, terminal.Options{
		Width: cmp.Or(s.width, boardWidth), Height: cmp.Or(s.height, boardHeight), Foreground: s.look.foreground, Background: s.look.background,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.terminal.Close()) }()
	for _, do := range scenario {
		if err := do(s); err != nil {
			return err
		}
	}
	return nil
}

// step is one thing done in a session.
type step func(s *session) error

// press sends keys and waits until the screen shows what they bring.
func press(shows string, keys ...string) step {
	return func(s *session) error {
		if err := s.terminal.Press(keys...); err != nil {
			return err
		}
		if err := s.terminal.Sees(shows); err != nil {
			return fmt.Errorf("after %s: %w", strings.Join(keys, " "), err)
		}
		return nil
	}
}

// sees waits until the screen shows something that comes by itself.
func sees(text string) step {
	return func(s *session) error { return s.terminal.Sees(text) }
}

// loses waits until the screen no longer shows something.
func loses(text string) step {
	return func(s *session) error { return s.terminal.Loses(text) }
}

// resize gives the terminal another size and waits until the screen shows text.
func resize(width, height int, shows string) step {
	return func(s *session) error {
		if err := s.terminal.Resize(width, height); err != nil {
			return err
		}
		return s.terminal.Sees(shows)
	}
}

// passes lets the clock of the demo go on for as long as a comment waits.
func passes() step {
	return func(s *session) error { return s.terminal.Signal(syscall.SIGUSR1) }
}

// take writes what the screen shows as a picture.
func take(name string) step {
	return func(s *session) error {
		s.terminal.Rest()
		picture := draw(s.terminal.Cells(), s.look, "storydesk")
		return os.WriteFile(filepath.Join(s.folder, name), []byte(picture), 0o644) //nolint:gosec // for everybody
	}
}
