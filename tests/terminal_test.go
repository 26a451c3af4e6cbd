package tests

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/creack/pty"

	"storydesk/scripts/terminal"
)

// However the program ends, the terminal is as before.
func TestTheTerminalIsAsBefore(t *testing.T) {
	for name, end := range map[string]func(x *console){
		"quit":      func(x *console) { x.press("q") },
		"ctrl+c":    func(x *console) { x.press("ctrl+c") },
		"interrupt": func(x *console) { x.must(x.Signal(os.Interrupt)) },
		"terminate": func(x *console) { x.must(x.Signal(syscall.SIGTERM)) },
		"hang up":   func(x *console) { x.must(x.Signal(syscall.SIGHUP)) },
		"in a form": func(x *console) {
			x.press(",", "a")
			x.sees("Add an integration")
			x.press("enter")
			x.sees("Zendesk URL")
			x.press("ctrl+c")
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			// A terminal that knows progress bars.
			x := startWith(t, []string{"TERM_PROGRAM=ghostty"}, 100, 30, t.TempDir(), "demo")
			x.sees("1 Tickets", "s ago")
			end(x)
			x.leaves(0)
		})
	}
}

// A window that is closed ends the program, and nothing that was saved is lost.
func TestAClosedWindowEndsTheProgram(t *testing.T) {
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	x := start(t, 100, 30, home, "--db", db)
	x.sees("create stories without Zendesk")
	x.press("n", "Kept all the same", "enter")
	x.sees("Kept all the same")
	x.must(x.Hangup())
	x.ends()
	var stories []storyJSON
	twin(t, home, &stories, "--db", db, "story", "list")
	if len(stories) != 1 || stories[0].Name != "Kept all the same" {
		t.Errorf("%+v", stories)
	}
}

// The shell gets its terminal back while the program is suspended, and the
// program its own when it goes on.
func TestSuspendRestoresTheTerminal(t *testing.T) {
	home := t.TempDir()
	cmd := exec.Command("sh", "-c", `set -m; "$0" demo; echo suspended; read -r line; fg; echo "left with $?"`, program(t))
	cmd.Env = environment(home)
	tty, err := terminal.Start(cmd, terminal.Options{Width: 100, Height: 30})
	if err != nil {
		t.Fatal(err)
	}
	x := &console{tty, t}
	t.Cleanup(func() { x.must(tty.Close()) })
	x.sees("1 Tickets", "s ago")
	x.press("ctrl+z")
	x.sees("suspended")
	if left, err := x.Left(); err != nil || len(left) > 0 {
		t.Errorf("left behind while suspended: %s, %v", strings.Join(left, ", "), err)
	}
	x.press("enter")
	x.sees("1 Tickets", "s ago")
	x.press("q")
	x.sees("left with 0")
	x.leaves(0)
}

// Where no shell is waiting, such as in a terminal that runs nothing else, the
// program goes on and says why.
func TestSuspendWithoutAShell(t *testing.T) {
	x := start(t, 100, 30, t.TempDir(), "demo")
	x.sees("1 Tickets", "s ago")
	x.press("ctrl+z")
	x.sees("not suspended")
	x.press("ctrl+c")
	x.leaves(0)
}

// A terminal that claims to be larger than any is drawn in part.
func TestAnAbsurdTerminalIsDrawnInPart(t *testing.T) {
	cmd := exec.Command(program(t), "demo")
	cmd.Env = environment(t.TempDir())
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: 65535, Rows: 65535})
	if err != nil {
		t.Fatal(err)
	}
	drawn := bufio.NewReader(terminal)
	for said := ""; !strings.Contains(said, "1 Tickets"); {
		piece, err := drawn.ReadString('m') // every colour ends in one
		if err != nil {
			t.Fatal(err)
		}
		said = said[max(0, len(said)-100):] + piece
	}
	if _, err := terminal.WriteString("\x03"); err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, drawn) // until the program has ended
	if err := cmd.Wait(); err != nil {
		t.Error(err)
	}
	terminal.Close()
}

// An editor that fails or is missing gives the screen back; the text stays.
func TestAFailingEditorRestoresTheScreen(t *testing.T) {
	for name, says := range map[string]string{"false": "exit status 1", "storydesk-no-such-editor": "not found"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := startWith(t, []string{"VISUAL=" + name}, 120, 30, t.TempDir(), "demo")
			x.sees("1 Tickets", "s ago")
			x.press("b")
			x.sees("S-1 created")
			x.press("2", "enter", "c")
			x.sees("New comment")
			x.press("A sentence")
			x.sees("A sentence")
			x.press("ctrl+o")
			x.sees(says, "A sentence")
			x.press("ctrl+c")
			x.leaves(0)
		})
	}
}

// A panic ends the program with one sentence and the exit code 1.
// What was saved is there again, and the log says where it happened.
func TestACrashRestoresTheTerminal(t *testing.T) {
	for name, c := range map[string]struct {
		program string
		crash   func(x *console)
		panics  string
	}{
		"in a command": {"storydesk-crash-browser", func(x *console) {
			x.sees("S-1")
			x.press("o")
		}, "a crash in the browser"},
		// The poller and the preview read without being asked.
		"of a reading": {"storydesk-crash-zendesk", func(*console) {}, "a crash in the Zendesk client"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			db := filepath.Join(home, "demo.db")
			x := start(t, 120, 30, home, "demo", "--db", db)
			x.sees("1 Tickets", "s ago")
			x.press("b")
			x.sees("S-1 created")
			x.press("q")
			x.leaves(0)

			crashing, err := exec.LookPath(c.program)
			x.must(err)
			x = startProgram(t, crashing, []string{"DISPLAY=:0"}, 120, 30, home, "demo", "--db", db)
			c.crash(x)
			x.leaves(1)
			if said := x.Text(); !strings.Contains(said, "storydesk crashed") || strings.Contains(said, "goroutine") {
				t.Errorf("it says\n%s", said)
			}
			log, err := os.ReadFile(filepath.Join(home, "state", "storydesk", "storydesk.log"))
			x.must(err)
			if !strings.Contains(string(log), c.panics) || !strings.Contains(string(log), "harness_main_test.go") {
				t.Errorf("the log does not say where: %s", log)
			}
			var stories []storyJSON
			twin(t, home, &stories, "--db", db, "story", "list")
			if len(stories) != 1 {
				t.Errorf("%+v", stories)
			}
		})
	}
}
