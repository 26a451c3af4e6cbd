package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"storydesk/tracker/kernel"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if isWorker() {
		os.Exit(workerExit(ctx, func(*kernel.Config) {}))
	}
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, err)
		stop()
		os.Exit(1)
	}
}

// errBroken is the error of a campaign that found the promise broken.
var errBroken = errors.New("the guarantee is broken")

func run(ctx context.Context) (err error) {
	var o options
	flag.IntVar(&o.comments, "comments", 1000, "acknowledged comments at least")
	flag.IntVar(&o.kills, "kills", 50, "workers to kill")
	flag.IntVar(&o.processes, "processes", 3, "worker processes at a time")
	flag.IntVar(&o.boards, "boards", 0, "how many of the processes work as a board does")
	flag.BoolVar(&o.server, "postgres", false, "the database is on a PostgreSQL server, which is killed and restarted, over connections that break")
	flag.BoolVar(&o.twice, "twice", false, "on that server lanes can be claimed twice: the lane's fence, the attempts and Zendesk's stamp must keep comments from being doubled then")
	flag.IntVar(&o.tickets, "tickets", 0, "tickets that take part, 0 for some ten comments on each; many make a long quiet window bearable")
	flag.DurationVar(&o.quiet, "quiet", 0, "quiet window before a comment is sent again")
	flag.DurationVar(&o.listLag, "list-lag", 3*time.Second, "how long a list of comments may lag behind; the sandbox's lag a second less")
	flag.DurationVar(&o.sendTimeout, "send-timeout", 1500*time.Millisecond, "how long an update may take")
	flag.StringVar(&o.faults, "faults", "", "only the faults whose name holds this, as a campaign's report writes it")
	flag.Uint64Var(&o.seed, "seed", uint64(time.Now().UnixNano()), "where the troubles follow from")
	flag.StringVar(&o.folder, "folder", "", "keep the database and the workers' logs here; empty deletes them")
	flag.Parse()
	if o.folder == "" {
		if o.folder, err = os.MkdirTemp("", "campaign"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(o.folder)) }()
	} else if err := os.MkdirAll(o.folder, 0o700); err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "seed %d\n", o.seed)
	v, err := runCampaign(ctx, o)
	if err != nil {
		return err
	}
	fmt.Println(v)
	if !v.passed() {
		return errBroken
	}
	return nil
}
