package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/ui/uitest"
)

// shipped is a board whose Backlog has an accepted story of a ticket and one that is
// not started; all that was sent of it is through.
func shipped(t testing.TB) *world {
	w := newWorld(t).numbered().WithTickets(uitest.Usual()...)
	st := w.estimated(1042)
	for _, a := range []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept} {
		if _, err := w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID}}, a, ""); err != nil {
			t.Fatal(err)
		}
	}
	w.Story("Rotate the keys", tracker.Backlog, 1)
	w.sentAll()
	return w.Start(140, 30)
}

// estimated makes an estimated story of tickets.
func (w *world) estimated(tickets ...tracker.TicketID) tracker.Story {
	w.T.Helper()
	points := 2.0
	st, err := trackertest.One(w.Service.Stories.Estimate(w.T.Context(), []tracker.Seen{{ID: w.linked(tickets...).ID}}, &points))
	if err != nil {
		w.T.Fatal(err)
	}
	return st
}

// sentAll makes all deliveries sent.
func (w *world) sentAll() {
	w.T.Helper()
	list, err := w.Service.Outbox.Deliveries(w.T.Context(), tracker.DeliveryQuery{})
	if err != nil {
		w.T.Fatal(err)
	}
	for _, d := range list {
		w.settle(d.ID, func(d *tracker.Delivery) {
			at, private := uitest.Now(), false
			d.State, d.AuditID, d.DeliveredAt, d.Attempts, d.Public = tracker.DeliverySent, tracker.AuditID(4920+d.ID), &at, 1, &private
		})
	}
}

// queued counts what waits to be sent.
func (w *world) queued() int {
	w.T.Helper()
	counts, err := w.Service.Outbox.DeliveryCounts(w.T.Context())
	if err != nil {
		w.T.Fatal(err)
	}
	return counts[tracker.DeliveryWaiting]
}

// No key and no drag moves an accepted story, alone or among marked ones: it says
// how to restart it, and nothing is sent.
func TestNoKeyMovesAnAcceptedStory(t *testing.T) {
	t.Parallel()
	const refused = "S-1 is accepted and cannot be moved; "
	for name, keys := range map[string][]string{
		"to the Icebox": {"i"}, "go to the Backlog": {"b"}, "to any place": {"m"}, "down": {"J"},
		"marked to the Icebox": {"space", "space", "i"}, "marked go to the Backlog": {"space", "space", "b"}, "marked to any place": {"space", "space", "m"},
		"in its detail, to the Icebox": {"enter", "i"}, "in its detail, go to the Backlog": {"enter", "b"},
	} {
		t.Run(name, func(t *testing.T) {
			w := shipped(t)
			w.Press("2")
			w.Press(keys...)
			w.See(refused)
			w.Idle()
			if st := w.read(1).Story; st.State != tracker.Accepted || w.queued() != 0 {
				t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
			}
		})
	}
	t.Run("the mouse", func(t *testing.T) {
		w := shipped(t)
		w.At("Login loops on SSO").Press()
		w.Press("2", "G")
		w.At("★").Press().Over("Icebox").Release()
		w.Idle()
		if st := w.read(1).Story; st.State != tracker.Accepted || w.queued() != 0 {
			t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
		}
	})
}

// The key for the next state restarts an accepted story, after a question that says
// what is sent. No leaves it.
func TestAnAcceptedStoryIsRestartedByKey(t *testing.T) {
	t.Parallel()
	w := shipped(t)
	w.Press("2", "s")
	w.See("Restart S-1? 1 private comment will be sent to #1042")
	w.Press("n")
	w.Idle()
	if st := w.read(1).Story; st.State != tracker.Accepted {
		t.Fatalf("it is %s after no", st.State)
	}
	w.Press("s")
	w.See("Restart S-1? 1 private comment will be sent to #1042")
	w.Press("y")
	w.See("S-1 restarted")
	w.Idle()
	if st := w.read(1).Story; st.State != tracker.Started || w.queued() != 1 {
		t.Errorf("it is %s, %d wait to be sent", st.State, w.queued())
	}
	w.Press("i")
	w.See("S-1 is in the Icebox")
}

// The preview shows what the restart would send.
func TestPreviewOfARestart(t *testing.T) {
	t.Parallel()
	w := shipped(t)
	w.Press("2", "V")
	w.See("Ada Lovelace restarted story S-1")
	if w.queued() != 0 {
		t.Errorf("%d wait to be sent", w.queued())
	}
}

// The footer says what the key for the next state does to the selected story, on
// the board and in its detail.
func TestTheFooterNamesTheNextState(t *testing.T) {
	t.Parallel()
	life := []tracker.Action{tracker.Start, tracker.Finish, tracker.Deliver, tracker.Accept, tracker.Restart}
	for i, next := range life {
		w := newWorld(t)
		st := w.Story("Rotate the keys", tracker.Backlog, 1, life[:i]...)
		w.Start(120, 30).Press("2")
		want := "s " + string(next) + "  "
		if line := w.footer(); !strings.Contains(line, want) {
			t.Errorf("%s: the footer is %q", next, line)
		}
		w.detail(st.ID)
		if line := w.footer(); !strings.Contains(line, want) {
			t.Errorf("%s: the footer beside the detail is %q", next, line)
		}
	}
	w := newWorld(t)
	w.Story("Rotate the keys", tracker.Backlog, -1)
	w.Start(120, 30).Press("2")
	if line := w.footer(); strings.Contains(line, " s ") {
		t.Errorf("without an estimate the footer is %q", line)
	}
}
