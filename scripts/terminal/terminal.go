package terminal

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/term"
)

// timeout is how long a screen may take to show something. It is generous:
// a wait ends as soon as the thing is there.
const timeout = 30 * time.Second

// quiet is how long a program that has drawn its frame writes nothing.
const quiet = 150 * time.Millisecond

// Options are what the program finds when it starts.
type Options struct {
	// Width and Height are the terminal's size in cells.
	Width, Height int
	// Foreground and Background are the colours that the terminal says it has;
	// nil is white and black.
	Foreground, Background color.Color
}

// Terminal is a program on a pseudo-terminal whose screen is held by an emulator.
type Terminal struct {
	cmd *exec.Cmd
	tty *os.File
	// before is the line discipline as the program found it.
	before *term.State

	// ended is closed when the program has ended and all that it wrote is on
	// the screen; err is then how it ended.
	ended chan struct{}
	err   error
	// answered is closed when the emulator answers no more.
	answered chan struct{}

	mu     sync.Mutex
	screen *vt.Emulator
	// raw is every byte that the program wrote.
	raw []byte
	// changed is closed and replaced whenever the program wrote.
	changed chan struct{}
}

// Environment is what a program should see so that nothing of the machine shows
// on its screen: a home of its own and a modern terminal.
func Environment(home string) []string {
	return []string{
		"HOME=" + home, "XDG_DATA_HOME=" + home + "/data", "XDG_STATE_HOME=" + home + "/state",
		"XDG_CONFIG_HOME=" + home + "/config", "PATH=" + os.Getenv("PATH"), "TMPDIR=" + os.TempDir(),
		"TERM=xterm-256color", "COLORTERM=truecolor", "LANG=C.UTF-8", "STORYDESK_USER=Ada Lovelace",
	}
}

// Build builds storydesk in a folder, with more flags for the go command, and
// returns the program's path.
func Build(ctx context.Context, folder string, flags ...string) (program string, err error) {
	return BuildPackage(ctx, folder, "", flags...)
}

// BuildPackage is Build for a program that stands below the module's folder.
func BuildPackage(ctx context.Context, folder, below string, flags ...string) (program string, err error) {
	program = filepath.Join(folder, "storydesk")
	module, err := exec.CommandContext(ctx, "go", "list", "-m").Output()
	if err != nil {
		return "", fmt.Errorf("go list -m: %w", err)
	}
	build := exec.CommandContext(ctx, "go", slices.Concat([]string{"build", "-o", program}, flags, []string{path.Join(strings.TrimSpace(string(module)), below)})...) //nolint:gosec // a path of our own
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		return "", fmt.Errorf("build storydesk: %w", err)
	}
	return program, nil
}

// Start starts a command on a new terminal. Close it when done.
func Start(cmd *exec.Cmd, o Options) (*Terminal, error) {
	x := &Terminal{
		cmd: cmd, screen: vt.NewEmulator(o.Width, o.Height),
		changed: make(chan struct{}), ended: make(chan struct{}), answered: make(chan struct{}),
	}
	x.screen.SetDefaultForegroundColor(o.Foreground)
	x.screen.SetDefaultBackgroundColor(o.Background)
	// What the program wrote for a larger window may come once the window is smaller:
	// the emulator must not scroll lines that it does not have.
	x.screen.RegisterCsiHandler('r', func(p ansi.Params) bool {
		bottom, _, _ := p.Param(1, 0)
		return bottom > x.screen.Height()
	})
	if err := x.start(size(o.Width, o.Height)); err != nil {
		return nil, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	go x.answer()
	go func() {
		x.read()
		x.err = cmd.Wait()
		close(x.ended)
	}()
	return x, nil
}

// start runs the command on a new pseudo-terminal as the leader of its session.
// The line discipline is read before, while nobody can have changed it.
func (x *Terminal) start(size *pty.Winsize) error {
	tty, theirs, err := pty.Open()
	if err != nil {
		return err
	}
	x.cmd.Stdin, x.cmd.Stdout, x.cmd.Stderr = theirs, theirs, theirs
	x.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	err = pty.Setsize(tty, size)
	if err == nil {
		x.before, err = discipline(tty)
	}
	if err == nil {
		err = x.cmd.Start()
	}
	err = errors.Join(err, theirs.Close())
	if err != nil {
		return errors.Join(err, tty.Close())
	}
	x.tty = tty
	return nil
}

func size(width, height int) *pty.Winsize {
	return &pty.Winsize{Cols: uint16(width), Rows: uint16(height)} //nolint:gosec // a terminal's size is small
}

// answer sends the emulator's answers to the program's questions about the
// terminal. Both ends of the copy fail only when they are closed.
func (x *Terminal) answer() {
	defer close(x.answered)
	_, _ = io.Copy(x.tty, x.screen)
}

// read puts on the screen what the program writes, until it ends.
func (x *Terminal) read() {
	buf := make([]byte, 32<<10)
	for {
		n, err := x.tty.Read(buf)
		x.mu.Lock()
		x.raw = append(x.raw, buf[:n]...)
		_, _ = x.screen.Write(buf[:n]) // fails only when closed
		close(x.changed)
		x.changed = make(chan struct{})
		x.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Text returns the screen as lines without colours.
func (x *Terminal) Text() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.screen.String()
}

// Cells returns the screen with its colours. A wide character is followed by a
// cell of width 0.
func (x *Terminal) Cells() *uv.Buffer {
	x.mu.Lock()
	defer x.mu.Unlock()
	cells := uv.NewBuffer(x.screen.Width(), x.screen.Height())
	for row := range cells.Height() {
		for column := range cells.Width() {
			cells.Lines[row][column] = *x.screen.CellAt(column, row)
		}
	}
	return cells
}

// Raw returns every byte that the program has written.
func (x *Terminal) Raw() string {
	x.mu.Lock()
	defer x.mu.Unlock()
	return string(x.raw)
}

// Until waits for a screen on which ok is true; what names it in the error.
func (x *Terminal) Until(what string, ok func(screen string) bool) error {
	deadline := time.After(timeout)
	for {
		x.mu.Lock()
		screen, changed := x.screen.String(), x.changed
		x.mu.Unlock()
		if ok(screen) {
			return nil
		}
		select {
		case <-changed:
		case <-x.ended:
			if ok(x.Text()) {
				return nil
			}
			return fmt.Errorf("the program ended (%s) before %s:\n%s", x.cmd.ProcessState, what, x.Text())
		case <-deadline:
			return fmt.Errorf("%s did not come:\n%s", what, x.Text())
		}
	}
}

// Sees waits until the screen has shown each of these.
func (x *Terminal) Sees(texts ...string) error {
	for _, text := range texts {
		err := x.Until("“"+text+"”", func(screen string) bool { return strings.Contains(screen, text) })
		if err != nil {
			return err
		}
	}
	return nil
}

// Loses waits until the screen no longer shows this.
func (x *Terminal) Loses(text string) error {
	return x.Until("the end of “"+text+"”", func(screen string) bool { return !strings.Contains(screen, text) })
}

// Rest waits until the program has written nothing for a moment: a frame comes
// in pieces, and the last one is whole then.
func (x *Terminal) Rest() {
	for {
		x.mu.Lock()
		changed := x.changed
		x.mu.Unlock()
		select {
		case <-changed:
		case <-x.ended:
			return
		case <-time.After(quiet):
			return
		}
	}
}

// Press sends keys: a name such as enter or ctrl+s, or text as it is.
func (x *Terminal) Press(keys ...string) error {
	for _, k := range keys {
		if _, err := io.WriteString(x.tty, keyBytes(k)); err != nil {
			return fmt.Errorf("press %s: %w", k, err)
		}
	}
	return nil
}

// keyBytes are what a terminal sends for a key.
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

// Resize gives the terminal another size in cells.
func (x *Terminal) Resize(width, height int) error {
	x.mu.Lock()
	x.screen.Resize(width, height)
	x.mu.Unlock()
	return pty.Setsize(x.tty, size(width, height))
}

// Signal sends the program a signal.
func (x *Terminal) Signal(s os.Signal) error { return x.cmd.Process.Signal(s) }

// Hangup closes the terminal under the program, as a window that is closed does.
func (x *Terminal) Hangup() error { return x.tty.Close() }

// Kill ends the program without a chance to tidy up, and waits for its end.
func (x *Terminal) Kill() error {
	if err := x.cmd.Process.Kill(); err != nil {
		return err
	}
	<-x.ended
	return nil
}

// Wait waits for the program's end and returns its exit code.
func (x *Terminal) Wait() (int, error) {
	select {
	case <-x.ended:
	case <-time.After(timeout):
		return -1, fmt.Errorf("the program does not end:\n%s", x.Text())
	}
	var failed *exec.ExitError
	if errors.As(x.err, &failed) {
		return failed.ExitCode(), nil
	}
	return 0, x.err
}

// Close ends the program if it still runs, and frees the terminal.
func (x *Terminal) Close() error {
	if err := x.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	// The emulator's own Close races with the reader of its answers; the end of
	// the pipe between them ends both.
	var err error
	if answers, ok := x.screen.InputPipe().(io.Closer); ok {
		err = answers.Close()
		<-x.answered
	}
	if closeErr := x.tty.Close(); !errors.Is(closeErr, os.ErrClosed) {
		err = errors.Join(err, closeErr)
	}
	return err
}
