package tests

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"storydesk/store/keyring"
	"storydesk/store/keyring/keyringtest"
	"storydesk/wiring"
	"storydesk/zendesk/sandbox"
)

// TestMain lets this binary be storydesk itself when it runs under that name,
// on a machine without a keyring. Under another name it has the system's own,
// which a test must first take the place of, or panics somewhere.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"storydesk":                func() { os.Exit(wiring.Run(keyringtest.Broken(errors.New("no keyring in tests")))) },
		"storydesk-system-keyring": func() { os.Exit(wiring.Run(keyring.System{})) },
		"storydesk-crash-browser":  crashBrowser,
		"storydesk-crash-desks":    crashDesks,
		"xdg-open":                 browse,
	})
}

// TestScript runs the command scripts against the real program. Beside the
// usual commands of testscript they have:
//
//	exits CODE COMMAND...   runs a command, which must end with that exit code
//	json FILE PATH VALUE    compares a value inside JSON, such as 0.name;
//	                        "length" is a list's length
//	sandbox FLAG...         starts `storydesk demo --no-ui` and sets URL, EMAIL,
//	                        PASSWORD, TOKEN and VIEW to what it prints, and
//	                        CLIENT to its OAuth client
//	control METHOD PATH BODY  asks the sandbox's control calls
//	paste-login WHAT COMMAND...  presses Allow where a command says so, and
//	                        pastes the address that this leads to, or the code
//	callback-port           sets PORT to a free one that the sandbox's OAuth
//	                        clients may come back to
//	hides-tokens DATABASE FILE...  fails if a file holds the tokens that are kept
//	hides-texts TICKETS FILE  fails if a file holds a text of the tickets, which
//	                        are JSON as `ticket list` prints it
//
// A command that opens a browser gets one that presses the button named PRESS.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               atHome,
		Cmds:                commands(),
	})
}

// atHome gives a script a home of its own.
func atHome(env *testscript.Env) error {
	home := env.WorkDir + "/home"
	env.Setenv("HOME", home)
	env.Setenv("XDG_DATA_HOME", home+"/data")
	env.Setenv("XDG_STATE_HOME", home+"/state")
	env.Setenv("XDG_CONFIG_HOME", home+"/config")
	env.Setenv("STORYDESK_USER", "Ada Lovelace")
	// The race detector would hold up the end of every command by a second.
	env.Setenv("GORACE", "atexit_sleep_ms=0")
	return os.Mkdir(home, 0o700)
}

func commands() map[string]func(*testscript.TestScript, bool, []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"exits": exits, "json": checkJSON, "sandbox": startDemo, "control": control,
		"paste-login": pasteLogin, "hides-tokens": hidesTokens, "hides-texts": hidesTexts, "callback-port": callbackPort,
	}
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND...")
	}
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if want := args[0]; strconv.Itoa(got) != want {
		ts.Fatalf("exit code %d, want %s", got, want)
	}
}

func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: json FILE PATH VALUE")
	}
	var node any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &node))
	for step := range strings.SplitSeq(args[1], ".") {
		node = within(ts, node, step)
	}
	var want any
	if err := json.Unmarshal([]byte(args[2]), &want); err != nil {
		want = args[2]
	}
	if !reflect.DeepEqual(node, want) {
		got, err := json.Marshal(node)
		ts.Check(err)
		ts.Fatalf("%s is %s, want %s", args[1], got, args[2])
	}
}

// within goes one step into a JSON value.
func within(ts *testscript.TestScript, node any, step string) any {
	switch node := node.(type) {
	case []any:
		if step == "length" {
			return float64(len(node))
		}
		i, err := strconv.Atoi(step)
		ts.Check(err)
		if i < len(node) {
			return node[i]
		}
	case map[string]any:
		if v, ok := node[step]; ok {
			return v
		}
	}
	ts.Fatalf("there is no %s in %v", step, node)
	return nil
}

func startDemo(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("sandbox cannot be negated")
	}
	cmd := exec.Command("storydesk", append([]string{"demo", "--no-ui"}, args...)...)
	cmd.Dir, cmd.Stderr = ts.MkAbs("."), os.Stderr
	for _, name := range []string{"HOME", "PATH", "TMPDIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "STORYDESK_DB", "GORACE"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() {
		if err := errors.Join(cmd.Process.Signal(os.Interrupt), cmd.Wait()); err != nil {
			ts.Fatalf("the demo did not end well: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadBytes('\n')
	ts.Check(err)
	var ready map[string]any
	decoder := json.NewDecoder(strings.NewReader(string(line)))
	decoder.UseNumber()
	ts.Check(decoder.Decode(&ready))
	for _, name := range []string{"url", "email", "password", "token", "view_id"} {
		value, ok := ready[name]
		if !ok {
			ts.Fatalf("the demo's line has no %s: %s", name, line)
		}
		ts.Setenv(strings.TrimSuffix(strings.ToUpper(name), "_ID"), fmt.Sprint(value))
	}
	ts.Setenv("CLIENT", sandbox.PublicClient)
}

func control(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: control METHOD PATH BODY")
	}
	request, err := http.NewRequest(args[0], ts.Getenv("URL")+args[1], strings.NewReader(args[2]))
	ts.Check(err)
	request.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(request)
	ts.Check(err)
	ts.Check(answer.Body.Close())
	if answer.StatusCode >= 300 {
		ts.Fatalf("%s %s answered %s", args[0], args[1], answer.Status)
	}
}

func hidesTexts(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: hides-texts TICKETS FILE")
	}
	var tickets []struct{ Subject, Requester, Organization string }
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &tickets))
	if len(tickets) == 0 {
		ts.Fatalf("there are no tickets whose texts could be hidden")
	}
	whole := ts.ReadFile(args[1])
	for _, t := range tickets {
		for _, text := range []string{t.Subject, t.Requester, t.Organization} {
			if text = strings.TrimSpace(text); text != "" && strings.Contains(whole, text) {
				ts.Fatalf("%s holds %q", args[1], text)
			}
		}
	}
}
