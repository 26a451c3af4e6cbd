package ui

import (
	"fmt"
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

// paused is a world whose integration Zendesk no longer lets in.
func paused(t testing.TB) *world {
	w := filled(t, usual())
	err := w.svc.Store.Write(t.Context(), func(tx tracker.Writer) error {
		in, err := tx.Integration(w.in.ID)
		if err != nil {
			return err
		}
		in.PausedReason = "acme.zendesk.com rejected the API token for ada@acme.com"
		return tx.SaveIntegration(&in)
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// partial is a world whose view is too large for one reading.
func partial(t testing.TB) *world {
	w := filled(t, usual())
	w.fetch(tracker.Fetch{
		Total: 9800, Partial: true, FinishedAt: testNow(), Problem: "the view took longer than 60 s; 4 tickets came. Narrow it in Zendesk",
	})
	return w
}

// reading is a world whose view is just being read.
func reading(t testing.TB) *world {
	w := filled(t, usual())
	w.fetch(tracker.Fetch{Total: 9800})
	return w
}

// fetch makes a reading of the view that brought its tickets; one that ended
// has a time for that.
func (w *world) fetch(f tracker.Fetch) {
	w.t.Helper()
	f.IntegrationID, f.StartedAt = w.in.ID, testNow()
	err := w.svc.Store.Write(w.t.Context(), func(tx tracker.Writer) error {
		if err := tx.BeginFetch(&f); err != nil {
			return err
		}
		if err := tx.SaveTickets(f, w.account.tickets); err != nil || f.FinishedAt.IsZero() {
			return err
		}
		return tx.EndFetch(f)
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// first is a world at its first start.
func first(t testing.TB) *world {
	w := newWorld(t)
	w.options.OffersSandbox, w.options.AskUser = true, "Grace Hopper"
	return w
}

// What goes wrong, goes on or is asked is to be seen at every size and in every
// look.
func TestGoldenStates(t *testing.T) {
	dark, light, mono := theme.Options{Dark: true}, theme.Options{}, theme.Options{NoColor: true}
	ascii := theme.Options{NoColor: true, ASCII: true}
	high := theme.Options{Dark: true, HighContrast: true}
	for _, c := range []struct {
		name string
		make func(testing.TB) *world
		do   func(*world)
		w, h int
		look theme.Options
	}{
		{"first start", first, nil, 120, 40, light},
		{"first start", first, nil, 40, 12, ascii},
		{"name", first, nameless, 120, 40, dark},
		{"name", first, nameless, 80, 24, light},
		{"name", first, nameless, 40, 12, mono},
		{"undo that sends", begun, undone, 120, 40, dark},
		{"undo that sends", begun, undone, 80, 24, light},
		{"undo that sends", begun, undone, 40, 12, mono},
		{"paused", paused, nil, 120, 40, dark},
		{"paused", paused, nil, 80, 24, mono},
		{"paused", paused, nil, 40, 12, light},
		{"partial", partial, nil, 200, 60, high},
		{"partial", partial, nil, 80, 24, light},
		{"reading", reading, func(w *world) { w.model.Host().Spinner.Turn = 1 }, 120, 40, mono},
		{"linked", worked, func(w *world) { w.press("t") }, 120, 40, high},
		{"log", worked, func(w *world) { logged(w).press("!") }, 80, 24, dark},
		{"log", worked, func(w *world) { logged(w).press("!") }, 40, 12, mono},
		{"message", worked, func(w *world) { logged(w).press("!", "enter") }, 80, 24, light},
		{"unsent", unsentComments, func(w *world) { asked(w) }, 80, 24, dark},
		{"unsent", unsentComments, func(w *world) { asked(w) }, 40, 12, light},
		{"links", drifted, func(w *world) { w.verified() }, 120, 40, dark},
		{"links", drifted, func(w *world) { w.verified() }, 80, 24, mono},
		{"links", drifted, func(w *world) { w.verified() }, 40, 12, ascii},
		{"link", drifted, func(w *world) { w.verified(); w.press("g", "enter") }, 200, 60, light},
		{"unfolded", described, func(w *world) { w.unfold() }, 120, 40, dark},
		{"unfolded", described, func(w *world) { w.unfold() }, 80, 24, mono},
		{"unfolded", described, func(w *world) { w.unfold() }, 40, 12, ascii},
		{"comment", commentable, func(w *world) { w.commentOnAll() }, 120, 40, light},
		{"comment", commentable, func(w *world) { w.commentOnAll() }, 40, 12, mono},
		{"help searched", worked, func(w *world) { w.press("?").write("story") }, 80, 24, mono},
	} {
		t.Run(fmt.Sprintf("%s %dx%d", c.name, c.w, c.h), func(t *testing.T) {
			w := c.make(t).start(c.w, c.h)
			w.model.SetLook(c.look)
			if c.do != nil {
				c.do(w)
			}
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.frame())
		})
	}
}

// commentable is a world with one story that tickets hear of, and one that none does.
func commentable(t testing.TB) *world {
	w := worked(t)
	w.story("Rotate the keys", tracker.Backlog, 1)
	return w
}

// unsentComments is a world with a story whose comments have not been sent.
func unsentComments(t testing.TB) *world {
	w := newWorld(t).numbered().withTickets(usual()...)
	w.sendComments("one", "two")
	w.settle(1, func(d *tracker.Delivery) { d.State = tracker.DeliveryUnconfirmed })
	return w
}

// nameless makes a story, up to the question of the user's name.
func nameless(w *world) {
	w.press("n").write("Rotate the keys").press("enter")
	w.see("Grace Hopper")
}

// undone undoes what was sent, up to the question.
func undone(w *world) {
	w.press("u")
	w.see("Undo S-1 started?")
}

// asked deletes the story, up to the question about its unsent comments.
func asked(w *world) {
	w.press("2", "D", "y")
	w.see("2 private comments not sent")
}

// logged says some things.
func logged(w *world) *world {
	w.model.Host().Say("S-1 is started · u undo")
	w.model.Host().Warn("S-1 needs an estimate first: p")
	w.model.Host().Fail(tracker.Errorf(tracker.CodeUnavailable, "acme.zendesk.com does not answer; the tickets shown are the last known ones"))
	return w
}
