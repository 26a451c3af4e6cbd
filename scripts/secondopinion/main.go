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

	"github.com/charmbracelet/x/ansi"

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
		{"a name in Hindi", []string{"n", "जीएसटी रिपोर्ट में नमस्ते", "enter"}, "जीएस"},
		{"a name in Tamil", []string{"n", "தமிழ் மொழி அறிக்கை", "enter"}, "தமி"},
		{"a name in Thai", []string{"n", "ช่วยดูน้ำหนักไฟล์ให้ด้วย", "enter"}, "ช่วย"},
		{"a name in Arabic", []string{"n", "مرحبًا، الفاتورة لا تُطبع", "enter"}, "مرح"},
		{"a name in Hebrew", []string{"n", "שָׁלוֹם, החשבונית לא נפתחת", "enter"}, "שָׁלוֹם"},
		{"a name of emoji", []string{"n", "👩‍👩‍👧 ⚠️ 👍🏽 🇩🇪 ｶﾞ end", "enter"}, "👩"},
		{"a story", []string{"1", "b"}, "S-7"},
		{"the last tickets", []string{"G"}, "#9"},
		{"a conversation", []string{"g", "enter"}, "Conversation"},
		{"help", []string{"esc", "?"}, "keys here and on other screens"},
		{"the palette", []string{"esc", ":"}, "Commands"},
		{"deliveries", []string{"esc", "d"}, "Deliveries"},
	}
}

// opinions compares the tour at three sizes, with mode 2027 and without: over a
// secure shell the program does not ask for it.
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
		for _, env := range []string{"STORYDESK_LOCAL=1", "SSH_TTY=/dev/pts/0"} {
			if err := compare(ctx, work, program, s, env); err != nil {
				return fmt.Errorf("at %d×%d with %s: %w", s.width, s.height, env, err)
			}
		}
	}
	return nil
}

// compare takes the tour at one size with one more variable in the environment.
func compare(ctx context.Context, work, program string, s size, env string) (err error) {
	cmd := exec.CommandContext(ctx, program, "demo", "--empty")
	cmd.Env = append(terminal.Environment(filepath.Join(work, strconv.Itoa(s.width))), env)
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
		fmt.Printf("%d×%d %s, %s: the same\n", s.width, s.height, env, at.name)
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
	// The mark behind the bytes shows that all of them have been drawn.
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

// differences lists the lines in which two screens differ: in their text, or in
// the column where they end. They may differ in the blanks behind a word that one
// of them makes wider.
func differences(ours, theirs string) string {
	a, b := strings.Split(ours, "\n"), strings.Split(theirs, "\n")
	var said strings.Builder
	for i := range max(len(a), len(b)) {
		x, y := line(a, i), line(b, i)
		if words(x) != words(y) || ansi.StringWidth(x) != columns(y) {
			fmt.Fprintf(&said, "%3d  emulator %3d %s\n     tmux     %3d %s\n", i+1, ansi.StringWidth(x), x, columns(y), y)
		}
	}
	return said.String()
}

// words returns a line with one blank in place of several.
func words(line string) string { return strings.Join(strings.Fields(line), " ") }

// columns returns how many cells tmux has used for a line: it counts code
// points, but none that a joiner ties to what stands before.
func columns(line string) int {
	const joiner = '\u200d'
	n, last := 0, rune(0)
	for _, r := range line {
		if last != joiner {
			n += ansi.StringWidthWc(string(r))
		}
		last = r
	}
	return n
}

func line(screen []string, i int) string {
	if i >= len(screen) {
		return ""
	}
	return strings.TrimRight(screen[i], " \r")
}
