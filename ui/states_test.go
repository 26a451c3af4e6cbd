package ui_test

import (
	"testing"

	"github.com/charmbracelet/x/exp/golden"

	"storydesk/tracker"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

// paused is a world whose integration Zendesk no longer lets in.
func paused(t testing.TB) *world {
	w := filled(t, uitest.Usual())
	err := w.Service.Store.Write(t.Context(), func(tx tracker.Writer) error {
		in, err := tx.Integration(w.In.ID)
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
	w := filled(t, uitest.Usual())
	w.fetch(tracker.Fetch{
		Total: 9800, Partial: true, FinishedAt: uitest.Now(), Problem: "the view took longer than 60 s; 4 tickets came. Narrow it in Zendesk",
	})
	return w
}

// reading is a world whose view is just being read.
func reading(t testing.TB) *world {
	w := filled(t, uitest.Usual())
	w.fetch(tracker.Fetch{Total: 9800})
	return w
}

// fetch makes a reading of the view that brought its tickets; one that ended
// has a time for that.
func (w *world) fetch(f tracker.Fetch) {
	w.T.Helper()
	f.IntegrationID, f.StartedAt = w.In.ID, uitest.Now()
	err := w.Service.Store.Write(w.T.Context(), func(tx tracker.Writer) error {
		if err := tx.BeginFetch(&f); err != nil {
			return err
		}
		if err := tx.SaveTickets(f, w.Account.List); err != nil || f.FinishedAt.IsZero() {
			return err
		}
		return tx.EndFetch(f)
	})
	if err != nil {
		w.T.Fatal(err)
	}
}

// first is a world at its first start.
func first(t testing.TB) *world {
	w := newWorld(t)
	w.Options.OffersSandbox, w.Options.AskUser = true, "Grace Hopper"
	return w
}

// What goes wrong, goes on or is asked is to be seen at every size and in every
// look.
func TestGoldenStates(t *testing.T) {
	t.Parallel()
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
		{"welcome at the first start", first, nil, 120, 40, light},
		{"welcome at the first start", first, nil, 40, 12, ascii},
		{"asking for the name of the user", first, nameless, 120, 40, dark},
		{"asking for the name of the user", first, nameless, 80, 24, light},
		{"asking for the name of the user", first, nameless, 40, 12, mono},
		{"asking before an undo that sends", begun, undone, 120, 40, dark},
		{"asking before an undo that sends", begun, undone, 80, 24, light},
		{"asking before an undo that sends", begun, undone, 40, 12, mono},
		{"board with a paused integration", paused, nil, 120, 40, dark},
		{"board with a paused integration", paused, nil, 80, 24, mono},
		{"board with a paused integration", paused, nil, 40, 12, light},
		{"board with a part of a view", partial, nil, 200, 60, high},
		{"board with a part of a view", partial, nil, 80, 24, light},
		{"board reading a view", reading, func(w *world) { w.Model.Host().Spinner.Turn = 1 }, 120, 40, mono},
		{"board without the tickets pane", worked, func(w *world) { w.Press("t") }, 120, 40, high},
		{"messages", worked, func(w *world) { logged(w).Press("!") }, 80, 24, dark},
		{"messages", worked, func(w *world) { logged(w).Press("!") }, 40, 12, mono},
		{"one message", worked, func(w *world) { logged(w).Press("!", "enter") }, 80, 24, light},
		{"asking about unsent comments", unsentComments, func(w *world) { asked(w) }, 80, 24, dark},
		{"asking about unsent comments", unsentComments, func(w *world) { asked(w) }, 40, 12, light},
		{"links with problems", drifted, func(w *world) { w.verified() }, 120, 40, dark},
		{"links with problems", drifted, func(w *world) { w.verified() }, 80, 24, mono},
		{"links with problems", drifted, func(w *world) { w.verified() }, 40, 12, ascii},
		{"one link with a problem", drifted, func(w *world) { w.verified(); w.Press("g", "enter") }, 200, 60, light},
		{"board with an unfolded story", described, func(w *world) { w.unfold() }, 120, 40, dark},
		{"board with an unfolded story", described, func(w *world) { w.unfold() }, 80, 24, mono},
		{"board with an unfolded story", described, func(w *world) { w.unfold() }, 40, 12, ascii},
		{"comment on several stories", commentable, func(w *world) { w.commentOnAll() }, 120, 40, light},
		{"comment on several stories", commentable, func(w *world) { w.commentOnAll() }, 40, 12, mono},
		{"new story", planned, func(w *world) { w.namesGrace() }, 120, 40, dark},
		{"new story", planned, func(w *world) { w.namesGrace() }, 80, 24, light},
		{"new story", planned, func(w *world) { w.form().Press("enter") }, 40, 12, ascii},
		{"help searched", worked, func(w *world) { w.Press("?").Write("story") }, 80, 24, mono},
	} {
		t.Run(pictureName(c.name, c.w, c.h, c.look), func(t *testing.T) {
			w := c.make(t).Start(c.w, c.h)
			w.Model.SetLook(c.look)
			if c.do != nil {
				c.do(w)
			}
			w.exact(c.w, c.h)
			golden.RequireEqual(t, w.Frame())
		})
	}
}

// namesGrace fills the form of a new story in, up to a name that can be completed.
func (w *world) namesGrace() {
	w.form().Write("Rotate the keys").Press("tab", "tab", "tab").Write("gra")
	w.See("→ Grace Hopper")
}

// commentable is a world with one story that tickets hear of, and one that none does.
func commentable(t testing.TB) *world {
	w := worked(t)
	w.Story("Rotate the keys", tracker.Backlog, 1)
	return w
}

// unsentComments is a world with a story whose comments have not been sent.
func unsentComments(t testing.TB) *world {
	w := newWorld(t).numbered().WithTickets(uitest.Usual()...)
	w.sendComments("one", "two")
	w.settle(1, func(d *tracker.Delivery) { d.State = tracker.DeliveryUnconfirmed })
	return w
}

// nameless makes a story, up to the question of the user's name.
func nameless(w *world) {
	w.Press("n").Write("Rotate the keys").Press("enter")
	w.See("Grace Hopper")
}

// undone undoes what was sent, up to the question.
func undone(w *world) {
	w.Press("u")
	w.See("Undo S-1 started?")
}

// asked deletes the story, up to the question about its unsent comments.
func asked(w *world) {
	w.Press("2", "D", "y")
	w.See("2 private comments not sent")
}

// logged says some things.
func logged(w *world) *world {
	w.Model.Host().Say("S-1 is started · u undo")
	w.Model.Host().Warn("S-1 needs an estimate first: p")
	w.Model.Host().Fail(tracker.Errorf(tracker.CodeUnavailable, "acme.zendesk.com does not answer; the tickets shown are the last known ones"))
	return w
}
