package tracker_test

import (
	"net/http"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/conversation"
	"storydesk/zendesk/sandbox"
)

// Notes that back off from a desk out of reach leave as soon as it answers
// anything, and not before it does.
func TestNotesLeaveWhenTheDeskIsBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	clock := newHandClock()
	w.svc.Now = clock.now
	w.svc.Patient()
	ticket := w.ticket(tracker.TicketOpen)
	st := w.story(ticket)
	w.comment(st, "Is anybody there?")
	w.faults(sandbox.Fault{Times: -1, Answer: "bad-gateway"})
	if report, err := w.svc.Sync(t.Context()); err != nil || len(report.Problems) != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	notes, _ := w.notes(t.Context(), st)
	if d := notes[0]; !d.Unreachable || d.Failures != 1 || d.NotBefore.Sub(clock.now()) < 5*time.Minute {
		t.Fatalf("%+v", d)
	}
	w.desk.ClearFaults()
	w.sync() // reads the view first
	w.once(ticket, "Is anybody there?")
}

// So they do when somebody reads a conversation.
func TestAConversationCallsNotesThatWait(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.svc.Patient()
	ticket := w.ticket(tracker.TicketOpen)
	st := w.story(ticket)
	w.comment(st, "Is anybody there?")
	w.faults(sandbox.Fault{Method: http.MethodGet, Path: updates, Answer: "bad-gateway"})
	if err := w.svc.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := conversation.Read(t.Context(), w.svc, w.in.ID, ticket, 1); err != nil {
		t.Fatal(err)
	}
	w.deliver(st)
	w.once(ticket, "Is anybody there?")
}

// One note that gets through calls those that wait on other tickets.
func TestANoteThatGetsThroughCallsTheOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, second := w.ticket(tracker.TicketOpen), w.ticket(tracker.TicketNew)
	cut := w.story(first)
	w.comment(cut, "Cut off.")
	w.faults(sandbox.Fault{Method: http.MethodGet, Path: updates, Answer: "bad-gateway"})
	w.svc.Patient()
	if err := w.svc.SendDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if notes, _ := w.notes(t.Context(), cut); !notes[0].Unreachable {
		t.Fatalf("%+v", notes[0])
	}
	w.comment(w.story(second), "Got through.")
	w.deliver(cut)
	w.once(first, "Cut off.")
	w.once(second, "Got through.")
}

// An update that fails while the ticket can be read backs off alone: a reading
// that succeeds proves nothing of updates.
func TestAFailedUpdateIsNotCalledByReadings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.svc.Patient()
	st := w.story(w.ticket(tracker.TicketOpen))
	w.comment(st, "Not now.")
	w.faults(onUpdate(sandbox.Fault{Times: -1, Answer: "server-error"}))
	w.sync()
	w.sync()
	if notes, _ := w.notes(t.Context(), st); notes[0].Attempts != 1 || notes[0].Failures != 1 {
		t.Errorf("%+v", notes[0])
	}
}

// The back-off goes on where it was after a restart.
func TestABackOffSurvivesARestart(t *testing.T) {
	t.Parallel()
	clock := newHandClock()
	w := newWorldOf(t, sandbox.Options{Now: clock.now})
	w.datedByItsClock()
	if err := w.svc.RefreshView(t.Context(), w.in.ID); err != nil {
		t.Fatal(err)
	}
	st := w.story(w.ticket(tracker.TicketOpen))
	w.comment(st, "Not now.")
	w.faults(onUpdate(sandbox.Fault{Times: -1, Answer: "server-error"}))
	for n := 1; n <= 5; n++ {
		_, svc := w.open(0)
		svc.Now = clock.now
		if err := svc.SendDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		notes, _ := w.notes(t.Context(), st)
		least := 20 * time.Millisecond << (n - 1) * 4 / 5
		if d := notes[0]; d.Failures != n || d.NotBefore.Sub(clock.now()) < least {
			t.Errorf("after %d tries it waits %s: %+v", n, d.NotBefore.Sub(clock.now()), d)
		}
		clock.pass(2 * time.Second)
	}
}

// A desk that takes long to read has its notes all the same: the claim is
// renewed before the update leaves.
func TestASlowDeskGetsItsNotes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.story(w.ticket(tracker.TicketOpen))
	w.comment(st, "Take your time.")
	slow := sandbox.Pause{Seconds: 0.6}
	w.faults(
		onUpdate(sandbox.Fault{Answer: sandbox.AnswerReset}),
		sandbox.Fault{Method: http.MethodGet, Path: commentLists, Times: -1, After: slow},
		sandbox.Fault{Method: http.MethodGet, Path: updates, Times: -1, After: slow},
	)
	if d := w.deliver(st)[0]; d.State != tracker.DeliverySent || d.Attempts != 2 {
		t.Errorf("%+v", d)
	}
}
