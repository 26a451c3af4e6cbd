package ownaction

import (
	"context"
	"errors"
	"os/exec"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/ui/dialog"
	"storydesk/ui/owncommand"
)

// process is a command that has the terminal while it runs.
type process struct {
	dialog.Handover
	ctx   context.Context
	calls []call
	// done counts the calls that did well, code is how the last one ended.
	done, code int
	// lent counts who has the terminal, and with it ctrl+c.
	lent *atomic.Int32
}

// lentAfter is how long after its end the terminal still counts as the command's: an
// interruption that ended it may be told a little later.
const lentAfter = time.Second

// handOver gives the terminal to a command until it ends.
func (r *Runner) handOver(c owncommand.Command, calls []call) tea.Cmd {
	p := &process{ctx: r.Context(), calls: calls, lent: r.Lent}
	return dialog.HandOver(p, func(err error) tea.Msg {
		return ended{
			command: c, result: owncommand.Result{Code: p.code}, err: err,
			calls: len(calls), done: p.done, of: calls[min(p.done, len(calls)-1)].of,
		}
	})
}

// Run runs the command on the terminal, call by call until one fails.
func (p *process) Run() error {
	p.lent.Add(1)
	defer time.AfterFunc(lentAfter, func() { p.lent.Add(-1) })
	for _, c := range p.calls {
		if err := p.runOne(c.args); err != nil || p.code != 0 {
			return err
		}
		p.done++
	}
	return nil
}

func (p *process) runOne(args []string) error {
	cmd, err := owncommand.Cmd(p.ctx, args)
	if err != nil {
		return err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = p.Stdin, p.Stdout, p.Stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) && p.ctx.Err() == nil {
		p.code = exit.ExitCode()
		return nil
	}
	return err
}
