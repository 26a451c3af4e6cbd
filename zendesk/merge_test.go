package zendesk_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

func TestMergedInto(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{})
	const merged, closed = 1044, 1042
	for _, e := range []sandbox.Edit{
		{Ticket: merged, MergeInto: 1047}, {Ticket: closed, Status: "closed", Comment: "as #12 says"},
	} {
		if err := s.Edit(e); err != nil {
			t.Fatal(err)
		}
	}
	tickets, err := d.Tickets(t.Context(), []tracker.TicketID{merged, closed})
	if err != nil || len(tickets) != 2 {
		t.Fatalf("%v, %v", tickets, err)
	}
	for _, ticket := range tickets {
		if ticket.Merged != (ticket.ID == merged) {
			t.Errorf("%s is merged: %t", ticket.ID, ticket.Merged)
		}
	}
	if into, err := d.MergedInto(t.Context(), merged); into != 1047 || err != nil {
		t.Errorf("merged into %d, %v", into, err)
	}
	if into, err := d.MergedInto(t.Context(), 1046); into != 0 || err != nil {
		t.Errorf("a ticket without such a comment was merged into %d, %v", into, err)
	}
	_, err = d.MergedInto(t.Context(), 7)
	wantCode(t, "a ticket that is not there", err, tracker.CodeNotFound)
}
