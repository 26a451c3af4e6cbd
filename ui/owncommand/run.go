package owncommand

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"sync"
	"time"
)

// Limit is how much of a command's output is shown, in bytes.
const Limit = 64 << 10

// leave is how long a command that was stopped may take to end.
const leave = time.Second

// Result is what became of a command.
type Result struct {
	// Output is what it printed, up to Limit; Cut is true where it printed more.
	Output []byte
	Cut    bool
	// Complaint is what it wrote to standard error, up to Limit.
	Complaint []byte
	// Code is its exit code, -1 where a signal ended it.
	Code int
}

// Then is what a run and the next one printed, with a heading above that unless it is
// empty, up to Limit.
func (r Result) Then(heading string, next Result) Result {
	out := capped{cut: r.Cut}
	_, _ = out.Write(r.Output)
	if heading != "" {
		if n := out.kept.Len(); n > 0 && out.kept.Bytes()[n-1] != '\n' {
			heading = "\n" + heading
		}
		_, _ = out.Write([]byte(heading + "\n"))
	}
	_, _ = out.Write(next.Output)
	return Result{Output: out.kept.Bytes(), Cut: out.cut || next.Cut}
}

// Run runs a program with arguments as [Command.Expand] returns them, in the
// environment of this process, and waits until it ends or ctx does. An exit
// code other than 0 is no error.
func Run(ctx context.Context, args []string) (Result, error) {
	cmd, err := Cmd(ctx, args)
	if err != nil {
		return Result{}, err
	}
	detach(cmd)
	var out, complaint capped
	cmd.Stdout, cmd.Stderr = &out, io.MultiWriter(&out, &complaint)
	err = cmd.Run()
	result := Result{Output: out.kept.Bytes(), Cut: out.cut, Complaint: complaint.kept.Bytes(), Code: cmd.ProcessState.ExitCode()}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return result, fmt.Errorf("run %s: %w", args[0], ctx.Err())
	case errors.As(err, &exit):
		return result, nil
	case err != nil:
		return result, fmt.Errorf("run %s: %w", args[0], err)
	}
	return result, nil
}

// Cmd returns the process of expanded arguments, for a command that is given the terminal.
func Cmd(ctx context.Context, args []string) (*exec.Cmd, error) {
	if len(args) == 0 {
		return nil, errors.New("the command is empty")
	}
	cmd := exec.CommandContext(ctx, args[0], args[1:]...) //nolint:gosec // the program is named in the user's own config, and no shell reads the arguments
	cmd.WaitDelay = leave
	return cmd, nil
}

// Why says why a command could not be run.
func Why(err error) string {
	var start *exec.Error
	if errors.As(err, &start) && errors.Is(err, exec.ErrNotFound) {
		return fmt.Sprintf("there is no program %q on the path", start.Name)
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Path + ": " + path.Err.Error()
	}
	return err.Error()
}

// capped holds the first bytes that are written to it and drops the rest, so
// that the command never waits for a reader.
type capped struct {
	mu   sync.Mutex
	kept bytes.Buffer
	cut  bool
}

// Write implements io.Writer.
func (c *capped) Write(p []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	room := min(len(p), Limit-c.kept.Len())
	c.cut = c.cut || room < len(p)
	c.kept.Write(p[:room])
	return len(p), nil
}
