package tests

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"storydesk/zendesk/sandbox"
)

// withConfig is a home whose database has the tickets of a sandbox, and whose config
// file says something.
func withConfig(t *testing.T, base, config string) (home string) {
	t.Helper()
	home = t.TempDir()
	add := exec.Command(program(t), "integration", "add", "--name", "Support", "--url", base, "--email", sandbox.Email,
		"--view", "360058219014", "--store-secret-in-db")
	add.Env = append(environment(home), "STORYDESK_SECRET="+sandbox.Token)
	if out, err := add.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	where := exec.Command(program(t), "config", "path")
	where.Env = environment(home)
	path, err := where.Output()
	if err != nil {
		t.Fatal(err)
	}
	file := strings.TrimSpace(string(path))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	return home
}

// A ticket whose subject a shell would run is one argument to a command of the user's,
// in the real program, and nothing is run.
func TestAHostileSubjectIsOneArgumentOfAnOwnCommand(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	trap, file := filepath.Join(folder, "x"), filepath.Join(folder, "arguments")
	subject := "$(touch " + trap + "); `touch " + trap + "`"
	box, base := openSandbox(t)
	if err := box.Edit(sandbox.Edit{Ticket: 1047, Subject: subject}); err != nil {
		t.Fatal(err)
	}
	home := withConfig(t, base, fmt.Sprintf(`
[[commands]]
name = "Note it"
key = "ctrl+b"
where = "ticket"
command = ["sh", "-c", 'printf "%%s\n" "$#" "$@" > %s', "sh", "{{.Ticket.Subject}}", "{{.Ticket.URL}}"]

[[commands]]
name = "Ask me"
key = "ctrl+t"
where = "ticket"
output = "terminal"
command = ["sh", "-c", 'echo "you have the terminal"; read line; echo "$line" > %s; exit 3', "sh"]
`, file, file))
	x := start(t, 140, 40, home)
	x.sees("touch", "ctrl+b Note it")
	x.press("/", "#1047", "enter", "ctrl+b")
	x.sees("“Note it” is done")
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(string(got), "\n"); len(lines) != 4 || lines[0] != "2" || lines[1] != subject || !strings.HasSuffix(lines[2], "/1047") {
		t.Errorf("the command got %q", got)
	}
	if _, err := os.Stat(trap); err == nil {
		t.Error("the subject was run")
	}

	// The terminal is the command's while it runs, and ctrl+c, too.
	x.press("ctrl+t")
	x.sees("you have the terminal")
	x.press("typed here", "enter")
	x.sees("“Ask me” failed with exit status 3", "#1047")
	if got, err := os.ReadFile(file); err != nil || string(got) != "typed here\n" {
		t.Errorf("the command read %q, %v", got, err)
	}
	x.press("ctrl+t")
	x.until("the command has the terminal again", func(screen string) bool { return strings.Count(screen, "you have the terminal") == 2 })
	x.press("ctrl+c")
	x.sees("“Ask me” failed", "#1047")
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}
