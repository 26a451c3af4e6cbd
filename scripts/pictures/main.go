package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"golang.org/x/sync/errgroup"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := pictures(ctx, "docs")
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// pictures builds storydesk and writes all pictures of it into a folder.
func pictures(ctx context.Context, folder string) (err error) {
	work, err := os.MkdirTemp("", "storydesk-pictures-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	program := filepath.Join(work, "storydesk")
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "storydesk") //nolint:gosec // a path of our own
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build storydesk: %w", err)
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // the pictures are for everybody
		return err
	}
	dark := session{program: program, folder: folder, look: darkLook()}
	light := session{program: program, folder: folder, look: lightLook()}
	demos, ctx := errgroup.WithContext(ctx)
	demos.Go(func() error { return dark.play(ctx, morning()) })
	demos.Go(func() error { return light.play(ctx, board("board-light.svg")) })
	return demos.Wait()
}
