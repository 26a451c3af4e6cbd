package courier_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// copied makes a copy of the database as it is now, and opens it.
func (w world) copied() *engine.Engine {
	w.T.Helper()
	copied := *w.World
	copied.Path = filepath.Join(w.T.TempDir(), "copy.db")
	if err := w.DB.Write(w.T.Context(), func(tracker.Writer) error {
		for _, suffix := range []string{"", "-wal"} {
			data, err := os.ReadFile(w.Path + suffix)
			if os.IsNotExist(err) {
				continue
			}
			if err != nil {
				return err
			}
			if err := os.WriteFile(copied.Path+suffix, data, 0o600); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		w.T.Fatal(err)
	}
	_, svc := copied.Open(0)
	return svc
}

// datedByItsClock lets Zendesk date its answers by its own clock, a second off.
func (w world) datedByItsClock() {
	w.T.Helper()
	settings := w.Sandbox.Settings()
	settings.ClockSeconds = 1
	if err := w.Sandbox.Set(settings); err != nil {
		w.T.Fatal(err)
	}
}

// A database that was restored from a backup, or copied to another machine,
// does not know what was sent since: it looks before it sends.
func TestARestoredDatabaseSendsNothingAgain(t *testing.T) {
	t.Parallel()
	for name, ahead := range map[string]int{"clocks agree": 0, "the desk's clock is behind": -3600, "the desk's clock is ahead": 3600} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			offset := time.Duration(ahead) * time.Second
			w := world{trackertest.NewOf(t, sandbox.Options{Now: func() time.Time { return time.Now().Add(offset) }})}
			w.datedByItsClock()
			if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
				t.Fatal(err)
			}
			ticket := w.Ticket(tracker.TicketNew)
			st := w.Story(ticket)
			w.Start(st)
			w.Comment(st, "Said before the backup.")
			backup := w.copied()
			w.Deliver(st)
			if err := backup.Courier.SendDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			if err := backup.Courier.SendDue(t.Context()); err != nil {
				t.Fatal(err)
			}
			w.Once(ticket, "Ada started story")
			w.Once(ticket, "Said before the backup.")
			list, err := backup.Outbox.Deliveries(t.Context(), tracker.DeliveryQuery{Story: st.ID})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range list {
				if d.State != tracker.DeliverySent || d.AuditID == 0 || d.Attempts != 0 {
					t.Errorf("%s after %d attempts: %s", d.State, d.Attempts, d.Reason)
				}
			}
		})
	}
}

// A first try costs a look only where the ticket changed since: one request.
func TestAFirstTryLooksOnlyWhereTheTicketChanged(t *testing.T) {
	t.Parallel()
	for name, changed := range map[string]bool{"unchanged": false, "changed": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			ticket := w.Ticket(tracker.TicketOpen)
			st := w.Story(ticket)
			w.Comment(st, "Once.")
			if changed {
				for _, comment := range []string{"One.", "Two."} {
					if err := w.Sandbox.Edit(sandbox.Edit{Ticket: int64(ticket), Comment: comment}); err != nil {
						t.Fatal(err)
					}
				}
			}
			before := len(w.Sandbox.Requests())
			w.Deliver(st)
			var asked []string
			for _, r := range w.Sandbox.Requests()[before:] {
				if strings.Contains(r.Path, "/tickets/"+trackertest.Itoa(ticket)) {
					asked = append(asked, r.Method)
				}
			}
			want := []string{http.MethodGet, http.MethodPut}
			if changed {
				want = []string{http.MethodGet, http.MethodGet, http.MethodPut}
			}
			if strings.Join(asked, " ") != strings.Join(want, " ") {
				t.Errorf("asked %v, want %v", asked, want)
			}
			w.Once(ticket, "Once.")
		})
	}
}
