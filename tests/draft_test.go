package tests

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"storydesk/store"
	"storydesk/tracker"
)

// drafted waits until a draft that ends so is in the database, where kill -9
// leaves it.
func (x *console) drafted(database, key, end string) {
	x.t.Helper()
	db, err := store.Open(x.t.Context(), database)
	x.must(err)
	defer func() { x.must(db.Close()) }()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	timeout := time.After(20 * time.Second)
	for text := ""; !strings.HasSuffix(text, end); {
		select {
		case <-timeout:
			x.t.Fatalf("%s is not saved; the screen:\n%s", key, x.Text())
		case <-look.C:
		}
		x.must(db.Read(x.t.Context(), func(r tracker.Reader) (err error) {
			text, err = r.Draft(key)
			return err
		}))
	}
}

// What was typed is there again after the program was killed.
func TestDraftsOutliveAKill(t *testing.T) {
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	open := func() *console {
		x := start(t, 204, 30, home, "--db", db)
		x.sees("? help")
		return x
	}
	x := open()
	x.sees("create stories without Zendesk")
	x.press("a")
	x.sees("Add an integration")
	x.press("enter")
	x.sees("Zendesk URL")
	x.press("tab", "Support EU", "tab", "acme-eu")
	x.drafted(db, "integration/new/1", "acme-eu")
	x.kill()

	x = open()
	x.sees("create stories without Zendesk")
	x.press("a")
	x.sees("Add an integration")
	x.press("enter")
	x.sees("draft, not saved", "Support EU", "https://acme-eu.zendesk.com")
	x.press("esc")
	x.sees("Discard changes?")
	x.press("d")
	x.sees("create stories without Zendesk")
	x.press("n", "Rotate the keys", "enter")
	x.sees("Rotate the keys", "p points")
	x.press("enter")
	x.sees("None yet. c writes one.")
	x.press("c", "Found it: the cursor")
	x.drafted(db, "comment/S-1", "cursor")
	x.kill()

	x = open()
	x.sees("Rotate the keys")
	x.press("#", "S-1", "enter")
	x.sees("Draft, not sent", "Found it: the cursor")
}

// What was typed a moment ago is there again, however the program was ended.
func TestDraftsOutliveASignal(t *testing.T) {
	for name, end := range map[string]func(x *console) error{
		"terminate": func(x *console) error { return x.Signal(syscall.SIGTERM) },
		"hang up":   func(x *console) error { return x.Signal(syscall.SIGHUP) },
		"interrupt": func(x *console) error { return x.Signal(os.Interrupt) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			db := filepath.Join(home, "storydesk.db")
			x := start(t, 204, 30, home, "--db", db)
			x.sees("create stories without Zendesk")
			x.press(",", "a")
			x.sees("Add an integration")
			x.press("enter")
			x.sees("Zendesk URL")
			x.press("tab", "Support EU", "tab", "acme-eu")
			x.sees("acme-eu")
			x.must(end(x))
			x.ends()

			x = start(t, 204, 30, home, "--db", db)
			x.sees("create stories without Zendesk")
			x.press("n", "Rotate the keys", "enter")
			x.sees("Rotate the keys", "p points")
			x.press("enter")
			x.sees("None yet. c writes one.")
			x.press("c", "Found it: the cursor")
			x.sees("Found it: the cursor")
			x.must(end(x))
			x.ends()
			x.drafted(db, "comment/S-1", "cursor")
			x.drafted(db, "integration/new/1", "acme-eu")
		})
	}
}
