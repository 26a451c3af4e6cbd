package tests

import (
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"storydesk/store/postgres/postgrestest"
	"storydesk/zendesk/sandbox"
)

const found = "We found the cause"

// holdUpdate makes the next update of a ticket wait, after it was carried out, until it is
// released.
func holdUpdate(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	err := box.AddFaults(sandbox.Fault{Method: http.MethodPut, Path: "/tickets/*", Apply: true, After: sandbox.Pause{Hold: "update"}})
	if err != nil {
		t.Fatal(err)
	}
}

func held(t *testing.T, box *sandbox.Sandbox) {
	t.Helper()
	if err := box.Held(t.Context(), "update"); err != nil {
		t.Fatal(err)
	}
}

// A worker that is asked to stop finishes what it is sending, and says what is left.
func TestWorkerFinishesWhatItSends(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	box, url := openSandbox(t)
	linked(t, home, db, url)
	holdUpdate(t, box)
	w := startWorker(t, home, db)
	run(t, home, db, "story", "comment", "1", "-m", found)
	held(t, box)
	if err := w.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	w.says("worker stopping")
	// What is added now is for whoever comes next.
	run(t, home, db, "story", "comment", "1", "-m", "Later")
	box.Release("update")
	<-w.read
	if err := w.command.Wait(); err != nil {
		t.Errorf("the worker ended with %v", err)
	}
	w.says(`msg="private comment tried" delivery=1 outcome=sent`)
	w.says(`msg="worker stopped" waiting=1 sending=0 unconfirmed=0 parked=0`)
	if strings.Contains(w.said(), found) {
		t.Error("the log tells what a comment says")
	}
}

// A worker that is killed in the middle of an update leaves a comment of which nobody knows
// whether it arrived. Another worker finds it on its ticket.
func TestWorkerTakesOverFromOneThatWasKilled(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	box, url := openSandbox(t)
	linked(t, home, db, url)
	holdUpdate(t, box)
	first := startWorker(t, home, db)
	run(t, home, db, "story", "comment", "1", "-m", found)
	held(t, box)
	first.ends(syscall.SIGKILL)
	endLeases(t, db)
	second := startWorker(t, home, db)
	box.Release("update")
	sent(t, home, db, box, found)
	if code := second.ends(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// While Zendesk cannot be reached comments wait, and are sent once when it is back.
func TestWorkerLosesZendesk(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	box, url := openSandbox(t)
	linked(t, home, db, url)
	if err := box.AddFaults(sandbox.Fault{Answer: sandbox.AnswerResetUnread, Times: -1}); err != nil {
		t.Fatal(err)
	}
	w := startWorker(t, home, db)
	run(t, home, db, "story", "comment", "1", "-m", found)
	w.says(`msg="private comment tried" delivery=1 outcome=waiting`)
	w.measures(`storydesk_deliveries{state="waiting"} 1`)
	box.ClearFaults()
	sent(t, home, db, box, found)
	w.measures(`storydesk_deliveries{state="sent"} 1`)
	w.measures(`storydesk_delivery_attempts_total{outcome="sent"} 1`)
	w.measures(`storydesk_delivery_oldest_pending_seconds 0`)
	_, metrics := w.get("/metrics")
	for _, name := range []string{`storydesk_view_refresh_age_seconds{host="`, `storydesk_zendesk_requests_left{host="`, `storydesk_database_seconds_count{operation="claim"}`, "storydesk_database_up 1"} {
		if !strings.Contains(metrics, name) {
			t.Errorf("the metrics have no %s", name)
		}
	}
	for _, secret := range []string{sandbox.Token, sandbox.Email, found} {
		if strings.Contains(metrics, secret) || strings.Contains(w.said(), secret) {
			t.Errorf("the metrics or the log tell %q", secret)
		}
	}
}

// A worker that loses its server says so and goes on when it is back; another one sends what
// is waiting meanwhile.
func TestWorkerLosesItsDatabase(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	box, url := openSandbox(t)
	linked(t, home, address, url)
	proxy := postgrestest.NewProxy(t, address)
	w := startWorker(t, home, proxy.Address)
	if status, body := w.get("/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("healthy: %d %q", status, body)
	}
	proxy.Cut()
	w.measures("storydesk_database_up 0")
	eventually(t, func() bool {
		status, body := w.get("/healthz")
		return status == http.StatusServiceUnavailable && strings.Contains(body, "check")
	}, "the worker is %s%s", "unhealthy", func() string { return "" })
	run(t, home, address, "story", "comment", "1", "-m", found)
	other := startWorker(t, home, address)
	sent(t, home, address, box, found)
	if code := other.ends(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code %d", code)
	}
	proxy.Restore()
	w.measures("storydesk_database_up 1")
	run(t, home, address, "story", "comment", "1", "-m", "And fixed it")
	w.says(`outcome=sent`)
	if code := w.ends(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// A comment whose commit nobody knows the outcome of is sent once all the same.
func TestWorkerAtACommitWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	address, ok := postgrestest.Empty(t, "")
	if !ok {
		return
	}
	box, url := openSandbox(t)
	linked(t, home, address, url)
	proxy := postgrestest.NewProxy(t, address)
	w := startWorker(t, home, proxy.Address)
	var broken atomic.Int32
	proxy.OnBreak(func() { broken.Add(1) })
	proxy.BreakAtCommit(postgrestest.AfterCommit, postgrestest.BeforeCommit, postgrestest.AfterCommit)
	run(t, home, address, "story", "comment", "1", "-m", found)
	sent(t, home, address, box, found)
	eventually(t, func() bool { return broken.Load() == 3 }, "%s commits were broken: %s", "3", func() string { return fmt.Sprint(broken.Load()) })
	if code := w.ends(syscall.SIGTERM); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// What the worker cannot do is said in a sentence.
func TestWorkerRefusals(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	used, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer used.Close()
	for args, want := range map[string]string{
		"--listen 9464":                             `"9464" is no address to listen at: write it as 127.0.0.1:9464`,
		"--listen 127.0.0.1:70000":                  "write it as 127.0.0.1:9464",
		"--listen 192.0.2.1:9464":                   "is no address of this machine",
		"--listen " + used.Addr().String():          "another program uses " + used.Addr().String() + ": choose another port",
		"--drain -1s":                               "--drain needs a time",
		"more":                                      "more",
		"--db postgres://u:hunter2@127.0.0.1:1/d":   "PGPASSWORD",
		"--db postgres://u@127.0.0.1:1/d":           "check host and port",
		"--db " + filepath.Join(home, "no", "x.db"): "there is no folder",
	} {
		cmd := exec.Command(program(t), append([]string{"worker"}, strings.Fields(args)...)...)
		cmd.Env = environment(home)
		out, err := cmd.CombinedOutput()
		if err == nil || !strings.Contains(string(out), want) || strings.Contains(string(out), "hunter2") {
			t.Errorf("%s: %v, %s", args, err, out)
		}
	}
}
