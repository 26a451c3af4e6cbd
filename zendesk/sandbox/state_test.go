package sandbox_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/zendesk/sandbox"
)

// reopen closes a sandbox and opens its state again.
func reopen(t *testing.T, d *sandboxClient, path string) *sandboxClient {
	t.Helper()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	return open(t, sandbox.Options{StatePath: path, Tickets: 3})
}

func TestStateSurvivesClosing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "account.sandbox")
	d := open(t, sandbox.Options{StatePath: path, Tickets: 7})
	d.put(200, openTicket, `{"status":"hold","comment":{"body":"kept","public":false},"metadata":{"client_op":"u"}}`)
	d.put(200, newTicket, `{"priority":"low","tags":["x"]}`)
	if err := d.Edit(sandbox.Edit{Ticket: hostileTicket, Delete: true}); err != nil {
		t.Fatal(err)
	}
	var before, after, list struct{ Tickets []any }
	d.get(viewPath(sandbox.ViewUnresolved, "page[size]=100"), &before)
	audits := asJSON(t, d.Audits(openTicket))
	again := reopen(t, d, path)
	if again.url != d.url {
		t.Errorf("address %s, was %s", again.url, d.url)
	}
	again.get(viewPath(sandbox.ViewUnresolved, "page[size]=100"), &after)
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the view changed by closing (-before +after):\n%s", diff)
	}
	if diff := cmp.Diff(audits, asJSON(t, again.Audits(openTicket))); diff != "" {
		t.Errorf("audits changed by closing (-before +after):\n%s", diff)
	}
	if _, there := again.Ticket(hostileTicket); there {
		t.Error("a deleted ticket is back")
	}
	first := again.put(200, openTicket, `{"status":"open"}`).updated(t)
	for _, audit := range d.Audits(openTicket) {
		if audit.ID == first.Audit.ID {
			t.Error("an audit id was given twice")
		}
	}
	again.get(viewPath(sandbox.ViewUnresolved, "page[size]=1"), &list)
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func asJSON(t *testing.T, v any) string {
	t.Helper()
	var plain any
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &plain) // orders keys alike
	}
	if err == nil {
		text, err = json.MarshalIndent(plain, "", " ")
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestPortInUseIsReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "account.sandbox")
	d := open(t, sandbox.Options{StatePath: path})
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	var config net.ListenConfig
	taken, err := config.Listen(t.Context(), "tcp", strings.TrimPrefix(d.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	other := open(t, sandbox.Options{StatePath: path})
	if err := taken.Close(); err != nil {
		t.Fatal(err)
	}
	if third := reopen(t, other, path); other.url == d.url || third.url != other.url {
		t.Errorf("first %s, then %s, then %s", d.url, other.url, third.url)
	}
}

func TestOneProcessAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "account.sandbox")
	open(t, sandbox.Options{StatePath: path})
	_, err := sandbox.Open(sandbox.Options{StatePath: path})
	if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "another process has it open") {
		t.Errorf("second opening: %v", err)
	}
}

func TestBadStateFiles(t *testing.T) {
	const header = `{"format":"storydesk-sandbox-1","seeded_at":"2026-11-01T00:00:00Z","tickets":0}` + "\n"
	for name, c := range map[string]struct{ content, complaint string }{
		"empty":          {"", ""},
		"torn header":    {header[:20], ""},
		"longer torn":    {header[:50], ""},
		"torn last line": {header + `{"change":{"ticket":{"id":1042`, ""},
		"another format": {`{"format":"storydesk-sandbox-9"}` + "\n", "does not hold a sandbox's state"},
		"a database":     {"SQLite format 3\x00", "does not hold a sandbox's state"},
		"a bad header":   {`{"format":"storydesk-sandbox-1","seeded_at":5}` + "\n", "line 1"},
		"a bad line":     {header + "}\n{}\n", "line 2"},
		"no ticket":      {header + `{"change":{"ticket":{"id":1042}}}` + "\n", "line 2"},
		"too many":       {strings.Replace(header, `"tickets":0`, `"tickets":-5`, 1), "-5 generated tickets"},
		"unknown ticket": {header + `{"change":{"ticket":{"id":7},"issued":1}}` + "\n", "no ticket 7"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "account.sandbox")
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := sandbox.Open(sandbox.Options{StatePath: path})
			if c.complaint == "" {
				if err != nil {
					t.Fatal(err)
				}
				if err := s.Edit(sandbox.Edit{Ticket: openTicket, Comment: "kept"}); err != nil {
					t.Fatal(err)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				if s, err = sandbox.Open(sandbox.Options{StatePath: path}); err != nil || len(s.Comments(openTicket)) != 4 {
					t.Fatalf("opened again: %v", err)
				}
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.complaint) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want %q and the path in it", err, c.complaint)
			}
			if content, readErr := os.ReadFile(path); readErr != nil || string(content) != c.content {
				t.Error("the file was changed")
			}
		})
	}
	if _, err := sandbox.Open(sandbox.Options{StatePath: filepath.Join(t.TempDir(), "no", "such", "folder")}); err == nil {
		t.Error("a path that cannot be is taken")
	}
}

// Whatever a file holds, opening it either fails or gives an account that answers.
func FuzzStateFile(f *testing.F) {
	const header = `{"format":"storydesk-sandbox-1","seeded_at":"2026-11-01T00:00:00Z","tickets":0}` + "\n"
	f.Add([]byte(header + `{"port":5}` + "\n" + `{"change":{"ticket":{"id":1042,"status":"open","requester_id":4011948260920},"issued":9999}}` + "\n"))
	f.Add([]byte(header + "null\n"))
	f.Add([]byte(`{"format":"storydesk-sandbox-1","tickets":3}` + "\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "account.sandbox")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := sandbox.Open(sandbox.Options{StatePath: path})
		if err != nil {
			if !strings.Contains(err.Error(), path) {
				t.Errorf("%v does not name the file", err)
			}
			return
		}
		if err := s.Edit(sandbox.Edit{Ticket: openTicket, Comment: "x"}); err != nil && !strings.Contains(err.Error(), "no ticket") {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func TestChangeThatCannotBeSavedIsNotMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "account.sandbox")
	s, err := sandbox.Open(sandbox.Options{StatePath: path})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Edit(sandbox.Edit{Ticket: openTicket, Comment: "lost"}); err == nil || len(s.Comments(openTicket)) != 3 {
		t.Errorf("after closing: %v, %d comments", err, len(s.Comments(openTicket)))
	}
}

func TestListensOnLoopbackOnly(t *testing.T) {
	s, err := sandbox.Open(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:80", "example.com:80", "127.0.0.1", "nonsense"} {
		if url, err := s.Listen(t.Context(), addr); err == nil {
			t.Errorf("listens on %s as %s", addr, url)
		}
	}
	url, err := s.Listen(t.Context(), "localhost:0")
	if err != nil || !strings.HasPrefix(url, "http://127.0.0.1:") && !strings.HasPrefix(url, "http://[::1]:") {
		t.Errorf("localhost: %s, %v", url, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// Every update that was answered is there after a kill at any moment, and none
// is there twice.
func TestKilledWhileWriting(t *testing.T) {
	path := filepath.Join(t.TempDir(), "account.sandbox")
	acknowledged := map[string]bool{}
	for round := range 4 {
		url, kill := startChild(t, path)
		time.AfterFunc(time.Duration(20+rand.IntN(150))*time.Millisecond, kill)
		for n := 0; ; n++ {
			text := fmt.Sprintf("round %d note %d", round, n)
			if !putComment(t, url, text) {
				break
			}
			acknowledged[text] = true
		}
		kill()
	}
	s, err := sandbox.Open(sandbox.Options{StatePath: path})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	found := map[string]int{}
	for _, c := range s.Comments(openTicket) {
		found[c.Body]++
	}
	for text := range acknowledged {
		if found[text] != 1 {
			t.Errorf("%q is there %d times", text, found[text])
		}
	}
	if len(acknowledged) == 0 {
		t.Error("nothing was acknowledged before the kills")
	}
	t.Logf("%d comments acknowledged in 4 rounds", len(acknowledged))
}

// startChild starts a process that serves a state file, and returns what kills it.
func startChild(t *testing.T, path string) (url string, kill func()) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), childState+"="+path)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	url, complaint, _ := strings.Cut(strings.TrimSpace(line), " ")
	if err != nil || complaint != "<nil>" {
		t.Fatalf("the child says %q, %v", line, err)
	}
	return url, sync.OnceFunc(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait() // reports the kill
	})
}

// putComment reports whether a comment was acknowledged.
func putComment(t *testing.T, url, text string) bool {
	t.Helper()
	body := fmt.Sprintf(`{"ticket":{"comment":{"body":%q,"public":false}}}`, text)
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url+ticketPath, bytes.NewBufferString(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.SetBasicAuth(sandbox.Email, sandbox.Password)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}
