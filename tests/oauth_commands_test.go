package tests

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"storydesk/store"
	"storydesk/zendesk/sandbox"
)

// pressInBrowser follows an authorization address as a browser does, presses a
// button there, and returns the address that it leads to.
func pressInBrowser(address, button string) (string, error) {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	page, err := client.Get(address)
	if err != nil {
		return "", err
	}
	defer page.Body.Close()
	text, err := io.ReadAll(page.Body)
	if err != nil {
		return "", err
	}
	form := url.Values{"decision": {button}}
	for _, field := range regexp.MustCompile(`name="([a-z_]+)" value="([^"]*)"`).FindAllStringSubmatch(string(text), -1) {
		if field[1] != "decision" {
			form.Set(field[1], strings.ReplaceAll(field[2], "&#43;", "+"))
		}
	}
	u, err := url.Parse(address)
	if err != nil {
		return "", err
	}
	back, err := client.PostForm(u.Scheme+"://"+u.Host+"/oauth/authorizations", form)
	if err != nil {
		return "", err
	}
	defer back.Body.Close()
	if back.StatusCode != http.StatusFound {
		return "", fmt.Errorf("the page answered %s: %s", back.Status, text)
	}
	return back.Header.Get("Location"), nil
}

// browse is the browser of the scripts: it runs as xdg-open, presses the button
// that PRESS names, and goes where that leads.
func browse() {
	back, err := pressInBrowser(os.Args[1], os.Getenv("PRESS"))
	if err == nil {
		var landed *http.Response
		if landed, err = http.Get(back); err == nil {
			err = landed.Body.Close()
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
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
	for _, name := range []string{"HOME", "PATH", "TMPDIR", "XDG_DATA_HOME", "XDG_STATE_HOME", "STORYDESK_USER", "GORACE"} {
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
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Check(listener.Close())
	control(ts, false, []string{http.MethodPost, "/sandbox/redirects", fmt.Sprintf(`["http://%s/callback"]`, listener.Addr())})
	_, port, err := net.SplitHostPort(listener.Addr().String())
	ts.Check(err)
	ts.Setenv("PORT", port)
}

// hidesTokens checks that the tokens kept for integration 1 stand in none of
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
	var kept map[string]string
	ts.Check(json.Unmarshal([]byte(document), &kept))
	for _, token := range []string{kept["access_token"], kept["refresh_token"]} {
		if token == "" {
			ts.Fatalf("there is no token in what is kept")
		}
		for _, file := range args[1:] {
			if strings.Contains(ts.ReadFile(file), token) {
				ts.Fatalf("%s tells a token", file)
			}
		}
	}
}

// On a terminal a new integration signs in at once, after the consent that the
// tokens need.
func TestIntegrationAddSignsIn(t *testing.T) {
	_, base := openSandbox(t)
	x := start(t, 500, 30, t.TempDir(), "integration", "add", "--name", "Support", "--url", base, "--view", fmt.Sprint(sandbox.ViewNew))
	x.sees("Sign-in, 1 to 4 (enter: 1):")
	x.press("enter")
	x.sees("OAuth client's identifier:")
	x.press(sandbox.PublicClient, "enter")
	x.sees("Save it unencrypted in the database file? [y/N]")
	x.press("y", "enter")
	x.sees("Open this address in a browser:", "Paste that whole address here")
	address := regexp.MustCompile(`http://\S+/oauth/authorizations/new\S+`).FindString(x.Text())
	back, err := pressInBrowser(address, "allow")
	if err != nil {
		t.Fatal(err)
	}
	x.sees("invalid_scope: add read and tickets:write")
	x.press(back, "enter")
	x.sees("Signed in to 127.0.0.1:", "as "+sandbox.Email)
	x.ended(0, "is on")
}

// Whoever does not agree has an integration that says how to sign it in.
func TestIntegrationAddWithoutSigningIn(t *testing.T) {
	x := start(t, 200, 30, t.TempDir(), "integration", "add", "--name", "Support", "--url", "acme", "--view", "1", "--client-id", "c")
	x.sees("[y/N]")
	x.press("enter")
	x.sees(`Support is added, but not signed in: ` + "`" + `storydesk integration login "Support"` + "`" + ` tries again.`)
	x.ended(1, "--store-secret-in-db")
}
