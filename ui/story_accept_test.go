package ui_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/uitest"
)

// unfinished is a delivered story with an open task, a blocker and a review.
func (w *world) unfinished(name string) tracker.Story {
	w.T.Helper()
	st := w.Story(name, tracker.Backlog, 1, tracker.Start, tracker.Finish, tracker.Deliver)
	_, err := w.Service.Stories.AddTask(w.T.Context(), st.ID, "Write the docs")
	must(w.T, err)
	_, err = w.Service.Parts.AddBlocker(w.T.Context(), st.ID, "a key")
	must(w.T, err)
	_, err = w.Service.Parts.AddReview(w.T.Context(), st.ID, "Code", "Ben")
	must(w.T, err)
	return st
}

func TestAcceptingAnUnfinishedStoryAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.unfinished("Rotate the keys")
	w.Start(120, 40)
	w.Press("2", "s")
	w.See(st.ID.String() + " has 1 open task, 1 blocker and 1 unfinished review. Accept it?")
	w.Press("n")
	w.Until("the question is gone", func() bool { return !strings.Contains(w.Screen(), "Accept it?") })
	if got := w.read(st.ID).Story.State; got != tracker.Delivered {
		t.Errorf("after no it is %s", got)
	}
	w.Press("s")
	w.See("Accept it?")
	w.Press("y")
	w.Until("it is accepted", func() bool { return w.read(st.ID).Story.State == tracker.Accepted })
}

func TestAcceptingInTheDetailAsksOnlyWhileSomethingIsOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1, tracker.Start, tracker.Finish, tracker.Deliver)
	_, err := w.Service.Parts.AddBlocker(t.Context(), st.ID, "a key")
	must(t, err)
	w.Start(120, 40).detail(st.ID)
	w.Press("s")
	w.See(st.ID.String() + " has 1 blocker. Accept it?")
	w.Press("n")
	must(t, w.Service.Parts.ResolveBlocker(t.Context(), st.ID, w.read(st.ID).Parts.Blockers[0].ID, true))
	w.See("Blockers 0 open of 1")
	w.Idle()
	w.Press("s")
	w.Until("it is accepted", func() bool { return w.read(st.ID).Story.State == tracker.Accepted })
}

// So it is from a ticket with the story.
func TestAcceptingFromATicketSaysWhatIsOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.unfinished("Rotate the keys")
	_, err := w.Service.Stories.LinkTickets(t.Context(), []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{1042})
	must(t, err)
	w.Start(120, 40)
	asked := st.ID.String() + " has 1 open task, 1 blocker and 1 unfinished review. Accept it?"
	w.Press("s")
	w.See(asked)
	w.Press("n")
	w.Until("the question is gone", func() bool { return !strings.Contains(w.Screen(), "Accept it?") })
	w.Press("s")
	w.See(asked)
	w.Press("y")
	w.Until("it is accepted", func() bool { return w.read(st.ID).Story.State == tracker.Accepted })
}

// A ticket's own detail asks, too, and knows what has become of it since.
func TestAcceptingInATicketsDetailSaysWhatIsOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	st := w.unfinished("Rotate the keys")
	_, err := w.Service.Stories.LinkTickets(t.Context(), []tracker.StoryID{st.ID}, w.In, []tracker.TicketID{1039})
	must(t, err)
	w.Start(120, 40).ticketDetail(1039)
	w.Press("s").See(st.ID.String() + " has 1 open task, 1 blocker and 1 unfinished review. Accept it?")
	w.Press("n")
	if got := w.read(st.ID).Story.State; got != tracker.Delivered {
		t.Errorf("without an agreement it is %s", got)
	}
	w.Press("s").See("Accept it?")
	w.Press("y")
	w.Until("it is accepted", func() bool { return w.read(st.ID).Story.State == tracker.Accepted })
}

func TestAcceptingMarkedStoriesSaysWhatIsOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.unfinished("Rotate the keys")
	w.Story("Buy a licence", tracker.Backlog, 1, tracker.Start, tracker.Finish, tracker.Deliver)
	w.Start(160, 40)
	w.Press("2", "ctrl+a", "s")
	w.See("has 1 open task, 1 blocker and 1 unfinished review. Accept 2 stories?")
}
