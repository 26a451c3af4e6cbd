package ui

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/google/uuid"

	"storydesk/store"
	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/trackertest"
	"storydesk/ui/board"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/pane"
	"storydesk/ui/setting"
	"storydesk/zendesk"
)

// testTimeout is how long a test waits for a state before it fails.
const testTimeout = 20 * time.Second

// testZendesk reads addresses as the real client does and opens one account in memory.
type testZendesk struct {
	*zendesk.Client
	account *testAccount
	browser *testSignIn
}

func (d testZendesk) SignIn(in tracker.Integration, port int) (tracker.SignIn, error) {
	// The real ones know whom to refuse.
	if _, err := d.Client.SignIn(in, port); err != nil {
		return nil, err
	}
	return d.browser, nil
}

// Resolve knows where one mapped host leads.
func (d testZendesk) Resolve(ctx context.Context, address string) (base, host string, err error) {
	if address == "https://support.acme.com" {
		address = "acme"
	}
	return d.Client.Resolve(ctx, address)
}

func (d testZendesk) Open(tracker.Integration, tracker.Credentials) (tracker.Account, error) {
	return d.account, nil
}

// testAccount is an account in memory with one view. As the real one it returns the
// listing of a view without descriptions, and knows no other ticket.
type testAccount struct {
	tickets  []tracker.Ticket
	comments map[tracker.TicketID][]tracker.TicketComment
	// log are the conversation logs of chats; logErr is why they cannot be read.
	log    map[tracker.TicketID][]tracker.TicketComment
	logErr error
	// page is how many comments it returns at once, 0 for all.
	page int
	// hold delays the comments of tickets until it is closed, nil for no time.
	hold   chan struct{}
	merged map[tracker.TicketID]tracker.TicketID
	// err is what every question fails with, when not nil.
	err   error
	quota tracker.Quota
}

func (d *testAccount) Quota() tracker.Quota { return d.quota }

func (d *testAccount) Me(context.Context) (tracker.Agent, error) {
	return tracker.Agent{ID: 1, Name: "Ada Lovelace", Email: "ada@acme.com", Role: "agent"}, d.err
}

func (d *testAccount) View(_ context.Context, id tracker.ViewID) (tracker.View, error) {
	return tracker.View{ID: id, Title: "All unresolved", Active: true}, d.err
}

func (d *testAccount) Views(context.Context) ([]tracker.View, error) {
	return []tracker.View{{ID: 25, Title: "All unresolved", Active: true}, {ID: 26, Title: "Escalations", Active: true}}, d.err
}

func (d *testAccount) Tickets(_ context.Context, ids []tracker.TicketID) ([]tracker.Ticket, error) {
	return slices.DeleteFunc(slices.Clone(d.tickets), func(t tracker.Ticket) bool { return !slices.Contains(ids, t.ID) }), d.err
}

func (d *testAccount) ViewTickets(context.Context, tracker.ViewID, string) iter.Seq2[tracker.TicketPage, error] {
	return func(yield func(tracker.TicketPage, error) bool) {
		yield(tracker.TicketPage{Tickets: d.tickets, Total: len(d.tickets)}, d.err)
	}
}

func (d *testAccount) Ticket(_ context.Context, id tracker.TicketID) (tracker.Ticket, error) {
	for _, t := range d.tickets {
		if t.ID == id {
			return t, d.err
		}
	}
	return tracker.Ticket{}, tracker.Errorf(tracker.CodeNotFound, "no ticket %s", id)
}

func (d *testAccount) MergedInto(_ context.Context, id tracker.TicketID) (tracker.TicketID, error) {
	return d.merged[id], d.err
}

func (d *testAccount) Comments(_ context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		if d.hold != nil {
			<-d.hold
		}
		pages := [][]tracker.TicketComment{d.comments[id]}
		if d.page > 0 {
			pages = slices.Collect(slices.Chunk(d.comments[id], d.page))
		}
		for i, page := range pages {
			if !yield(tracker.CommentPage{Comments: page, More: i+1 < len(pages)}, d.err) {
				return
			}
		}
	}
}

func (d *testAccount) Log(_ context.Context, id tracker.TicketID) iter.Seq2[tracker.CommentPage, error] {
	return func(yield func(tracker.CommentPage, error) bool) {
		yield(tracker.CommentPage{Comments: d.log[id]}, d.logErr)
	}
}

func (d *testAccount) Audit(context.Context, tracker.TicketID, tracker.AuditID) (tracker.Audit, error) {
	return tracker.Audit{}, tracker.Errorf(tracker.CodeNotFound, "no audit")
}

func (d *testAccount) Update(context.Context, tracker.TicketID, tracker.TicketUpdate) (tracker.Audit, error) {
	return tracker.Audit{}, tracker.Errorf(tracker.CodeForbidden, "this account takes no comments")
}

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

// ticket is a ticket of a given age.
func ticketOf(id tracker.TicketID, status tracker.TicketStatus, age time.Duration, subject string) tracker.Ticket {
	t := tracker.Ticket{Subject: subject, Status: status, Requester: "Sam", CreatedAt: testNow().Add(-age)}
	t.ID = id
	return t
}

// usual are a handful of tickets as every account has them.
func usual() []tracker.Ticket {
	return []tracker.Ticket{
		ticketOf(1042, tracker.TicketNew, 2*time.Hour, "Login loops on SSO"),
		ticketOf(1039, tracker.TicketOpen, 5*time.Hour, "Export CSV is empty"),
		ticketOf(1031, tracker.TicketPending, 26*time.Hour, "Refund page 404"),
		ticketOf(1028, tracker.TicketHold, 40*24*time.Hour, "The invoice shows the old address of our company"),
	}
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
	w.options.Service, w.options.Project = w.svc, w.project
	// What an earlier program still has to say is not for this one.
	msgs := make(chan tea.Msg, 1024)
	w.msgs = msgs
	w.options.Copy = func(_ context.Context, text string) error {
		msgs <- copiedText(text)
		return errors.New("the terminal has it all the same")
	}
	w.options.OpenBrowser = func(url string) error { msgs <- openedURL(url); return nil }
	w.model = New(w.t.Context(), w.options)
	w.t.Cleanup(w.unharmed)
	w.run(w.model.app.Init())
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

// until takes messages until a state is reached.
func (w *world) until(what string, reached func() bool) {
	w.t.Helper()
	timeout := time.After(testTimeout)
	for !reached() {
		select {
		case msg := <-w.msgs:
			w.send(msg)
		case <-timeout:
			w.t.Fatalf("waited in vain until %s; the screen:\n%s", what, w.screen())
		}
	}
}

// idle waits until everything that was asked for has been done and read.
func (w *world) idle() {
	w.t.Helper()
	w.until("all is read", func() bool {
		b := w.model.app.board
		return b.Settled() && w.model.app.choices.choosing == 0 && len(w.msgs) == 0
	})
}

// see waits until the screen shows a text.
func (w *world) see(text string) {
	w.t.Helper()
	w.until(fmt.Sprintf("%q is shown", text), func() bool { return strings.Contains(w.screen(), text) })
}

// part is what a part of the board shows, focused what the focused one does.
func (w *world) part(name intent.PaneName) board.PartSight {
	return w.model.app.board.Sight().Parts[name]
}

func (w *world) focused() board.PartSight { return w.part(w.focus()) }

// focus is the focused part of the board.
func (w *world) focus() intent.PaneName { return w.model.app.board.Sight().Focus }

// selected is the key of the row with the cursor, marks how many are marked.
func (w *world) selected() any { return w.focused().Selected }

func (w *world) marks() int { return len(w.focused().Marked) }

// rows are the keys of the rows of a part.
func (w *world) rows(part intent.PaneName) []any { return w.part(part).Rows }

// widths are the widths of the board's parts.
func (w *world) widths() layout.Shares { return w.model.app.board.Sight().Widths }

// moving is true while something is being moved on the board.
func (w *world) moving() bool { return w.model.app.board.Sight().Moving }

// detailRead waits until the detail on top has been read.
func (w *world) detailRead() {
	w.t.Helper()
	w.until("the detail is read", func() bool {
		p, ok := w.model.app.Top().(pane.Worker)
		return ok && w.model.app.Top() != pane.Pane(w.model.app.board) && !p.Working()
	})
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

// sizeMsg is a new size of the terminal.
func sizeMsg(w, h int) tea.Msg { return tea.WindowSizeMsg{Width: w, Height: h} }

// keyPress is the press of a key by its name.
func keyPress(name string) tea.KeyPressMsg {
	var k tea.KeyPressMsg
	bare := name
	for prefix, mod := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "shift+": tea.ModShift} {
		if rest, ok := strings.CutPrefix(bare, prefix); ok {
			bare, k.Mod = rest, mod
		}
	}
	special := map[string]rune{
		"enter": tea.KeyEnter, "esc": tea.KeyEscape, "tab": tea.KeyTab, "space": tea.KeySpace, "up": tea.KeyUp, "down": tea.KeyDown,
		"left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd, "pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
		"backspace": tea.KeyBackspace, "f5": tea.KeyF5,
	}
	if code, ok := special[bare]; ok {
		k.Code = code
		return k
	}
	k.Code = []rune(bare)[0]
	if k.Mod == 0 {
		k.Text = bare
	}
	return k
}

// screen is the frame without colours.
func (w *world) screen() string { return ansi.Strip(w.model.app.screen.View()) }

// row is the first line of the screen that holds a text.
func (w *world) row(text string) string {
	for l := range strings.SplitSeq(w.screen(), "\n") {
		if strings.Contains(l, text) {
			return l
		}
	}
	return ""
}
