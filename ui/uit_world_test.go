package ui

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/google/uuid"

	"storydesk/store"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/trackertest"
	"storydesk/ui/setting"
	"storydesk/zendesk"
)

// testTimeout is how long a test waits for a state before it fails.
const testTimeout = 20 * time.Second

// world is the root model over a real service and database.
type world struct {
	t   testing.TB
	svc *engine.Engine
	// path is the database file.
	path    string
	account *testAccount
	browser *testSignIn
	project tracker.Project
	in      tracker.Integration
	// options are what the program is started with besides the service.
	options Options
	model   *Model
	opened  []string
	// copied are the texts that the system's clipboard got.
	copied []string
	msgs   chan tea.Msg
	quit   bool
}

// openedURL is an address that the browser was asked to show, copiedText what
// the clipboard was given.
type (
	openedURL  string
	copiedText string
)

// testNow is the time in tests.
func testNow() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }

// newWorld makes an empty installation whose clock stands still.
func newWorld(t testing.TB) *world {
	t.Helper()
	path := filepath.Join(t.TempDir(), "storydesk.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	// Nothing moves by itself but where a test is about that.
	w := &world{t: t, path: path, options: Options{Environ: []string{setting.EnvReducedMotion + "=1"}}, account: &testAccount{comments: map[tracker.TicketID][]tracker.TicketComment{}}, browser: newTestSignIn()}
	w.svc = engine.New(kernel.Config{
		Store: db, Zendesk: testZendesk{zendesk.New(zendesk.Config{}), w.account, w.browser}, Secrets: db.Secrets(), User: "Ada Lovelace",
		Grace: tracker.DefaultGrace, Now: testNow, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
	if w.project, err = w.svc.Projects.AddProject(t.Context(), tracker.NewProject("Acme Mobile")); err != nil {
		t.Fatal(err)
	}
	return w
}

// withTickets adds an integration whose view holds some tickets, and reads it.
func (w *world) withTickets(tickets ...tracker.Ticket) *world {
	w.t.Helper()
	for i := range tickets {
		tickets[i].Host = "acme.zendesk.com"
		tickets[i].URL = fmt.Sprintf("https://acme.zendesk.com/agent/tickets/%d", tickets[i].ID)
		tickets[i].UpdatedAt = tickets[i].CreatedAt
	}
	w.account.tickets = tickets
	d := tracker.NewIntegrationDraft(w.project.ID)
	d.Name, d.URL, d.Email, d.Secret, d.SecretInDatabase, d.View = "Support", "acme", "ada@acme.com", "secret", true, "5678"
	var err error
	if w.in, err = w.svc.Accounts.AddIntegration(w.t.Context(), d); err != nil {
		w.t.Fatal(err)
	}
	if err := w.svc.Views.RefreshView(w.t.Context(), w.in.ID); err != nil {
		w.t.Fatal(err)
	}
	return w
}

// story adds a story, moves it on by the given actions and returns it.
func (w *world) story(name string, column tracker.Column, points float64, steps ...tracker.Action) tracker.Story {
	w.t.Helper()
	st, err := w.svc.Stories.AddStory(w.t.Context(), tracker.NewStory{
		ProjectID: w.project.ID, Name: name, Place: tracker.Place{Column: column, Bottom: true},
	})
	if err == nil && points >= 0 {
		st, err = trackertest.One(w.svc.Stories.Estimate(w.t.Context(), []tracker.Seen{{ID: st.ID}}, &points))
	}
	for _, a := range steps {
		if err == nil {
			st, err = trackertest.One(w.svc.Stories.Transition(w.t.Context(), []tracker.Seen{{ID: st.ID}}, a, ""))
		}
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return st
}

// start opens the program on a screen of the given size and waits for the board.
func (w *world) start(width, height int) *world {
	w.t.Helper()
	o := w.options
	o.Service, o.Project = w.svc, w.project
	// What an earlier program still has to say is not for this one.
	msgs := make(chan tea.Msg, 1024)
	w.msgs = msgs
	o.Copy = func(_ context.Context, text string) error {
		msgs <- copiedText(text)
		return errors.New("the terminal has it all the same")
	}
	if o.OpenBrowser == nil {
		o.OpenBrowser = func(url string) error { msgs <- openedURL(url); return nil }
	}
	w.model = New(w.t.Context(), o)
	w.t.Cleanup(w.unharmed)
	w.run(w.model.Init())
	w.send(tea.WindowSizeMsg{Width: width, Height: height})
	w.idle()
	w.model.View()
	return w
}

// run runs a command beside the test, as the program would.
func (w *world) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	msgs := w.msgs
	go func() {
		if msg := cmd(); msg != nil {
			msgs <- msg
		}
	}()
}

// send hands one message to the program. Commands in sequence run side by side
// here: no test depends on their order.
func (w *world) send(msg tea.Msg) {
	w.t.Helper()
	if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range list.Len() {
			cmd, _ := list.Index(i).Interface().(tea.Cmd)
			w.run(cmd)
		}
		return
	}
	switch msg := msg.(type) {
	case copiedText:
		w.copied = append(w.copied, string(msg))
		return
	case openedURL:
		w.opened = append(w.opened, string(msg))
		return
	case tea.QuitMsg:
		w.quit = true
		return
	}
	_, cmd := w.model.Update(msg)
	w.unharmed()
	w.run(cmd)
}

// unharmed fails where the program has panicked, with the stack.
func (w *world) unharmed() {
	w.t.Helper()
	var crash *tracker.Crash
	if errors.As(w.model.Crash(), &crash) {
		w.t.Fatalf("%s\n%s", crash.Value, crash.Stack)
	}
}

// press presses keys, named as Bubble Tea names them.
func (w *world) press(keys ...string) *world {
	w.t.Helper()
	for _, k := range keys {
		w.send(keyPress(k))
	}
	return w
}

// write types a text.
func (w *world) write(text string) *world {
	w.t.Helper()
	for _, r := range text {
		w.send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return w
}
