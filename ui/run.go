package ui

import (
	"context"
	"errors"
	"io"
	"os/signal"
	"syscall"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
)

// Options is what the terminal program needs. Service, Project and OpenBrowser
// are required.
type Options struct {
	// Service is the tracker. Its Run is the caller's business.
	Service *tracker.Service
	// Project is shown first.
	Project tracker.Project
	// OpenBrowser shows an address in the user's browser. It must not write to
	// the terminal, nor wait for the browser to end.
	OpenBrowser func(url string) error
	// StartSandbox adds an integration with a sandbox to look around in; nil
	// when there is none to offer.
	StartSandbox func(ctx context.Context) error
	// Input and Output are the terminal.
	Input  io.Reader
	Output io.Writer
	// Environ is the user's environment, as NAME=value.
	Environ []string
	// ASCII draws with ASCII only, HighContrast with strong colours.
	ASCII, HighContrast bool
}

// Run shows the board until the user leaves, ctx ends, or the process is told
// to end. The terminal is restored in every case.
func Run(ctx context.Context, o Options) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	root := newTerminal(ctx, o)
	defer root.app.feed.Close()
	program := tea.NewProgram(root,
		tea.WithContext(ctx), tea.WithInput(o.Input), tea.WithOutput(o.Output),
		tea.WithEnvironment(o.Environ), tea.WithFilter(coalesce()))
	_, err := program.Run()
	if errors.Is(err, context.Canceled) || errors.Is(err, tea.ErrInterrupted) {
		return nil
	}
	return err
}
