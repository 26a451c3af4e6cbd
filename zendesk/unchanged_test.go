package zendesk_test

import (
	"net/http"
	"slices"
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// statuses counts the answers that a piece of work got for pages of views.
func statuses(s *sandbox.Sandbox, work func()) map[int]int {
	before := len(s.Requests())
	work()
	counted := map[int]int{}
	for _, r := range s.Requests()[before:] {
		counted[r.Status]++
	}
	return counted
}

// A page that has not changed is not sent again, whichever way it is asked for.
func TestNoPageIsSentAgainUnchanged(t *testing.T) {
	for name, depth := range map[string]int{"by number": 0, "by cursor": 100} {
		s, d := openSandbox(t, sandbox.Options{Tickets: 430})
		settle(t, s, func(o *sandbox.Settings) { o.OffsetDepth = depth })
		// The first reading learns the depth, the second one begins as all later ones do.
		whole, _ := readView(t, d, sandbox.ViewUnresolved, "")
		readView(t, d, sandbox.ViewUnresolved, "")
		var again []tracker.TicketID
		got := statuses(s, func() { again, _ = readView(t, d, sandbox.ViewUnresolved, "") })
		if !slices.Equal(again, whole) || got[http.StatusOK] != 0 || got[http.StatusNotModified] < len(whole)/100 || len(got) != 1 {
			t.Errorf("%s: %d of %d tickets, answers %v", name, len(again), len(whole), got)
		}
		// A ticket in the middle changes, and only its page is sent.
		changed := whole[len(whole)/2]
		if err := s.Edit(sandbox.Edit{Ticket: int64(changed), Comment: "One more thing", Public: true}); err != nil {
			t.Fatal(err)
		}
		got = statuses(s, func() { again, _ = readView(t, d, sandbox.ViewUnresolved, "") })
		if !slices.Equal(again, whole) || got[http.StatusOK] != 1 {
			t.Errorf("%s: after a change %d of %d tickets, answers %v", name, len(again), len(whole), got)
		}
		// One leaves: what follows moves, and the view is as short as it is.
		if err := s.Edit(sandbox.Edit{Ticket: int64(changed), Status: "solved"}); err != nil {
			t.Fatal(err)
		}
		rest := slices.DeleteFunc(slices.Clone(whole), func(id tracker.TicketID) bool { return id == changed })
		if again, _ = readView(t, d, sandbox.ViewUnresolved, ""); !slices.Equal(again, rest) {
			t.Errorf("%s: %d of %d tickets after one left", name, len(again), len(rest))
		}
	}
}

// What is sent again carries the ticket as it is now.
func TestAChangedPageBringsTheChange(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 330})
	whole, _ := readView(t, d, sandbox.ViewUnresolved, "")
	changed := whole[250]
	if err := s.Edit(sandbox.Edit{Ticket: int64(changed), Status: "pending"}); err != nil {
		t.Fatal(err)
	}
	_, pages := readView(t, d, sandbox.ViewUnresolved, "")
	var found tracker.Ticket
	for _, page := range pages {
		for _, ticket := range page.Tickets {
			if ticket.ID == changed {
				found = ticket
			}
		}
	}
	if found.Status != tracker.TicketPending {
		t.Errorf("ticket %s is %q", changed, found.Status)
	}
}
