package uitest

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

	"storydesk/feed"
	"storydesk/store"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/guard"
	"storydesk/tracker/kernel"
	"storydesk/tracker/trackertest"
	"storydesk/ui"
	"storydesk/ui/layout"
	"storydesk/ui/setting"
	"storydesk/zendesk"
)

// Timeout is how long a test waits for a state before it fails.
const Timeout = 20 * time.Second

// World is the program over a real service and database, and the hand and the eye
// of its user.
type World struct {
	T       testing.TB
	Service *engine.Engine
	// Path is the database file.
	Path string
	// Account is the account in Zendesk, SignIn how it is signed in to by a browser.
	Account *Account
	SignIn  *SignIn
	Project tracker.Project
	// In is the integration of WithTickets.
	In tracker.Integration
	// Options are what the program is started with; Start adds the service, the
	// project, and a browser where there is none.
	Options ui.Options
	// Model is the program, once it has started.
	Model *ui.Model
	// Opened are the addresses that the browser was asked to show, Copied the texts
	// that the system's clipboard got.
	Opened, Copied []string
	// Raw is what was sent to the terminal besides the frames.
	Raw string
	// Quit is true once the program has ended.
	Quit bool
	msgs chan tea.Msg
}

// openedURL is an address that the browser was asked to show, copiedText what
// the clipboard was given.
type (
	openedURL  string
	copiedText string
)

// Now is the time in tests.
func Now() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }

// New makes an empty installation whose clock stands still.
func New(t testing.TB) *World {
	t.Helper()
	path := filepath.Join(t.TempDir(), "storydesk.db")
	db, err := store.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	// Nothing moves by itself but where a test is about that.
	w := &World{T: t, Path: path, Options: ui.Options{Environ: []string{setting.EnvReducedMotion + "=1"}}, Account: &Account{Conversations: map[tracker.TicketID][]tracker.TicketComment{}}, SignIn: newSignIn()}
	w.Service = engine.New(kernel.Config{
		Store: db, Zendesk: Zendesk{zendesk.New(zendesk.Config{}), w.Account, w.SignIn}, Feeds: feed.New(feed.Config{}), Secrets: db.Secrets(), Files: db.Files(), User: "Ada Lovelace",
		Grace: tracker.DefaultGrace, Now: Now, NewID: uuid.NewString, Log: slog.New(slog.DiscardHandler),
	})
	if w.Project, err = w.Service.Projects.AddProject(t.Context(), tracker.NewProject("Acme Mobile")); err != nil {
		t.Fatal(err)
	}
	// The parts have the whole board but where a test is about the preview.
	w.Preview(layout.PreviewHidden)
	return w
}

// Another is somebody else's program on the same database, of whose changes the board hears.
func (w *World) Another(name string) *engine.Engine {
	w.T.Helper()
	db, err := store.Open(w.T.Context(), w.Path)
	if err != nil {
		w.T.Fatal(err)
	}
	ctx, cancel := context.WithCancel(w.T.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- w.Service.Store.Watch(ctx, func() { w.Service.Publish(tracker.HintAll) })
	}()
	w.T.Cleanup(func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			w.T.Errorf("watching ended with %v", err)
		}
		if err := db.Close(); err != nil {
			w.T.Error(err)
		}
	})
	c := w.Service.Config
	c.Store, c.Secrets, c.Files, c.User = db, db.Secrets(), db.Files(), name
	return engine.New(c)
}

// Preview says when the preview is shown, from the start.
func (w *World) Preview(as layout.Preview) {
	w.T.Helper()
	if err := w.Service.Settings.SaveSetting(w.T.Context(), setting.Preview, string(as)); err != nil {
		w.T.Fatal(err)
	}
}

// WithTickets adds an integration whose view holds some tickets, and reads it.
func (w *World) WithTickets(tickets ...tracker.Ticket) *World {
	w.T.Helper()
	for i := range tickets {
		tickets[i].Host = "acme.zendesk.com"
		tickets[i].URL = fmt.Sprintf("https://acme.zendesk.com/agent/tickets/%d", tickets[i].ID)
		tickets[i].UpdatedAt = tickets[i].CreatedAt
	}
	w.Account.List = tickets
	d := tracker.NewIntegrationDraft(w.Project.ID)
	d.Name, d.URL, d.Email, d.Secret, d.SecretInDatabase, d.View = "Support", "acme", "ada@acme.com", "secret", true, "5678"
	var err error
	if w.In, err = w.Service.Accounts.AddIntegration(w.T.Context(), d); err != nil {
		w.T.Fatal(err)
	}
	if err := w.Service.Views.RefreshView(w.T.Context(), w.In.ID); err != nil {
		w.T.Fatal(err)
	}
	return w
}

// Story adds a story, moves it on by the given actions and returns it.
func (w *World) Story(name string, column tracker.Column, points float64, steps ...tracker.Action) tracker.Story {
	w.T.Helper()
	st, err := w.Service.Stories.AddStory(w.T.Context(), tracker.NewStory{
		ProjectID: w.Project.ID, Name: name, Place: tracker.Place{Column: column, Bottom: true},
	})
	if err == nil && points >= 0 {
		st, err = trackertest.One(w.Service.Stories.Estimate(w.T.Context(), []tracker.Seen{{ID: st.ID}}, &points))
	}
	for _, a := range steps {
		if err == nil {
			st, err = trackertest.One(w.Service.Stories.Transition(w.T.Context(), []tracker.Seen{{ID: st.ID}}, a, ""))
		}
	}
	if err != nil {
		w.T.Fatal(err)
	}
	return st
}

// Start opens the program on a screen of the given size and waits for the board.
func (w *World) Start(width, height int) *World {
	w.T.Helper()
	o := w.Options
	o.Service, o.Project = UseCases(w.Service), w.Project
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
	w.Model = ui.New(w.T.Context(), o)
	w.T.Cleanup(w.unharmed)
	w.Run(w.Model.Init())
	w.Send(tea.WindowSizeMsg{Width: width, Height: height})
	w.Idle()
	w.Model.View()
	return w
}

// Run runs a command beside the test, as the program would.
func (w *World) Run(cmd tea.Cmd) {
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

// Send hands one message to the program. Commands in sequence run side by side
// here: no test depends on their order.
func (w *World) Send(msg tea.Msg) {
	w.T.Helper()
	if list := reflect.ValueOf(msg); list.Kind() == reflect.Slice && list.Type().Elem() == reflect.TypeFor[tea.Cmd]() {
		for i := range list.Len() {
			cmd, _ := list.Index(i).Interface().(tea.Cmd)
			w.Run(cmd)
		}
		return
	}
	switch msg := msg.(type) {
	case copiedText:
		w.Copied = append(w.Copied, string(msg))
		return
	case openedURL:
		w.Opened = append(w.Opened, string(msg))
		return
	case tea.QuitMsg:
		w.Quit = true
		return
	case tea.RawMsg:
		w.Raw += fmt.Sprint(msg.Msg)
	}
	_, cmd := w.Model.Update(msg)
	w.unharmed()
	w.Run(cmd)
}

// unharmed fails where the program has panicked, with the stack.
func (w *World) unharmed() {
	w.T.Helper()
	var crash *guard.Crash
	if errors.As(w.Model.Crash(), &crash) {
		w.T.Fatalf("%s\n%s", crash.Value, crash.Stack)
	}
}

// Press presses keys, named as Bubble Tea names them.
func (w *World) Press(keys ...string) *World {
	w.T.Helper()
	for _, k := range keys {
		w.Send(Key(k))
	}
	return w
}

// Write types a text.
func (w *World) Write(text string) *World {
	w.T.Helper()
	for _, r := range text {
		w.Send(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	return w
}

// UseCases are those of an engine, whose clock a test may change.
func UseCases(e *engine.Engine) ui.UseCases {
	var presence ui.Presence
	if e.Presence != nil {
		presence = e.Kernel
	}
	return ui.UseCases{
		Board: e.Board, Find: e.Find, Report: e.Report, Stories: e.Stories, Parts: e.Parts, Epics: e.Epics, People: e.People, Triage: e.Triage, Views: e.Views, Accounts: e.Accounts, Outbox: e.Outbox, Settings: e.Settings, Projects: e.Projects,
		Conversation: e.Conversation, Checkup: e.Checkup, Courier: e.Courier, Imports: e.Imports,
		Presence: presence, Subscribe: func() ui.Feed { return e.Subscribe() }, Now: func() time.Time { return e.Now() },
	}
}
