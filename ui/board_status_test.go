package ui_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/pane"
	"storydesk/ui/uitest"
)

// status is the first line of the screen.
func (w *world) status() string {
	first, _, _ := strings.Cut(w.Screen(), "\n")
	return first
}

// What is paused and what is parked is shown at every width.
func TestPausedAndParkedAreAlwaysInSight(t *testing.T) {
	t.Parallel()
	w := worked(t)
	w.settle(1, func(d *tracker.Delivery) { d.State, d.Reason = tracker.DeliveryParked, "the ticket is closed" })
	err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error {
		in, err := tx.Integration(w.In.ID)
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
		w.Start(width, 20)
		if line := w.status(); !strings.Contains(line, "paused") || !strings.Contains(line, "!1") {
			t.Errorf("%d columns: %q", width, line)
		}
		w.exact(width, 20)
	}
}

// Two paused integrations leave the names of the project and of what is shown,
// and name the key that leads to them.
func TestPausedIntegrationsLeaveTheNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error {
		in, err := tx.Integration(w.In.ID)
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
		w.Start(width, 20)
		w.Until("both are known", func() bool { return w.Sight().Board.Integrations == 2 })
		for _, want := range said {
			if line := w.status(); !strings.Contains(line, want) {
				t.Errorf("%d columns: %q is not in %q", width, want, line)
			}
		}
		w.exact(width, 20)
	}
}

func TestLowQuotaIsShown(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(120, 20)
	w.Account.Left.Requests = tracker.Allowance{PerMinute: 400, Left: 40, Resets: time.Minute}
	w.Send(pane.Ticked{})
	if line := w.status(); strings.Contains(line, "requests") {
		t.Errorf("a tenth is plenty: %q", line)
	}
	w.Account.Left.Requests.Left = 12
	w.Send(pane.Ticked{})
	w.Shows("Zendesk: 12 of 400 requests left this minute")
	w.Start(50, 20)
	if line := w.status(); !strings.Contains(line, "12") {
		t.Errorf("50 columns: %q", line)
	}
}

// A view of many pages is read less often, and says so.
func TestLongViewsSayHowOftenTheyAreRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.partly(tracker.Fetch{FinishedAt: uitest.Now(), Total: 10_000}).Start(120, 20)
	w.Shows("refreshed every 5m")
}

func TestProgressIsShownWhereItIsNoNotification(t *testing.T) {
	t.Parallel()
	for env, shown := range map[string]bool{"TERM_PROGRAM=ghostty": true, "WT_SESSION=1": true, "TERM_PROGRAM=iTerm.app": false, "TERM=xterm-kitty": false} {
		w := newWorld(t).WithTickets(uitest.Usual()...)
		w.Options.Environ = []string{env}
		w.Start(80, 20)
		if w.Model.View().ProgressBar != nil {
			t.Errorf("%s: progress without a reading", env)
		}
		begun := tracker.Fetch{IntegrationID: w.In.ID, StartedAt: uitest.Now(), Total: 16}
		if err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error { return tx.BeginFetch(&begun) }); err != nil {
			t.Fatal(err)
		}
		w.Start(80, 20)
		bar := w.Model.View().ProgressBar
		if (bar != nil) != shown || shown && (bar.State != tea.ProgressBarDefault || bar.Value != 25) {
			t.Errorf("%s: %+v", env, bar)
		}
	}
}
