package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"

	"storydesk/scripts/terminal"
)

// Sizes of what is measured.
const (
	items         = 2000
	width, height = 120, 40
)

func main() {
	runs := flag.Int("runs", 15, "how often each program runs")
	write := flag.Bool("write", false, "write the figures into docs/performance.md")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := sideBySide(ctx, *runs, *write)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "sidebyside:", err)
		os.Exit(1)
	}
}

// sideBySide measures everything and prints or writes the figures.
func sideBySide(ctx context.Context, runs int, write bool) (err error) {
	for _, tool := range []string{"task", "vit", "fzf", "node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			return fmt.Errorf("%s is missing: apt-get install taskwarrior vit fzf nodejs", tool)
		}
	}
	folder, err := os.MkdirTemp("", "storydesk-sidebyside-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	b := &bench{ctx: ctx, folder: folder, figures: make(map[measure]map[string][]float64)}
	if err := b.prepare(); err != nil {
		return err
	}
	view, err := b.openView() //nolint:contextcheck // closing must not end with ctx
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, view.close()) }() //nolint:contextcheck // closing must not end with ctx
	for run := range runs {
		fmt.Fprintf(os.Stderr, "run %d of %d\n", run+1, runs)
		for _, p := range b.programs() {
			if err := b.measure(p); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
		if err := b.readView(view); err != nil {
			return err
		}
	}
	about, err := b.machine(runs)
	if err != nil {
		return err
	}
	text := about + "\n\n" + b.table()
	if !write {
		fmt.Print(text)
		return nil
	}
	return replace(filepath.Join("docs", "performance.md"), text)
}

// prepare builds storydesk and gives each program the same items.
func (b *bench) prepare() error {
	var err error
	if b.program, err = terminal.Build(b.ctx, b.folder, "-trimpath", "-ldflags=-s -w"); err != nil {
		return err
	}
	var list, table, tasks strings.Builder
	table.WriteString("Id,Title,Type,Current State,Estimate\n")
	for i := 1; i <= items; i++ {
		fmt.Fprintf(&list, "Item %04d of the list\n", i)
		fmt.Fprintf(&table, "%d,Item %04d of the list,feature,unstarted,1\n", i, i)
		fmt.Fprintf(&tasks, `{"description":"Item %04d of the list","status":"pending","entry":"20260102T030405Z"}`+"\n", i)
	}
	if err := os.Mkdir(filepath.Join(b.folder, ".vit"), 0o700); err != nil {
		return err
	}
	for name, text := range map[string]string{
		".vit/config.ini": "[taskwarrior]\n", // without one vit asks whether to make it
		"list":            list.String(), "list.csv": table.String(), "tasks": tasks.String(),
		".taskrc": "data.location=" + filepath.Join(b.folder, ".task") + "\nverbose=nothing\nconfirmation=no\n",
	} {
		if err := os.WriteFile(filepath.Join(b.folder, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	for _, line := range []string{
		b.program + " import list.csv", "task import tasks",
		"npm install --silent --no-audit --no-fund node-zendesk",
	} {
		if _, err := b.run(line); err != nil {
			return err
		}
	}
	return nil
}

// command is a line of the shell with a home of its own.
func (b *bench) command(line string, env ...string) *exec.Cmd {
	cmd := exec.CommandContext(b.ctx, "sh", "-c", line) //nolint:gosec // lines of our own
	cmd.Dir = b.folder
	cmd.Env = append(terminal.Environment(b.folder), env...)
	return cmd
}

// run runs a line and returns what it prints.
func (b *bench) run(line string, env ...string) (string, error) {
	out, err := b.command(line, env...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", line, err, out)
	}
	return string(out), nil
}
