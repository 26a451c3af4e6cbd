package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"storydesk/scripts/terminal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := opinions(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// size is a terminal's size in cells.
type size struct{ width, height int }

// station is where the two screens are compared: the keys that lead there and
// what the screen then shows.
type station struct {
	name  string
	keys  []string
	shows string
}

// tour shows scripts of many kinds, a story, a conversation and the lists.
func tour() []station {
	return []station{
		{"the tickets", nil, "#1048"},
		{"a story", []string{"b"}, "S-1"},
		{"the last tickets", []string{"G"}, "#9"},
		{"a conversation", []string{"g", "enter"}, "Conversation"},
		{"help", []string{"esc", "?"}, "keys that work here"},
		{"the palette", []string{"esc", ":"}, "Do what?"},
		{"deliveries", []string{"esc", "d"}, "Deliveries"},
	}
}

// opinions compares the tour at three sizes.
func opinions(ctx context.Context) (err error) {
	work, err := os.MkdirTemp("", "storydesk-opinion-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	program, err := terminal.Build(ctx, work)
	if err != nil {
		return err
	}
	for _, s := range []size{{80, 24}, {120, 40}, {200, 60}} {
		if err := compare(ctx, work, program, s); err != nil {
			return fmt.Errorf("at %d×%d: %w", s.width, s.height, err)
		}
	}
	return nil
}

// compare takes the tour at one size.
func compare(ctx context.Context, work, program string, s size) (err error) {
	cmd := exec.CommandContext(ctx, program, "demo")
	cmd.Env = terminal.Environment(filepath.Join(work, strconv.Itoa(s.width)))
	x, err := terminal.Start(cmd, terminal.Options{Width: s.width, Height: s.height})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	for _, at := range tour() {
		for _, k := range at.keys {
			if err := x.Press(k); err != nil {
				return err
			}
			// An escape is a key of its own only when nothing follows at once.
			x.Rest()
		}
		if err := x.Sees(at.shows); err != nil {
			return err
		}
		written, ours := settled(x)
		theirs, err := tmux(ctx, work, written, s)
		if err != nil {
			return err
		}
		if differ := differences(ours, theirs); differ != "" {
			return fmt.Errorf("%s: tmux shows something else\n%s", at.name, differ)
		}
		fmt.Printf("%d×%d %s: the same\n", s.width, s.height, at.name)
	}
	return nil
}

// settled returns all that was written and the screen that came of just that.
func settled(x *terminal.Terminal) (written, screen string) {
	for {
		x.Rest()
		written, screen = x.Raw(), x.Text()
		if written == x.Raw() {
			return written, screen
		}
	}
}

// tmux returns the screen that tmux makes of what was written.
func tmux(ctx context.Context, work, written string, s size) (string, error) {
	file, socket := filepath.Join(work, "written"), filepath.Join(work, "socket")
	// The mark behind the bytes tells that all of them have been drawn.
	if err := os.WriteFile(file, []byte(written+"\x1b]2;drawn\a"), 0o600); err != nil {
		return "", err
	}
	run := func(args ...string) (string, error) {
		args = append([]string{"-S", socket, "-f", "/dev/null", "-u"}, args...)
		cmd := exec.CommandContext(ctx, "tmux", args...) //nolint:gosec // arguments of our own
		out, err := cmd.Output()
		if err != nil {
			return "", fmt.Errorf("tmux %s: %w", args[0], err)
		}
		return string(out), nil
	}
	_, err := run("new-session", "-d", "-x", strconv.Itoa(s.width), "-y", strconv.Itoa(s.height),
		"stty raw -echo; cat '"+file+"'; sleep 60", ";", "set", "-g", "status", "off")
	if err != nil {
		return "", err
	}
	defer func() { _, _ = run("kill-server") }() // nothing is left where it fails
	for range 100 {
		title, err := run("display-message", "-p", "#{pane_title}")
		if err != nil {
			return "", err
		}
		if strings.TrimSpace(title) == "drawn" {
			return run("capture-pane", "-p")
		}
		time.Sleep(50 * time.Millisecond)
	}
	return "", errors.New("tmux did not draw all in 5 s")
}

// differences lists the lines in which two screens differ, blanks at their ends
// left out.
func differences(ours, theirs string) string {
	a, b := strings.Split(ours, "\n"), strings.Split(theirs, "\n")
	var said strings.Builder
	for i := range max(len(a), len(b)) {
		x, y := line(a, i), line(b, i)
		if x != y {
			fmt.Fprintf(&said, "%3d  emulator %s\n     tmux     %s\n", i+1, x, y)
		}
	}
	return said.String()
}

func line(screen []string, i int) string {
	if i >= len(screen) {
		return ""
	}
	return strings.TrimRight(screen[i], " \r")
}
