package tracker_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
)

// An integration that is removed and added again for its account brings the
// links of stories with it.
func TestAnAccountThatIsAddedAgainAdoptsItsLinks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketOpen)
	st := w.story(ticket)
	if err := w.svc.RemoveIntegration(t.Context(), w.in.ID, false); err != nil {
		t.Fatal(err)
	}
	w.comment(st, "Said to nobody.")
	w.unreached(st, "the integration was removed")
	w.another("Again")
	w.unreached(st, "")
	w.comment(st, "Said after all.")
	w.deliver(st)
	w.once(ticket, "Said after all.")
	if n := len(w.received(ticket, "Said to nobody.")); n != 0 {
		t.Errorf("%d comments of before", n)
	}
}

// Where another integration of the account is left, it takes the links over.
func TestAnIntegrationThatIsRemovedLeavesItsLinksToAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ticket := w.ticket(tracker.TicketOpen)
	st := w.story(ticket)
	first := w.in.ID
	w.another("Second")
	if err := w.svc.RemoveIntegration(t.Context(), first, false); err != nil {
		t.Fatal(err)
	}
	w.comment(st, "By the other one.")
	w.deliver(st)
	w.once(ticket, "By the other one.")
}

// A ticket that gets nothing is named with the reason.
func TestATicketThatIsNotReachedIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.story(w.ticket(tracker.TicketOpen))
	w.unreached(st, "")
	if _, err := w.svc.SetIntegrationActive(t.Context(), w.in.ID, false); err != nil {
		t.Fatal(err)
	}
	w.unreached(st, "Support is off")
}

// unreached checks why a story's ticket is not reached, empty where it is.
func (w *world) unreached(st tracker.Story, why string) {
	w.t.Helper()
	list, err := w.svc.Unreached(w.t.Context(), st.ID)
	switch {
	case err != nil:
		w.t.Fatal(err)
	case why == "" && len(list) == 0:
	case len(list) != 1 || list[0].Ticket != st.Tickets[0].Ticket.ID || !strings.Contains(list[0].Reason, why) || why == "":
		w.t.Errorf("not reached: %+v, want %q", list, why)
	}
}
