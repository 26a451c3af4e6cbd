package tests

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"reflect"
	"strconv"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"

	"storydesk/store"
	"storydesk/zendesk/sandbox"
	"storydesk/zendesk/signin/signintest"
)

// atHome gives a script a home of its own.
func atHome(env *testscript.Env) error {
	home := env.WorkDir + "/home"
	env.Setenv("HOME", home)
	name, value, _ := strings.Cut(noKeyring(home), "=")
	env.Setenv(name, value)
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
	for _, name := range []string{"HOME", "PATH", "TMPDIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "STORYDESK_DB", "DBUS_SESSION_BUS_ADDRESS", "GORACE"} {
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
	ts.Setenv("FEED", fmt.Sprint(ready["feed_url"]))
	ts.Setenv("FEED_BASE", fmt.Sprint(ready["feed_base_url"]))
}

func control(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: control METHOD PATH BODY")
	}
	base := ts.Getenv("URL")
	if strings.HasSuffix(args[1], "/feed") {
		base = strings.TrimSuffix(ts.Getenv("FEED"), "/stories.xml")
	}
	request, err := http.NewRequest(args[0], base+args[1], strings.NewReader(args[2]))
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

// pasteLogin runs a command that shows an authorization address, presses Allow
// there, and pastes the address that this leads to.
func pasteLogin(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: paste-login address|code COMMAND...")
	}
	cmd := exec.Command(args[1], args[2:]...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"HOME", "PATH", "TMPDIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "STORYDESK_USER", "DBUS_SESSION_BUS_ADDRESS", "GORACE"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	stdin, err := cmd.StdinPipe()
	ts.Check(err)
	stderr, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		ts.Logf("%s", lines.Text())
		if strings.HasPrefix(lines.Text(), "http://") {
			break
		}
	}
	back, err := pressInBrowser(lines.Text(), "allow")
	ts.Check(err)
	if args[0] == "code" {
		u, err := url.Parse(back)
		ts.Check(err)
		back = u.Query().Get("code")
	}
	_, err = fmt.Fprintln(stdin, back)
	ts.Check(err)
	_, err = io.Copy(io.Discard, stderr)
	ts.Check(err)
	ts.Check(cmd.Wait())
}

func callbackPort(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: callback-port")
	}
	port, err := signintest.Port(context.Background())
	ts.Check(err)
	control(ts, false, []string{http.MethodPost, "/sandbox/redirects", fmt.Sprintf(`["http://127.0.0.1:%d/callback"]`, port)})
	ts.Setenv("PORT", strconv.Itoa(port))
}

// hidesTokens checks that the tokens saved for integration 1 are in none of
// the files; stdout and stderr name the last command's.
func hidesTokens(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: hides-tokens DATABASE FILE...")
	}
	db, err := store.Open(context.Background(), ts.MkAbs(args[0]))
	ts.Check(err)
	defer db.Close()
	document, err := db.Secrets().Secret(context.Background(), 1)
	ts.Check(err)
	var saved map[string]string
	ts.Check(json.Unmarshal([]byte(document), &saved))
	for _, token := range []string{saved["access_token"], saved["refresh_token"]} {
		if token == "" {
			ts.Fatalf("there is no token in the saved secret")
		}
		for _, file := range args[1:] {
			if strings.Contains(ts.ReadFile(file), token) {
				ts.Fatalf("%s contains a token", file)
			}
		}
	}
}
