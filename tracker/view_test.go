package tracker_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"storydesk/tracker"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// panel reads the cached view.
func (w *world) panel() (tracker.TicketList, []tracker.TicketID) {
	w.t.Helper()
	list, err := w.svc.Tickets(w.t.Context(), w.in.ID)
	if err != nil {
		w.t.Fatal(err)
	}
	ids := make([]tracker.TicketID, len(list.Tickets))
	for i, row := range list.Tickets {
		ids[i] = row.ID
	}
	return list, ids
}

// truth lists the tickets of the view as the desk holds them.
func (w *world) truth() []tracker.TicketID {
	w.t.Helper()
	desk, err := zendesk.New(zendesk.Config{}).Open(w.in, tracker.Credentials{Secret: sandbox.Password})
	if err != nil {
		w.t.Fatal(err)
	}
	var ids []tracker.TicketID
	for page, err := range desk.ViewTickets(w.t.Context(), w.in.ViewID, "") {
		if err != nil {
			w.t.Fatal(err)
		}
		for _, t := range page.Tickets {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// reading begins to read the view and waits until it has that many rows. The
// channel tells how it ends.
func (w *world) reading(rows int) <-chan error {
	w.t.Helper()
	feed := w.svc.Subscribe()
	defer feed.Close()
	ended := make(chan error, 1)
	go func() { ended <- w.svc.RefreshView(w.t.Context(), w.in.ID) }()
	for {
		if _, ids := w.panel(); len(ids) >= rows {
			return ended
		}
		if _, err := feed.Next(w.t.Context()); err != nil {
			w.t.Fatal(err)
		}
	}
}

func TestFirstPageBringsRowsAndTheCount(t *testing.T) {
	t.Parallel()
	w := newWorldOf(t, sandbox.Options{Tickets: 900})
	truth := w.truth()
	w.faults(sandbox.Fault{Path: "/views/*/tickets", Skip: 1, Times: -1, Before: sandbox.Pause{Hold: "rest"}})
	ended := w.reading(100)
	list, ids := w.panel()
	if !slices.Equal(ids, truth[:100]) || list.Fetch.Total != len(truth) || !list.Fetch.FinishedAt.IsZero() {
		t.Errorf("%d rows of %d, %+v", len(ids), len(truth), list.Fetch)
	}
	w.desk.Release("rest")
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
	w := newWorldOf(t, sandbox.Options{Tickets: 900})
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
		t.Fatal(err)
	}
	truth := w.truth()
	if err := w.svc.SaveSetting(t.Context(), tracker.SettingViewBudget, "5s"); err != nil {
		t.Fatal(err)
	}
	w.faults(sandbox.Fault{Path: "/views/*/tickets", Skip: 3, Times: -1, Before: sandbox.Pause{Hold: "slow"}})
	err := w.svc.RefreshView(t.Context(), w.in.ID)
	list, ids := w.panel()
	if err == nil || !strings.Contains(err.Error(), "5 s") || !strings.Contains(list.Fetch.Problem, "Narrow it") {
		t.Errorf("said %v, kept %q", err, list.Fetch.Problem)
	}
	if len(ids) != len(truth) || !list.Fetch.Continues() || list.Fetch.Total != len(truth) {
		t.Errorf("%d rows of %d, %+v", len(ids), len(truth), list.Fetch)
	}
	w.desk.Release("slow")
	w.desk.ClearFaults()
	if err := w.svc.SaveSetting(t.Context(), tracker.SettingViewBudget, ""); err != nil {
		t.Fatal(err)
	}
	before := len(w.desk.Requests())
	if err := w.svc.ContinueView(t.Context(), w.in.ID); err != nil {
		t.Fatal(err)
	}
	list, ids = w.panel()
	if !slices.Equal(ids, truth) || list.Fetch.Continues() || list.Fetch.Problem != "" {
		t.Errorf("%d rows of %d, %+v", len(ids), len(truth), list.Fetch)
	}
	if n, whole := len(w.desk.Requests())-before, 1+(len(truth)+99)/100; n >= whole {
		t.Errorf("going on took %d requests, as many as reading all", n)
	}
	if err := w.svc.ContinueView(t.Context(), w.in.ID); tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("a whole view went on: %v", err)
	}
}

func TestStoppedReadingKeepsWhatCame(t *testing.T) {
	t.Parallel()
	w := newWorldOf(t, sandbox.Options{Tickets: 900})
	w.svc.StopView(w.in.ID) // nothing is read
	w.faults(sandbox.Fault{Path: "/views/*/tickets", Skip: 1, Times: -1, Before: sandbox.Pause{Hold: "rest"}})
	ended := w.reading(100)
	w.svc.StopView(w.in.ID)
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
	w := newWorld(t)
	for _, answer := range []string{"record-not-found", "forbidden-page"} {
		w.faults(sandbox.Fault{Path: "/views/" + itoa(sandbox.ViewUnresolved), Answer: answer},
			sandbox.Fault{Path: "/views/*/tickets", Answer: answer})
		err := w.svc.RefreshView(t.Context(), w.in.ID)
		for _, part := range []string{itoa(sandbox.ViewUnresolved), sandbox.Email, "New tickets", itoa(sandbox.ViewBugs)} {
			if e := asTracker(t, err); !strings.Contains(e.Message+strings.Join(e.Steps, " "), part) {
				t.Errorf("%s: %v, %q lacks %q", answer, e, e.Steps, part)
			}
		}
		w.desk.ClearFaults()
	}
	d := w.in.Draft()
	d.View = "1"
	err := w.svc.TestIntegration(t.Context(), d, func(tracker.TestStep) {})
	if e := asTracker(t, err); len(e.Steps) == 0 || !strings.Contains(e.Steps[0], "New tickets") {
		t.Errorf("the test says %v, %q", e, e.Steps)
	}
	d.View = itoa(sandbox.ViewInactive)
	if _, err := w.svc.EditIntegration(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err == nil || !strings.Contains(err.Error(), "inactive in Zendesk") {
		t.Errorf("the inactive view says %v", err)
	}
}

func TestViewsOfADraft(t *testing.T) {
	t.Parallel()
	w := newWorldOf(t, sandbox.Options{})
	d := tracker.NewIntegrationDraft(w.in.ProjectID)
	d.URL, d.Email, d.Auth, d.Secret = w.url, sandbox.Email, tracker.AuthToken, sandbox.Token
	views, err := w.svc.Views(t.Context(), d)
	if err != nil || len(views) < 5 {
		t.Errorf("%d views, %v", len(views), err)
	}
	d.Email = ""
	if _, err := w.svc.Views(t.Context(), d); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("without e-mail: %v", err)
	}
}

func TestDeskThatAsksToWaitIsLeftAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.faults(sandbox.Fault{Path: "/views/*/tickets", Answer: "limited-account", RetryAfter: 60})
	if err := w.svc.RefreshView(t.Context(), w.in.ID); tracker.CodeOf(err) != tracker.CodeLimited {
		t.Fatal(err)
	}
	list, _ := w.panel()
	if wait := time.Until(list.Fetch.NextAt); wait < 30*time.Second || wait > time.Minute {
		t.Errorf("waits %s", wait)
	}
	before := len(w.desk.Requests())
	err := w.svc.RefreshView(t.Context(), w.in.ID)
	if tracker.CodeOf(err) != tracker.CodeLimited || len(w.desk.Requests()) != before {
		t.Errorf("it was asked again: %v", err)
	}
}

func TestLinkedTicketsOutsideTheViewAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketNew)
	w.story(ticket)
	for _, status := range []string{"solved", "pending", "solved"} {
		if err := w.desk.Edit(sandbox.Edit{Ticket: int64(ticket), Status: status}); err != nil {
			t.Fatal(err)
		}
		if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
			t.Fatal(err)
		}
		d, err := w.svc.Ticket(t.Context(), w.in.ID, ticket)
		if err != nil || string(d.Ticket.Status) != status {
			t.Errorf("%s is shown as %s, %v", status, d.Ticket.Status, err)
		}
	}
}

func TestViewsAreReadAgainInTime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := time.Now()
	svc := tracker.New(tracker.Config{
		Store: w.db, Desks: zendesk.New(zendesk.Config{}), Secrets: w.db.Secrets(), User: "Ada",
		Now: func() time.Time { return now }, NewID: uuid.NewString, Log: w.svc.Log,
	})
	due := func(after time.Duration) bool {
		t.Helper()
		now = time.Now().Add(after)
		ids, err := svc.DueViews(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return len(ids) == 1
	}
	if due(50*time.Second) || !due(70*time.Second) {
		t.Error("a view is not read again after a minute")
	}
	svc.SetFocus(false)
	if due(150*time.Second) || !due(210*time.Second) {
		t.Error("a view that nobody looks at is not read again after three minutes")
	}
	svc.SetFocus(true)
	// A large view: 101 requests of 200 a minute, of which a tenth is ours.
	fetch := tracker.Fetch{IntegrationID: w.in.ID, StartedAt: time.Now()}
	err := w.db.Write(t.Context(), func(wr tracker.Writer) error {
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
