package tests

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"

	"storydesk/scripts/terminal"
)

// console is the real program on a terminal; what goes wrong there fails the test.
type console struct {
	*terminal.Terminal
	t *testing.T
}

// environment is that of a program at home, on a machine without a keyring. The
// race detector would hold up the end of each by a second.
func environment(home string) []string {
	return append(terminal.Environment(home), noKeyring(home), "GORACE=atexit_sleep_ms=0")
}

// noKeyring is the variable without which a program would find the keyring of
// whoever runs the tests.
func noKeyring(home string) string { return "DBUS_SESSION_BUS_ADDRESS=unix:path=" + home + "/no-bus" }

// furnished among the arguments of the demo leaves it its sample stories.
const furnished = "furnished"

// program returns the path of the real program.
func program(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("storydesk")
	if err != nil {
		t.Fatal(err)
	}
	// The go command takes a test's result from its cache while the files that it
	// looked at are the same.
	if _, err := os.Stat("../main.go"); err != nil {
		t.Fatal(err)
	}
	return path
}

// start runs the program on a terminal of that size.
func start(t *testing.T, width, height int, home string, args ...string) *console {
	t.Helper()
	return startWith(t, nil, width, height, home, args...)
}

// startWith is start with more in the environment, as NAME=value.
func startWith(t *testing.T, env []string, width, height int, home string, args ...string) *console {
	t.Helper()
	return startProgram(t, program(t), env, width, height, home, args...)
}

// startProgram is startWith for the program at a path.
func startProgram(t *testing.T, path string, env []string, width, height int, home string, args ...string) *console {
	t.Helper()
	if len(args) > 0 && args[0] == "demo" && !slices.Contains(args, furnished) {
		args = append([]string{"demo", "--empty"}, args[1:]...) // the tests begin with an empty board
	}
	args = slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return arg == furnished })
	cmd := exec.Command(path, args...)
	cmd.Env = append(environment(home), env...)
	x, err := terminal.Start(cmd, terminal.Options{Width: width, Height: height})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return &console{x, t}
}

func (x *console) must(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

// until waits for a screen on which ok is true.
func (x *console) until(what string, ok func(screen string) bool) {
	x.t.Helper()
	x.must(x.Until(what, ok))
}

// sees waits until the screen has shown each of these.
func (x *console) sees(texts ...string) {
	x.t.Helper()
	x.must(x.Sees(texts...))
}

// loses waits until the screen no longer shows this.
func (x *console) loses(text string) {
	x.t.Helper()
	x.must(x.Loses(text))
}

// press sends keys, each as the bytes that a terminal sends for it.
func (x *console) press(keys ...string) {
	x.t.Helper()
	x.must(x.Press(keys...))
}

// resize gives the terminal another size.
func (x *console) resize(width, height int) {
	x.t.Helper()
	x.must(x.Resize(width, height))
}

// kill ends the program without a chance to tidy up.
func (x *console) kill() {
	x.t.Helper()
	x.must(x.Kill())
}

// ends waits for the program's end and returns its exit code.
func (x *console) ends() int {
	x.t.Helper()
	code, err := x.Wait()
	x.must(err)
	return code
}

// ended waits for the program's end and checks its exit code and its last words.
func (x *console) ended(code int, last string) {
	x.t.Helper()
	if got := x.ends(); got != code {
		x.t.Errorf("exit code %d, want %d", got, code)
	}
	if !strings.Contains(x.Text(), last) {
		x.t.Errorf("it did not say %q:\n%s", last, x.Text())
	}
}

// leaves checks that the program ends with a code and the terminal is as before.
func (x *console) leaves(code int) {
	x.t.Helper()
	if got := x.ends(); got != code {
		x.t.Errorf("exit code %d, want %d\n%s", got, code, x.Text())
	}
	left, err := x.Left()
	x.must(err)
	if len(left) > 0 {
		x.t.Errorf("left behind: %s", strings.Join(left, ", "))
	}
}

// style is how the cell looks that stands n cells behind the beginning of a
// text on the screen.
func (x *console) style(text string, n int) uv.Style {
	x.t.Helper()
	at := x.over(text)
	return x.Cells().CellAt(at.x+n, at.y).Style
}
