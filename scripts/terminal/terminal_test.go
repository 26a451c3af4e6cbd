package terminal_test

import (
	"image/color"
	"os/exec"
	"strings"
	"testing"

	"storydesk/scripts/terminal"
)

func start(t *testing.T, o terminal.Options, script string) *terminal.Terminal {
	t.Helper()
	cmd := exec.Command("sh", "-c", script)
	cmd.Env = terminal.Environment(t.TempDir())
	x, err := terminal.Start(cmd, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	return x
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestADialogueAndItsCells(t *testing.T) {
	x := start(t, terminal.Options{Width: 30, Height: 3}, `printf 'name? '; read -r name; printf '\033[1m漢 %s\033[m' "$name"; exit 3`)
	must(t, x.Sees("name?"))
	must(t, x.Press("Ada", "enter"))
	must(t, x.Sees("漢 Ada"))
	code, err := x.Wait()
	if code != 3 || err != nil {
		t.Errorf("exit code %d, %v; want 3", code, err)
	}
	wide, placeholder, space := x.Cells().CellAt(0, 1), x.Cells().CellAt(1, 1), x.Cells().CellAt(2, 1)
	if wide.Content != "漢" || wide.Width != 2 || placeholder.Width != 0 || space.Width != 1 {
		t.Errorf("cells %+v, %+v, %+v", wide, placeholder, space)
	}
	if wide.Style.Attrs == 0 {
		t.Error("the cell has lost its weight")
	}
}

// A wait for what cannot come any more ends at once and shows the screen.
func TestAWaitEndsWithTheProgram(t *testing.T) {
	x := start(t, terminal.Options{Width: 30, Height: 3}, `echo first; exit 1`)
	err := x.Sees("first", "second")
	if err == nil || !strings.Contains(err.Error(), "“second”") || !strings.Contains(err.Error(), "exit status 1") {
		t.Errorf("got %v", err)
	}
}

// A program that asks for the background hears the colour that was chosen.
func TestTheTerminalReportsItsBackground(t *testing.T) {
	ask := `stty raw -echo; printf '\033]11;?\a'; answer=$(dd bs=1 count=24 2>/dev/null | tr -d '\033\a'); printf '%s' "$answer"`
	x := start(t, terminal.Options{Width: 40, Height: 3, Background: color.Gray{0xfd}}, ask)
	must(t, x.Sees("rgb:fdfd/fdfd/fdfd"))
}

func TestCloseEndsAProgramThatRuns(t *testing.T) {
	x := start(t, terminal.Options{Width: 30, Height: 3}, `echo here; exec sleep 3600`)
	must(t, x.Sees("here"))
	must(t, x.Kill())
	if code, err := x.Wait(); code != -1 || err != nil {
		t.Errorf("Wait = %d, %v", code, err)
	}
}

// A program that has not heard of a smaller window scrolls lines that are gone.
func TestMarginsBeyondTheWindow(t *testing.T) {
	x := start(t, terminal.Options{Width: 30, Height: 3}, `printf '\033[1;9r\033[2Sdone'; read -r end`)
	must(t, x.Sees("done"))
}
