package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"storydesk/scripts/terminal"
)

// measure is what is measured, as the table names it.
type measure string

const (
	firstFrame measure = "start to the first frame, ms"
	rows       measure = "start to the rows, ms"
	memory     measure = "memory once the rows are there, MB"
	keystroke  measure = "a key typed into the filter to the rows that match, ms"
	scroll     measure = "bytes written for a line scrolled"
	wholeView  measure = "a command that reads a view of 2,400 tickets at 100 ms a request, ms"
)

// bench is a run of all programs.
type bench struct {
	ctx             context.Context //nolint:containedctx // it lasts as long as the run
	folder, program string
	figures         map[measure]map[string][]float64
}

func (b *bench) note(m measure, program string, v float64) {
	if b.figures[m] == nil {
		b.figures[m] = make(map[string][]float64)
	}
	b.figures[m][program] = append(b.figures[m][program], v)
}

// program is one that shows the items in a terminal.
type program struct {
	name, line string
	// filter opens its filter, empty where it has none that follows what is typed.
	filter []string
	// filtering is what the screen shows when the filter is open.
	filtering string
	// down goes to the next line, empty where it ends by itself.
	down string
}

func (b *bench) programs() []program {
	return []program{
		{name: "storydesk", line: "exec " + b.program, filter: []string{"2", "/"}, filtering: "/", down: "j"},
		{name: "taskwarrior", line: "exec task list"},
		{name: "vit", line: "exec vit", down: "j"},
		{name: "fzf", line: "exec fzf <list", filter: []string{""}, down: "up"},
	}
}

// item is how a row is known.
var item = regexp.MustCompile(`Item \d{4}`)

// enough is how many rows a screen of rows has at least.
const enough = 20

// measure starts a program and measures what it does.
func (b *bench) measure(p program) (err error) {
	cmd := b.command(p.line)
	begun := time.Now()
	t, err := terminal.Start(cmd, terminal.Options{Width: width, Height: height})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	if err := t.Until("a frame", func(s string) bool { return strings.TrimSpace(s) != "" }); err != nil {
		return err
	}
	b.note(firstFrame, p.name, millis(begun))
	if err := t.Until("rows", func(s string) bool { return len(item.FindAllString(s, enough)) == enough }); err != nil {
		return err
	}
	b.note(rows, p.name, millis(begun))
	if p.down == "" {
		return nil
	}
	t.Rest()
	resident, err := residentMB(cmd.Process.Pid)
	if err != nil {
		return err
	}
	b.note(memory, p.name, resident)
	if err := b.scrolls(p, t); err != nil || p.filter == nil {
		return err
	}
	return b.filters(p, t)
}

// scrolls goes below the last row on the screen, and counts what the rows after it cost.
func (b *bench) scrolls(p program, t *terminal.Terminal) error {
	const lines = 20
	if p.name == "storydesk" {
		if err := t.Press("2"); err != nil {
			return err
		}
	}
	for range height + 5 {
		if err := t.Press(p.down); err != nil {
			return err
		}
	}
	t.Rest()
	before := len(t.Raw())
	for range lines {
		if err := t.Press(p.down); err != nil {
			return err
		}
		t.Rest()
	}
	b.note(scroll, p.name, float64(len(t.Raw())-before)/lines)
	return nil
}

// filters types a filter that one row matches, and measures its last key.
func (b *bench) filters(p program, t *terminal.Terminal) error {
	for _, key := range p.filter {
		if err := t.Press(key); err != nil {
			return err
		}
		t.Rest()
	}
	for _, key := range strings.Split("197", "") {
		if err := t.Press(key); err != nil {
			return err
		}
		t.Rest()
	}
	begun := time.Now()
	if err := t.Press("8"); err != nil {
		return err
	}
	err := t.Until("the row", func(s string) bool {
		found := item.FindAllString(s, -1)
		return len(found) > 0 && len(found) < 5 && strings.Contains(s, "Item 1978")
	})
	b.note(keystroke, p.name, millis(begun))
	return err
}

func millis(since time.Time) float64 { return float64(time.Since(since).Microseconds()) / 1000 }

// residentMB is the memory that a process holds.
func residentMB(pid int) (float64, error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0, errors.New("the system does not tell how much memory a process holds")
	}
	kB, err := strconv.Atoi(fields[0])
	return float64(kB) / 1024, err
}
