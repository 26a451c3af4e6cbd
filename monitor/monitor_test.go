package monitor

import (
	"errors"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"storydesk/store"
	"storydesk/tracker"
	"storydesk/tracker/kind"
	"storydesk/tracker/trackertest"
)

func open(t *testing.T) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "storydesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	return db
}

// serve serves a store and returns what asks for a path.
func serve(t *testing.T, m *Monitor, s tracker.Store) func(path string) (status int, body string) {
	t.Helper()
	where, stop, err := m.Serve(t.Context(), "127.0.0.1:0", s, func(string) tracker.Quota { return tracker.Quota{} })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	return func(path string) (int, string) {
		t.Helper()
		answer, err := http.Get("http://" + where + path)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		body, err := io.ReadAll(answer.Body)
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(body)
	}
}

// A transaction that runs twice counts once, one that fails not at all.
func TestAttemptsAreCountedOnce(t *testing.T) {
	db := open(t)
	defer db.Close()
	m := New("1.2")
	told := 0
	s := m.Store(trackertest.Twice{Store: db}, func(_ tracker.DeliveryID, a tracker.DeliveryAttempt) {
		if told++; a.State != tracker.DeliverySent {
			t.Errorf("told of %+v", a)
		}
	})
	get := serve(t, m, s)
	var id tracker.DeliveryID
	made := time.Now().Add(-time.Hour)
	err := s.Write(t.Context(), func(w tracker.Writer) error {
		p := tracker.NewProject("P")
		if err := w.AddProject(&p); err != nil {
			return err
		}
		in := tracker.Integration{ProjectID: p.ID, Name: `A "name"` + "\n", Kind: kind.Zendesk, Host: "acme.zendesk.com", Active: true}
		if err := w.AddIntegration(&in); err != nil {
			return err
		}
		d := tracker.Delivery{
			Operation: "x", IntegrationID: in.ID, Ticket: tracker.TicketKey{Host: in.Host, ID: 1},
			State: tracker.DeliveryWaiting, Text: "secret", CreatedAt: made,
		}
		if err := w.AddDelivery(d); err != nil {
			return err
		}
		list, err := w.Deliveries(tracker.DeliveryQuery{})
		id = list[0].ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	attempt := func(err error) error {
		return s.Write(t.Context(), func(w tracker.Writer) error {
			return errors.Join(w.AddDeliveryAttempt(id, tracker.DeliveryAttempt{At: made, State: tracker.DeliverySent}), err)
		})
	}
	failed := errors.New("failed")
	if err := attempt(failed); !errors.Is(err, failed) {
		t.Fatal(err)
	}
	if err := attempt(nil); err != nil {
		t.Fatal(err)
	}
	_, metrics := get("/metrics")
	for _, line := range []string{
		`storydesk_delivery_attempts_total{outcome="sent"} 1`, `storydesk_deliveries{state="waiting"} 1`,
		"storydesk_database_up 1", `storydesk_build_info{version="1.2"} 1`, "storydesk_delivery_oldest_pending_seconds 36",
	} {
		if !strings.Contains(metrics, "\n"+line) {
			t.Errorf("the metrics have no %s:\n%s", line, metrics)
		}
	}
	if told != 1 || strings.Contains(metrics, "secret") {
		t.Errorf("told %d times", told)
	}
}

// A database that does not answer is told by both pages, which go on answering.
func TestDatabaseThatDoesNotAnswer(t *testing.T) {
	db := open(t)
	m := New("1.2")
	get := serve(t, m, m.Store(db, nil))
	if status, body := get("/healthz"); status != http.StatusOK || body != "ok\n" {
		t.Errorf("%d %q", status, body)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if status, body := get("/healthz"); status != http.StatusServiceUnavailable || body == "" {
		t.Errorf("%d %q", status, body)
	}
	if status, metrics := get("/metrics"); status != http.StatusOK || !strings.Contains(metrics, "\nstorydesk_database_up 0\n") {
		t.Errorf("%d %s", status, metrics)
	}
	if status, _ := get("/elsewhere"); status != http.StatusNotFound {
		t.Errorf("%d", status)
	}
}

// What strangers named is told as text, and of views of one name the one that waits longest.
func TestViewsOfStrangers(t *testing.T) {
	db := open(t)
	defer db.Close()
	m := New("1.2")
	now := time.Now()
	m.now = func() time.Time { return now }
	get := serve(t, m, m.Store(db, nil))
	for _, age := range []time.Duration{time.Minute, time.Hour, time.Second} {
		err := db.Write(t.Context(), func(w tracker.Writer) error {
			p := tracker.NewProject(age.String())
			if err := w.AddProject(&p); err != nil {
				return err
			}
			for _, name := range []string{"Support", "a\xff"} {
				in := tracker.Integration{ProjectID: p.ID, Name: name, Kind: kind.Zendesk, Host: "acme\xff.zendesk.com", Active: true}
				if err := w.AddIntegration(&in); err != nil {
					return err
				}
				f := tracker.Fetch{IntegrationID: in.ID, StartedAt: now.Add(-age)}
				if err := w.BeginFetch(&f); err != nil {
					return err
				}
				f.FinishedAt = f.StartedAt
				if err := w.EndFetch(f); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	status, metrics := get("/metrics")
	for _, name := range []string{"Support", "a\uFFFD"} {
		line := "\nstorydesk_view_refresh_age_seconds{host=\"acme\uFFFD.zendesk.com\",integration=\"" + name + "\"} 3600"
		if !strings.Contains(metrics, line) {
			t.Errorf("%d: the metrics have no %s:\n%s", status, line, metrics)
		}
	}
}
