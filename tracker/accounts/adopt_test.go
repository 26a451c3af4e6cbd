package accounts_test

import (
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// An integration that is removed and added again for its account brings the
// links of stories with it.
func TestAnAccountThatIsAddedAgainAdoptsItsLinks(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	if err := w.Engine.Accounts.RemoveIntegration(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	w.Comment(st, "Said to nobody.")
	w.unreached(st, "the integration was removed")
	w.Another("Again")
	w.unreached(st, "")
	w.Comment(st, "Said after all.")
	w.Deliver(st)
	w.Once(ticket, "Said after all.")
	if n := len(w.Received(ticket, "Said to nobody.")); n != 0 {
		t.Errorf("%d comments of before", n)
	}
}

// Where another integration of the account is left, it takes the links over.
func TestAnIntegrationThatIsRemovedLeavesItsLinksToAnother(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	first := w.In.ID
	w.Another("Second")
	if err := w.Engine.Accounts.RemoveIntegration(t.Context(), first, false); err != nil {
		t.Fatal(err)
	}
	w.Comment(st, "By the other one.")
	w.Deliver(st)
	w.Once(ticket, "By the other one.")
}

// A ticket that gets nothing is named with the reason.
func TestATicketThatIsNotReachedIsNamed(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	st := w.Story(w.Ticket(tracker.TicketOpen))
	w.unreached(st, "")
	if _, err := w.Engine.Accounts.SetIntegrationActive(t.Context(), w.In.ID, false); err != nil {
		t.Fatal(err)
	}
	w.unreached(st, "Support is off")
}

// unreached checks why a story's ticket is not reached, empty where it is.
func (w world) unreached(st tracker.Story, why string) {
	w.T.Helper()
	list, err := w.Engine.Stories.Unreached(w.T.Context(), st.ID)
	switch {
	case err != nil:
		w.T.Fatal(err)
	case why == "" && len(list) == 0:
	case len(list) != 1 || list[0].Ticket != st.Tickets[0].Ticket.ID || !strings.Contains(list[0].Reason, why) || why == "":
		w.T.Errorf("not reached: %+v, want %q", list, why)
	}
}
