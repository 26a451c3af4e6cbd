package ui

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/pane"
)

// status is the first line of the screen.
func (w *world) status() string {
	first, _, _ := strings.Cut(w.screen(), "\n")
	return first
}

// What is paused and what is parked is shown at every width.
func TestPausedAndParkedAreAlwaysInSight(t *testing.T) {
	w := worked(t)
	w.settle(1, func(d *tracker.Delivery) { d.State, d.Reason = tracker.DeliveryParked, "the ticket is closed" })
	err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error {
		in, err := tx.Integration(w.in.ID)
		in.PausedReason = "acme.zendesk.com rejected the API token for ada@acme.com"
		if err == nil {
			err = tx.SaveIntegration(&in)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, width := range []int{40, 60, 80, 120, 200} {
		w.start(width, 20)
		if line := w.status(); !strings.Contains(line, "paused") || !strings.Contains(line, "!1") {
			t.Errorf("%d columns: %q", width, line)
		}
		w.exact(width, 20)
	}
}

// Two paused integrations leave the names of the project and of what is shown,
// and name the key that leads to them.
func TestPausedIntegrationsLeaveTheNames(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error {
		in, err := tx.Integration(w.in.ID)
		if err != nil {
			return err
		}
		in.PausedReason = "acme.zendesk.com rejected the API token for ada@acme.com"
		other := in
		other.ID, other.Name, other.Host, other.URL = 0, "Support US", "us.zendesk.com", "https://us.zendesk.com"
		other.PausedReason = "us.zendesk.com rejected the password for ada@acme.com"
		return errors.Join(tx.SaveIntegration(&in), tx.AddIntegration(&other))
	})
	if err != nil {
		t.Fatal(err)
	}
	for width, said := range map[int][]string{
		80:  {"Acme Mobile", "2 paused · ,", "Support"},
		120: {"Acme Mobile", "Support, Support US are paused · , opens them", "Support"},
		200: {"Acme Mobile", "Support, Support US are paused · , opens them", "Support: All unresolved"},
	} {
		w.start(width, 20)
		w.until("both are known", func() bool { return w.sight().Board.Integrations == 2 })
		for _, want := range said {
			if line := w.status(); !strings.Contains(line, want) {
				t.Errorf("%d columns: %q is not in %q", width, want, line)
			}
		}
		w.exact(width, 20)
	}
}

func TestLowQuotaIsShown(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(120, 20)
	w.account.quota.Requests = tracker.Allowance{PerMinute: 400, Left: 40, Resets: time.Minute}
	w.send(pane.Ticked{})
	if line := w.status(); strings.Contains(line, "requests") {
		t.Errorf("a tenth is plenty: %q", line)
	}
	w.account.quota.Requests.Left = 12
	w.send(pane.Ticked{})
	w.shows("Zendesk: 12 of 400 requests left this minute")
	w.start(50, 20)
	if line := w.status(); !strings.Contains(line, "12") {
		t.Errorf("50 columns: %q", line)
	}
}

// A view of many pages is read less often, and says so.
func TestLongViewsSayHowOftenTheyAreRead(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.partly(tracker.Fetch{FinishedAt: testNow(), Total: 10_000}).start(120, 20)
	w.shows("refreshed every 5m")
}

func TestProgressIsShownWhereItIsNoNotification(t *testing.T) {
	for env, shown := range map[string]bool{"TERM_PROGRAM=ghostty": true, "WT_SESSION=1": true, "TERM_PROGRAM=iTerm.app": false, "TERM=xterm-kitty": false} {
		w := newWorld(t).withTickets(usual()...)
		w.options.Environ = []string{env}
		w.start(80, 20)
		if w.model.View().ProgressBar != nil {
			t.Errorf("%s: progress without a reading", env)
		}
		begun := tracker.Fetch{IntegrationID: w.in.ID, StartedAt: testNow(), Total: 16}
		if err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.BeginFetch(&begun) }); err != nil {
			t.Fatal(err)
		}
		w.start(80, 20)
		bar := w.model.View().ProgressBar
		if (bar != nil) != shown || shown && (bar.State != tea.ProgressBarDefault || bar.Value != 25) {
			t.Errorf("%s: %+v", env, bar)
		}
	}
}
