package views_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/kernel"
	"storydesk/tracker/trackertest"
	"storydesk/tracker/verdict"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// panel reads the cached view.
func (w world) panel() (tracker.TicketList, []tracker.TicketID) {
	w.T.Helper()
	list, err := w.Engine.Views.Tickets(w.T.Context(), w.In.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	ids := make([]tracker.TicketID, len(list.Tickets))
	for i, row := range list.Tickets {
		ids[i] = row.ID
	}
	return list, ids
}

// truth lists the tickets of the view as Zendesk holds them.
func (w world) truth() []tracker.TicketID {
	w.T.Helper()
	account, err := zendesk.New(zendesk.Config{}).Open(w.In, tracker.Credentials{Secret: sandbox.Password})
	if err != nil {
		w.T.Fatal(err)
	}
	var ids []tracker.TicketID
	for page, err := range account.ViewTickets(w.T.Context(), w.In.ViewID, "") {
		if err != nil {
			w.T.Fatal(err)
		}
		for _, t := range page.Tickets {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// reading begins to read the view and waits until it has that many rows. The
// channel tells how it ends.
func (w world) reading(rows int) <-chan error {
	w.T.Helper()
	feed := w.Engine.Subscribe()
	defer feed.Close()
	ended := make(chan error, 1)
	go func() { ended <- w.Engine.Views.RefreshView(w.T.Context(), w.In.ID) }()
	for {
		if _, ids := w.panel(); len(ids) >= rows {
			return ended
		}
		if _, err := feed.Next(w.T.Context()); err != nil {
			w.T.Fatal(err)
		}
	}
}

func TestFirstPageBringsRowsAndTheCount(t *testing.T) {
	t.Parallel()
	w := world{trackertest.NewOf(t, sandbox.Options{Tickets: 900})}
	truth := w.truth()
	w.Faults(sandbox.Fault{Path: "/views/*/tickets", Skip: 1, Times: -1, Before: sandbox.Pause{Hold: "rest"}})
	ended := w.reading(100)
	list, ids := w.panel()
	if !slices.Equal(ids, truth[:100]) || list.Fetch.Total != len(truth) || !list.Fetch.FinishedAt.IsZero() {
		t.Errorf("%d rows of %d, %+v", len(ids), len(truth), list.Fetch)
	}
	w.Sandbox.Release("rest")
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	list, ids = w.panel()
	if !slices.Equal(ids, truth) || list.Fetch.Partial || list.Fetch.Total != len(truth) || list.Fetch.Next != "" {
		t.Errorf("%d rows of %d, %+v", len(ids), len(truth), list.Fetch)
	}
}

func TestViewThatTakesTooLongIsPartialAndGoesOn(t *testing.T) {
	t.Parallel()
	w := world{trackertest.NewOf(t, sandbox.Options{Tickets: 900})}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	truth := w.truth()
	if err := w.Engine.Settings.SaveSetting(t.Context(), tracker.SettingViewBudget, "5s"); err != nil {
		t.Fatal(err)
	}
	// The five seconds pass once the fourth page is asked for.
	w.Engine.Views.LimitBy(func(ctx context.Context, budget time.Duration) (context.Context, context.CancelFunc) {
		ctx, cancel := context.WithCancel(ctx)
		if budget == 5*time.Second {
			go func() {
				_ = w.Sandbox.Held(ctx, "slow")
				cancel()
			}()
		}
		return ctx, cancel
	})
	w.Faults(sandbox.Fault{Path: "/views/*/tickets", Skip: 3, Times: -1, Before: sandbox.Pause{Hold: "slow"}})
	err := w.Engine.Views.RefreshView(t.Context(), w.In.ID)
	list, ids := w.panel()
	if err == nil || !strings.Contains(err.Error(), "5 s") || !strings.Contains(list.Fetch.Problem, "Narrow it") {
		t.Errorf("said %v, kept %q", err, list.Fetch.Problem)
	}
	if len(ids) != len(truth) || !list.Fetch.Continues() || list.Fetch.Total != len(truth) {
		t.Errorf("%d rows of %d, %+v", len(ids), len(truth), list.Fetch)
	}
	w.Sandbox.Release("slow")
	w.Sandbox.ClearFaults()
	if err := w.Engine.Settings.SaveSetting(t.Context(), tracker.SettingViewBudget, ""); err != nil {
		t.Fatal(err)
	}
	before := len(w.Sandbox.Requests())
	if err := w.Engine.Views.ContinueView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	list, ids = w.panel()
	if !slices.Equal(ids, truth) || list.Fetch.Continues() || list.Fetch.Problem != "" {
		t.Errorf("%d rows of %d, %+v", len(ids), len(truth), list.Fetch)
	}
	if n, whole := len(w.Sandbox.Requests())-before, 1+(len(truth)+99)/100; n >= whole {
		t.Errorf("going on took %d requests, as many as reading all", n)
	}
	if err := w.Engine.Views.ContinueView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("a whole view went on: %v", err)
	}
}

func TestStoppedReadingKeepsWhatCame(t *testing.T) {
	t.Parallel()
	w := world{trackertest.NewOf(t, sandbox.Options{Tickets: 900})}
	w.Engine.Views.StopView(w.In.ID) // nothing is read
	w.Faults(sandbox.Fault{Path: "/views/*/tickets", Skip: 1, Times: -1, Before: sandbox.Pause{Hold: "rest"}})
	ended := w.reading(100)
	w.Engine.Views.StopView(w.In.ID)
	if err := <-ended; err != nil {
		t.Errorf("the stop was reported: %v", err)
	}
	list, ids := w.panel()
	if len(ids) != 100 || !list.Fetch.Continues() || list.Fetch.Problem != "" || list.Fetch.Total <= 100 || list.Fetch.FinishedAt.IsZero() {
		t.Errorf("%d rows, %+v", len(ids), list.Fetch)
	}
}

func TestViewThatIsGoneNamesOthers(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	for _, answer := range []string{"record-not-found", "forbidden-page"} {
		w.Faults(sandbox.Fault{Path: "/views/" + trackertest.Itoa(sandbox.ViewUnresolved), Answer: answer},
			sandbox.Fault{Path: "/views/*/tickets", Answer: answer})
		err := w.Engine.Views.RefreshView(t.Context(), w.In.ID)
		for _, part := range []string{trackertest.Itoa(sandbox.ViewUnresolved), sandbox.Email, "New tickets", trackertest.Itoa(sandbox.ViewBugs)} {
			if e := trackertest.AsError(t, err); !strings.Contains(e.Message+strings.Join(e.Steps, " "), part) {
				t.Errorf("%s: %v, %q lacks %q", answer, e, e.Steps, part)
			}
		}
		w.Sandbox.ClearFaults()
	}
	d := w.In.Draft()
	d.View = "1"
	err := w.Engine.Accounts.TestIntegration(t.Context(), d, func(verdict.TestStep) {})
	if e := trackertest.AsError(t, err); len(e.Steps) == 0 || !strings.Contains(e.Steps[0], "New tickets") {
		t.Errorf("the test says %v, %q", e, e.Steps)
	}
	d.View = trackertest.Itoa(sandbox.ViewInactive)
	if _, err := w.Engine.Accounts.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err == nil || !strings.Contains(err.Error(), "inactive in Zendesk") {
		t.Errorf("the inactive view says %v", err)
	}
}

func TestViewsOfADraft(t *testing.T) {
	t.Parallel()
	w := world{trackertest.NewOf(t, sandbox.Options{})}
	d := tracker.NewIntegrationDraft(w.In.ProjectID)
	d.URL, d.Email, d.Auth, d.Secret = w.URL, sandbox.Email, tracker.AuthToken, sandbox.Token
	views, err := w.Engine.Accounts.Views(t.Context(), d)
	if err != nil || len(views) < 5 {
		t.Errorf("%d views, %v", len(views), err)
	}
	d.Email = ""
	if _, err := w.Engine.Accounts.Views(t.Context(), d); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("without e-mail: %v", err)
	}
}

func TestAccountThatAsksToWaitIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.Faults(sandbox.Fault{Path: "/views/*/tickets", Answer: "limited-account", RetryAfter: 60})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); tracker.CodeOf(err) != tracker.CodeLimited {
		t.Fatal(err)
	}
	list, _ := w.panel()
	if wait := time.Until(list.Fetch.NextAt); wait < 30*time.Second || wait > time.Minute {
		t.Errorf("waits %s", wait)
	}
	before := len(w.Sandbox.Requests())
	err := w.Engine.Views.RefreshView(t.Context(), w.In.ID)
	if tracker.CodeOf(err) != tracker.CodeLimited || len(w.Sandbox.Requests()) != before {
		t.Errorf("it was asked again: %v", err)
	}
}

func TestLinkedTicketsOutsideTheViewAreRead(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketNew)
	w.Story(ticket)
	for _, status := range []string{"solved", "pending", "solved"} {
		if err := w.Sandbox.Edit(sandbox.Edit{Ticket: int64(ticket), Status: status}); err != nil {
			t.Fatal(err)
		}
		if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
			t.Fatal(err)
		}
		d, err := w.Engine.Views.Ticket(t.Context(), w.In.ID, ticket)
		if err != nil || string(d.Ticket.Status) != status {
			t.Errorf("%s is shown as %s, %v", status, d.Ticket.Status, err)
		}
	}
}

func TestViewsAreReadAgainInTime(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	now := time.Now()
	svc := engine.New(kernel.Config{
		Store: w.DB, Zendesk: zendesk.New(zendesk.Config{}), Secrets: w.DB.Secrets(), User: "Ada",
		Now: func() time.Time { return now }, NewID: uuid.NewString, Log: w.Engine.Log,
	})
	due := func(after time.Duration) bool {
		t.Helper()
		now = time.Now().Add(after)
		ids, err := svc.Views.DueViews(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(ids) == 1
	}
	if due(50*time.Second) || !due(70*time.Second) {
		t.Error("a view is not read again after a minute")
	}
	svc.Views.SetFocus(false)
	if due(150*time.Second) || !due(210*time.Second) {
		t.Error("a view that nobody looks at is not read again after three minutes")
	}
	svc.Views.SetFocus(true)
	// A large view: 101 requests of 200 a minute, of which a tenth is ours.
	fetch := tracker.Fetch{IntegrationID: w.In.ID, StartedAt: time.Now()}
	err := w.DB.Write(t.Context(), func(wr tracker.Writer) error {
		if err := wr.BeginFetch(&fetch); err != nil {
			return err
		}
		fetch.FinishedAt, fetch.Total = time.Now().Add(10*time.Second), 9900
		return wr.EndFetch(fetch)
	})
	if err != nil {
		t.Fatal(err)
	}
	if due(4*time.Minute) || !due(6*time.Minute) {
		t.Error("a large view takes more than its share")
	}
}

// How often views are read is chosen, but the account's share comes first.
func TestViewsAreReadAsOftenAsIsChosen(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	for refresh, times := range map[time.Duration][2]time.Duration{30 * time.Second: {20 * time.Second, 40 * time.Second}, 10 * time.Minute: {8 * time.Minute, 12 * time.Minute}} {
		now := time.Now()
		svc := engine.New(kernel.Config{
			Store: w.DB, Zendesk: zendesk.New(zendesk.Config{}), Secrets: w.DB.Secrets(), User: "Ada", Refresh: refresh,
			Now: func() time.Time { return now }, NewID: uuid.NewString, Log: w.Engine.Log,
		})
		due := func(after time.Duration) bool {
			t.Helper()
			now = time.Now().Add(after)
			ids, err := svc.Views.DueViews(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return len(ids) == 1
		}
		if due(times[0]) || !due(times[1]) {
			t.Errorf("a view is not read again after %s", refresh)
		}
		if got := svc.Views.ReadingInterval(tracker.Fetch{}, w.In.Host, 1); got != refresh {
			t.Errorf("it is said to be read every %s, want %s", got, refresh)
		}
		large := tracker.Fetch{Total: 9900}
		if got := svc.Views.ReadingInterval(large, w.In.Host, 1); got < 5*time.Minute {
			t.Errorf("a large view is read every %s, which is more than its share", got)
		}
	}
}
