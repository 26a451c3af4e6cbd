package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"golang.org/x/sync/errgroup"

	"storydesk/scripts/terminal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	compare := flag.Bool("check", false, "compare new pictures with those in docs, and write none")
	flag.Parse()
	var err error
	if *compare {
		err = check(ctx, "docs")
	} else {
		err = pictures(ctx, "docs")
	}
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
	program, err := terminal.BuildPackage(ctx, work, "scripts/pictures/program")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil { //nolint:gosec // the pictures are for everybody
		return err
	}
	dark := session{program: program, folder: folder, look: darkLook()}
	light := session{program: program, folder: folder, look: lightLook()}
	film := session{program: program, folder: folder, look: darkLook(), width: filmWidth, height: filmHeight}
	demos, ctx := errgroup.WithContext(ctx)
	demos.Go(func() error { return dark.play(ctx, morning()) })
	demos.Go(func() error { return light.play(ctx, board("board-light.svg")) })
	demos.Go(func() error { return film.play(ctx, decision("ticket-to-comment.svg")) })
	return demos.Wait()
}
