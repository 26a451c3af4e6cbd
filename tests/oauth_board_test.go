package tests

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"storydesk/zendesk/sandbox"
)

// address reads an address that is wrapped in a panel on the screen.
func (x *console) address() string {
	x.t.Helper()
	lines := strings.Split(x.Text(), "\n")
	for i, l := range lines {
		at := strings.Index(l, "http://")
		if at < 0 || !strings.Contains(l, "/oauth/") {
			continue
		}
		column := len([]rune(l[:at]))
		var address strings.Builder
		for _, l := range lines[i:] {
			piece, _, _ := strings.Cut(string([]rune(l)[column:]), " ")
			if piece == "" {
				break
			}
			address.WriteString(piece)
		}
		return address.String()
	}
	x.t.Fatalf("no address in\n%s", x.Text())
	return ""
}

// addIntegration fills in the form of an integration that signs in with OAuth,
// and saves it.
func (x *console) addIntegration(base string) {
	x.t.Helper()
	x.sees("add an integration")
	x.press("a")
	x.sees("Add an integration")
	x.press("enter")
	x.sees("Zendesk URL", "OAuth (browser)", "Save in database")
	x.press("tab", "Support", "tab", base, "tab", "tab", sandbox.PublicClient, "tab", strconv.FormatInt(sandbox.ViewUnresolved, 10))
	x.press("tab", "tab", "tab", "tab", "space")
	x.sees("● on")
	x.press("ctrl+s")
}

// On the board a new integration is signed in through the browser, and its
// tickets are there. No secret stands in what others on the machine can read.
func TestBoardSignsInWithOAuth(t *testing.T) {
	box, base := openSandbox(t)
	env, opened := recordingBrowser(t)
	home := t.TempDir()
	x := startWith(t, env, 120, 40, home, "--debug")
	x.addIntegration(base)
	x.sees("Sign in to 127.0.0.1", "/oauth/authorizations/new")
	x.until("the browser opened", func(string) bool {
		_, err := os.Stat(opened)
		return err == nil
	})
	address, err := os.ReadFile(opened)
	if err != nil || string(address) != x.address() {
		t.Fatalf("opened %q, %v; shown is %q", address, err, x.address())
	}
	back, err := pressInBrowser(string(address), "allow")
	if err != nil {
		t.Fatal(err)
	}
	x.press("p")
	x.sees("Code or address:")
	x.press(back, "enter")
	x.sees("Support is signed in", "Login loops")
	tokens := box.AccessTokens()
	if len(tokens) != 1 {
		t.Fatalf("%d tokens were issued", len(tokens))
	}
	log, err := os.ReadFile(filepath.Join(home, "state/storydesk/storydesk.log"))
	if err != nil {
		t.Fatal(err)
	}
	arguments, err := filepath.Glob("/proc/[0-9]*/cmdline")
	if err != nil {
		t.Fatal(err)
	}
	read := string(log) + string(address)
	for _, file := range arguments {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // that process has ended
		}
		read += string(text)
	}
	for _, secret := range []string{tokens[0], "code=" + regexp.MustCompile(`code=([^&]+)`).FindStringSubmatch(back)[1]} {
		if strings.Contains(read+x.Text(), secret) {
			t.Error("a secret is in the log, on the screen or among the arguments of a process")
		}
	}
	x.press("q")
	if code := x.ends(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// Over SSH no browser is opened, whatever the machine has: the address is shown.
func TestBoardShowsTheAddressOverSSH(t *testing.T) {
	_, base := openSandbox(t)
	env, opened := recordingBrowser(t)
	x := startWith(t, append(env, "SSH_TTY=/dev/pts/9"), 120, 40, t.TempDir())
	x.addIntegration(base)
	x.sees("over SSH it would not be on your screen", "Open this address in a browser")
	back, err := pressInBrowser(x.address(), "allow")
	if err != nil {
		t.Fatal(err)
	}
	x.press("p")
	x.sees("Code or address:")
	x.press(back, "enter")
	x.sees("Support is signed in", "Login loops")
	if _, err := os.Stat(opened); err == nil {
		t.Error("a browser was opened")
	}
	x.press("q")
	x.ends()
}
