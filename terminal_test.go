package main

import (
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a screen may take to show something. It is generous:
// a wait ends as soon as the thing is there.
const patience = 30 * time.Second

// terminal is the real program on a pseudo-terminal, its screen kept by an
// emulator.
type terminal struct {
	t    *testing.T
	cmd  *exec.Cmd
	tty  *os.File
	exit chan error

	mu     sync.Mutex
	screen *vt.Emulator
	// raw is every byte that the program sent.
	raw []byte
	// changed is closed and replaced whenever the program wrote.
	changed chan struct{}
}

// program returns a path under which this test binary runs as storydesk.
func program(t *testing.T) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "storydesk")
	if err := os.Symlink(self, path); err != nil {
		t.Fatal(err)
	}
	return path
}

// environment is what the program sees: a home of its own and a modern terminal.
func environment(home string) []string {
	return []string{
		"HOME=" + home, "XDG_DATA_HOME=" + home + "/data", "XDG_STATE_HOME=" + home + "/state",
		"XDG_CONFIG_HOME=" + home + "/config", "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(),
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "STORYDESK_USER=Ada Lovelace",
	}
}

// start runs the program on a pseudo-terminal of that size.
func start(t *testing.T, width, height int, home string, args ...string) *terminal {
	t.Helper()
	x := &terminal{
		t: t, screen: vt.NewEmulator(width, height), changed: make(chan struct{}), exit: make(chan error, 1),
		cmd: exec.Command(program(t), args...),
	}
	x.cmd.Env = environment(home)
	tty, err := pty.StartWithSize(x.cmd, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)})
	if err != nil {
		t.Fatal(err)
	}
	x.tty = tty
	// The emulator answers the program's questions about the terminal.
	go func() { _, _ = io.Copy(tty, x.screen) }()
	read := make(chan struct{})
	go func() {
		defer close(read)
		x.read()
	}()
	go func() {
		err := x.cmd.Wait()
		<-read
		x.exit <- err
	}()
	t.Cleanup(func() {
		if x.cmd.ProcessState == nil {
			_ = x.cmd.Process.Kill()
		}
		_ = tty.Close()
		_ = x.screen.Close()
	})
	return x
}

func (x *terminal) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := x.tty.Read(buf)
		x.mu.Lock()
		x.raw = append(x.raw, buf[:n]...)
		_, _ = x.screen.Write(buf[:n])
		close(x.changed)
		x.changed = make(chan struct{})
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// text returns the screen as lines without colours.
func (x *terminal) text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.screen.String()
}

// until waits for a screen on which ok is true.
func (x *terminal) until(what string, ok func(screen string) bool) {
	x.t.Helper()
	deadline := time.After(patience)
	for {
		x.mu.Lock()
		screen, changed := x.screen.String(), x.changed
		x.mu.Unlock()
		if ok(screen) {
			return
		}
		select {
		case <-changed:
		case err := <-x.exit:
			x.exit <- err
			x.t.Fatalf("the program ended (%v) before %s:\n%s", err, what, x.text())
		case <-deadline:
			x.t.Fatalf("%s did not come:\n%s", what, x.text())
		}
	}
}

// sees waits until the screen shows all of these.
func (x *terminal) sees(texts ...string) {
	x.t.Helper()
	for _, text := range texts {
		x.until("“"+text+"”", func(screen string) bool { return strings.Contains(screen, text) })
	}
}

// loses waits until the screen no longer shows this.
func (x *terminal) loses(text string) {
	x.t.Helper()
	x.until("the end of “"+text+"”", func(screen string) bool { return !strings.Contains(screen, text) })
}

// press sends keys, each as the bytes that a terminal sends for it.
func (x *terminal) press(keys ...string) {
	x.t.Helper()
	for _, k := range keys {
		if _, err := io.WriteString(x.tty, keyBytes(k)); err != nil {
			x.t.Fatal(err)
		}
	}
}

func keyBytes(k string) string {
	switch k {
	case "enter":
		return "\r"
	case "esc":
		return "\x1b"
	case "tab":
		return "\t"
	case "down":
		return "\x1b[B"
	case "up":
		return "\x1b[A"
	case "right":
		return "\x1b[C"
	case "left":
		return "\x1b[D"
	case "space":
		return " "
	}
	if name, ok := strings.CutPrefix(k, "ctrl+"); ok {
		return string(name[0] & 0x1f)
	}
	return k
}

// resize gives the terminal another size.
func (x *terminal) resize(width, height int) {
	x.t.Helper()
	x.mu.Lock()
	x.screen.Resize(width, height)
	x.mu.Unlock()
	if err := pty.Setsize(x.tty, &pty.Winsize{Cols: uint16(width), Rows: uint16(height)}); err != nil {
		x.t.Fatal(err)
	}
}

// kill ends the program without a chance to tidy up.
func (x *terminal) kill() {
	x.t.Helper()
	if err := x.cmd.Process.Signal(syscall.SIGKILL); err != nil {
		x.t.Fatal(err)
	}
	<-x.exit
}

// ends waits for the program's end and returns its exit code.
func (x *terminal) ends() int {
	x.t.Helper()
	select {
	case err := <-x.exit:
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			return failed.ExitCode()
		}
		if err != nil {
			x.t.Fatal(err)
		}
		return 0
	case <-time.After(patience):
		x.t.Fatalf("the program does not end:\n%s", x.text())
		return -1
	}
}
