package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
)

// shows waits until the screen shows all texts, or none of those behind a minus.
func (w *world) shows(texts ...string) {
	w.T.Helper()
	for _, text := range texts {
		if hidden, ok := strings.CutPrefix(text, "-"); ok {
			w.Until("there is no "+hidden, func() bool { return !strings.Contains(w.Screen(), hidden) })
			continue
		}
		w.See(text)
	}
}

func TestBlockersByKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := w.Story("Buy a licence", tracker.Backlog, 1)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(160, 40).detail(st.ID)
	w.Press("A")
	w.See("Add to " + st.ID.String())
	w.Press("enter").Write("an API key").Press("enter")
	w.shows("Blockers 1 open of 1", "[ ] an API key")
	w.Press("A", "enter").Write(other.ID.String()).Press("enter")
	w.shows("Blockers 2 open of 2", "open "+other.ID.String()+" Buy a licence")
	// Both rows are marked.
	w.shows("Rotate the keys", "⊘", "◆")
	w.Click("[ ] an API key") // its box
	w.shows("Blockers 1 open of 2", "[x] an API key")
	w.Press("u")
	w.shows("Blockers 2 open of 2")
	w.Idle()
	w.Until("the cursor is on the blocker", func() bool {
		w.Press("tab")
		return strings.Contains(w.Screen(), "▌[ ] an API key")
	})
	w.Press("enter")
	w.See("waits for")
	w.Write("s").Press("enter")
	w.See("[ ] an API keys")
	w.Idle()
	w.Press("space")
	w.See("[x] an API keys")
	w.Idle()
	w.Press("X")
	w.shows("Blockers 1 open of 1", "-[x] an API keys", "removed the blocker “an API keys”")
	w.Idle()
	w.Click("open " + other.ID.String())
	w.See("blocks " + st.ID.String() + " Rotate the keys")
}

func TestReviewsAndFollowersByKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("A", "down", "enter")
	w.See("Security")
	w.Write("cod").Press("enter")
	w.shows("Reviews 0/1", "[ ] Code unstarted", "no reviewer")
	w.Idle()
	w.Click("[ ] Code")
	w.See("Code review of " + st.ID.String())
	w.Write("pass").Press("enter")
	w.shows("Reviews 1/1", "[x] Code pass")
	w.Idle()
	w.Until("the cursor is on the review", func() bool {
		w.Press("tab")
		return strings.Contains(w.Screen(), "▌[x] Code")
	})
	w.Press("enter")
	w.See("Reviewer of " + st.ID.String())
	w.Write("Grace").Press("enter")
	w.shows("-no reviewer", "Grace")
	w.Idle()
	w.Press("f")
	w.shows("followed by Ada", "You follow "+st.ID.String())
	w.Idle()
	w.Press("f")
	w.shows("-followed by", "You no longer follow")
	w.Idle()
	if got := w.read(st.ID).Parts; len(got.Followers) > 0 || len(got.Reviews) != 1 || got.Reviews[0].Reviewer != "Grace" {
		t.Errorf("parts %+v", got)
	}
}
