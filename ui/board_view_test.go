package ui_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

// partly leaves a view of which one ticket came.
func (w *world) partly(f tracker.Fetch) *world {
	w.T.Helper()
	f.IntegrationID, f.StartedAt = w.In.ID, w.Service.Now()
	err := w.Service.Store.Write(w.T.Context(), func(wr tracker.Writer) error {
		finished := f.FinishedAt
		f.FinishedAt = time.Time{}
		if err := wr.BeginFetch(&f); err != nil {
			return err
		}
		f.FinishedAt = finished
		return wr.EndFetch(f)
	})
	if err != nil {
		w.T.Fatal(err)
	}
	return w
}

func TestPartialViewGoesOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.partly(tracker.Fetch{FinishedAt: w.Service.Now(), Total: 9800, Partial: true, Next: "2"}).Start(140, 30)
	w.See("of about 9800")
	w.See("partly loaded · + loads the rest")
	w.Press("+")
	w.See("✓ 0s ago")
	w.Idle()
	w.Press("+")
	w.See("all tickets of the view are loaded")
}

func TestReadingShowsItsProgressAndStops(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.partly(tracker.Fetch{Total: 9800}).Start(140, 30)
	w.See("of about 9800")
	w.Press("esc")
	w.See("Loading stopped")
}

func TestRateLimitedAccountIsCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.partly(tracker.Fetch{
		FinishedAt: w.Service.Now(), Partial: true, Problem: "it takes no more requests", NextAt: w.Service.Now().Add(40 * time.Second),
	}).Start(140, 30)
	w.See("next try in 40s · it takes no more requests")
}
