package ui

import (
	"testing"
	"time"

	"storydesk/tracker"
)

// partly leaves a view of which one ticket came.
func (w *world) partly(f tracker.Fetch) *world {
	w.t.Helper()
	f.IntegrationID, f.StartedAt = w.in.ID, w.svc.Now()
	err := w.svc.Store.Write(w.t.Context(), func(wr tracker.Writer) error {
		finished := f.FinishedAt
		f.FinishedAt = time.Time{}
		if err := wr.BeginFetch(&f); err != nil {
			return err
		}
		f.FinishedAt = finished
		return wr.EndFetch(f)
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return w
}

func TestPartialViewGoesOn(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.partly(tracker.Fetch{FinishedAt: w.svc.Now(), Total: 9800, Partial: true, Next: "2"}).start(140, 30)
	w.see("of about 9800")
	w.see("partly loaded · + loads the rest")
	w.press("+")
	w.see("✓ 0s ago")
	w.idle()
	w.press("+")
	w.see("all tickets of the view are loaded")
}

func TestReadingShowsItsProgressAndStops(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.partly(tracker.Fetch{Total: 9800}).start(140, 30)
	w.see("of about 9800")
	w.press("esc")
	w.see("Loading stopped")
}

func TestRateLimitedAccountIsCounted(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.partly(tracker.Fetch{
		FinishedAt: w.svc.Now(), Partial: true, Problem: "it takes no more requests", NextAt: w.svc.Now().Add(40 * time.Second),
	}).start(140, 30)
	w.see("next try in 40s · it takes no more requests")
}
