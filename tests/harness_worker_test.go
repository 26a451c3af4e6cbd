package tests

import (
	"bufio"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"storydesk/zendesk/sandbox"
)

// workerPatience is how long a busy machine may take to get something done.
const workerPatience = 2 * time.Minute

// worker is a running `storydesk worker`.
type worker struct {
	t       *testing.T
	command *exec.Cmd
	// log is what it wrote, a line each.
	mutex sync.Mutex
	log   []string
	read  chan struct{}
	// address is where it serves health and metrics.
	address string
}

// startWorker starts a worker on a database and waits until it runs.
func startWorker(t *testing.T, home, db string) *worker {
	t.Helper()
	w := &worker{t: t, command: exec.Command(program(t), "worker", "--db", db, "--listen", "127.0.0.1:0"), read: make(chan struct{})}
	w.command.Env = append(environment(home), "STORYDESK_QUIET_WINDOW=0")
	stderr, err := w.command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := w.command.Start(); err != nil {
		t.Fatal(err)
	}
	go w.listen(stderr)
	t.Cleanup(func() {
		if w.command.ProcessState == nil {
			_ = w.command.Process.Kill() // it may have ended just now
			_ = w.command.Wait()
		}
		if t.Failed() {
			t.Logf("the worker's log:\n%s", w.said())
		}
	})
	w.says("worker started")
	_, address, _ := strings.Cut(w.said(), "msg=listening address=")
	w.address, _, _ = strings.Cut(address, "\n")
	return w
}

func (w *worker) listen(stderr io.Reader) {
	defer close(w.read)
	lines := bufio.NewScanner(stderr)
	for lines.Scan() {
		w.mutex.Lock()
		w.log = append(w.log, lines.Text())
		w.mutex.Unlock()
	}
}

// said is the log so far.
func (w *worker) said() string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return strings.Join(w.log, "\n") + "\n"
}

// says waits until the log holds a text.
func (w *worker) says(text string) {
	w.t.Helper()
	eventually(w.t, func() bool { return strings.Contains(w.said(), text) }, "the log says %q:\n%s", text, w.said)
}

// ends asks the worker to stop and returns its exit code.
func (w *worker) ends(with syscall.Signal) int {
	w.t.Helper()
	if err := w.command.Process.Signal(with); err != nil {
		w.t.Fatal(err)
	}
	<-w.read
	var exit *exec.ExitError
	if err := w.command.Wait(); err != nil && !errors.As(err, &exit) {
		w.t.Fatal(err)
	}
	return w.command.ProcessState.ExitCode()
}

// get asks the worker over HTTP.
func (w *worker) get(path string) (status int, body string) {
	w.t.Helper()
	answer, err := http.Get("http://" + w.address + path)
	if err != nil {
		w.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

// measures waits until a line is among the metrics.
func (w *worker) measures(line string) {
	w.t.Helper()
	metrics := func() string {
		_, body := w.get("/metrics")
		return body
	}
	eventually(w.t, func() bool { return strings.Contains(metrics(), "\n"+line+"\n") }, "the metrics hold %q:\n%s", line, metrics)
}

// eventually waits until ok. The last argument says how it is instead.
func eventually(t *testing.T, ok func() bool, format string, wanted string, is func() string) {
	t.Helper()
	deadline := time.Now().Add(workerPatience)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("not seen that "+format, wanted, is())
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// run runs a command on a database.
func run(t *testing.T, home, db string, args ...string) {
	t.Helper()
	cmd := exec.Command(program(t), append([]string{"--db", db}, args...)...)
	cmd.Env = append(environment(home), "STORYDESK_SECRET="+sandbox.Token)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("storydesk %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// linked makes an integration with a sandbox, and a story that is linked to ticket 1047.
func linked(t *testing.T, home, db, url string) {
	t.Helper()
	run(t, home, db, "integration", "add", "--name", "Support", "--url", url, "--email", sandbox.Email, "--view", fmt.Sprint(sandbox.ViewUnresolved), "--store-secret-in-db")
	run(t, home, db, "sync")
	run(t, home, db, "story", "add", "--from-ticket", "1047", "--to", "backlog")
}

// sent waits until the only delivery is sent, and fails unless its ticket has it once.
func sent(t *testing.T, home, db string, box *sandbox.Sandbox, text string) {
	t.Helper()
	state := func() string {
		var list []deliveryJSON
		twin(t, home, &list, "--db", db, "delivery", "list")
		if len(list) != 1 {
			return "no delivery, or several"
		}
		return list[0].State
	}
	eventually(t, func() bool { return state() == "sent" }, "the delivery is %s: %s", "sent", state)
	n := 0
	for _, c := range box.Comments(1047) {
		if strings.Contains(c.PlainBody, text) {
			n++
			if c.Public {
				t.Error("the comment is public")
			}
		}
	}
	if n != 1 {
		t.Errorf("the ticket has the comment %d times", n)
	}
}

// endLeases makes the leases of a file's lanes run out, as time does.
func endLeases(t *testing.T, db string) {
	t.Helper()
	file, err := sql.Open("sqlite3", db)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	changed, err := file.ExecContext(t.Context(), "UPDATE lane SET lease_until = 1 WHERE lease_until > 1")
	if err != nil {
		t.Fatal(err)
	}
	if n, err := changed.RowsAffected(); err != nil || n == 0 {
		t.Fatalf("%d leases ended, %v", n, err)
	}
}
