package zendesk_test

import (
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

// asked lists the queries of requests for a view's tickets.
func asked(s *sandbox.Sandbox) (queries []string) {
	for _, r := range s.Requests() {
		if strings.HasSuffix(r.Path, "/tickets") {
			queries = append(queries, r.Query)
		}
	}
	return queries
}

// readView reads a view to its end and returns the tickets and the pages.
func readView(t *testing.T, d tracker.Account, id int64, from string) (ids []tracker.TicketID, pages []tracker.TicketPage) {
	t.Helper()
	for page, err := range d.ViewTickets(t.Context(), tracker.ViewID(id), from) {
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
		for _, ticket := range page.Tickets {
			ids = append(ids, ticket.ID)
		}
	}
	return ids, pages
}

func TestViewIsReadByNumberedPages(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 700})
	ids, pages := readView(t, d, sandbox.ViewUnresolved, "")
	if got := len(asked(s)); got != (len(ids)+99)/100 || got != len(pages) {
		t.Errorf("%d tickets on %d pages took %d requests", len(ids), len(pages), got)
	}
	for i, p := range pages {
		last := i == len(pages)-1
		if p.Total != len(ids) || p.More == last || (p.Next == "") != last {
			t.Errorf("page %d: total %d of %d, more %v, next %q", i, p.Total, len(ids), p.More, p.Next)
		}
	}
	for i, p := range pages[:len(pages)-1] {
		rest, _ := readView(t, d, sandbox.ViewUnresolved, p.Next)
		if !slices.Equal(rest, ids[(i+1)*100:]) {
			t.Errorf("from %q come %d tickets, want the last %d", p.Next, len(rest), len(ids)-(i+1)*100)
		}
	}
}

func TestFirstPageIsNotSentTwice(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{})
	before, _ := readView(t, d, sandbox.ViewUnresolved, "")
	again, pages := readView(t, d, sandbox.ViewUnresolved, "")
	if !slices.Equal(before, again) || pages[0].Total != len(before) {
		t.Errorf("unchanged view: %d and %d tickets", len(before), len(again))
	}
	if err := s.Edit(sandbox.Edit{Ticket: int64(before[0]), Status: "solved"}); err != nil {
		t.Fatal(err)
	}
	if after, _ := readView(t, d, sandbox.ViewUnresolved, ""); !slices.Equal(after, before[1:]) {
		t.Errorf("a ticket left, and the view holds %d of %d", len(after), len(before))
	}
	var statuses []int
	for _, r := range s.Requests() {
		statuses = append(statuses, r.Status)
	}
	if want := []int{200, 304, 200}; !slices.Equal(statuses, want) {
		t.Errorf("statuses %v, want %v", statuses, want)
	}
}

// A ticket that leaves or comes while pages are read is neither doubled nor
// lost for good.
func TestViewThatMovesIsReadOnce(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 900})
	still, _ := readView(t, d, sandbox.ViewRecent, "")
	edit := sandbox.Edit{Ticket: int64(still[len(still)-1]), Comment: "I am still here", Public: true}
	if err := s.AddFaults(sandbox.Fault{Path: "/views/*/tickets", Skip: 1, Meanwhile: &edit}); err != nil {
		t.Fatal(err)
	}
	moving, _ := readView(t, d, sandbox.ViewRecent, "")
	if doubled := slices.Sorted(slices.Values(moving)); len(slices.Compact(doubled)) != len(moving) {
		t.Error("a ticket came twice")
	}
	after, _ := readView(t, d, sandbox.ViewRecent, "")
	slices.Sort(after)
	slices.Sort(still)
	if !slices.Equal(after, still) {
		t.Errorf("%d tickets afterwards, want %d", len(after), len(still))
	}
}

func TestFailureOfOnePageEndsTheView(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 900})
	if err := s.AddFaults(sandbox.Fault{Path: "/views/*/tickets", Skip: 3, Times: -1, Answer: "limited-account", RetryAfter: 7}); err != nil {
		t.Fatal(err)
	}
	n, failed := 0, 0
	for page, err := range d.ViewTickets(t.Context(), tracker.ViewID(sandbox.ViewUnresolved), "") {
		n += len(page.Tickets)
		if err != nil {
			failed++
			wantCode(t, "limited", err, tracker.CodeLimited)
		}
	}
	if failed != 1 || n%100 != 0 || n > 300 {
		t.Errorf("%d tickets and %d errors", n, failed)
	}
}

func TestViewsThatTheUserSees(t *testing.T) {
	_, d := openSandbox(t, sandbox.Options{})
	views, err := d.Views(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range views {
		if !v.Active || v.Title == "" || v.ID == tracker.ViewID(sandbox.ViewInactive) {
			t.Errorf("%+v", v)
		}
	}
	if len(views) < 5 || views[0].ID != tracker.ViewID(sandbox.ViewUnresolved) {
		t.Errorf("%d views", len(views))
	}
}

func TestTicketsByNumber(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 300})
	ids, _ := readView(t, d, sandbox.ViewUnresolved, "")
	ids = append(ids, 999_999_999)
	if err := s.Edit(sandbox.Edit{Ticket: int64(ids[0]), Delete: true}); err != nil {
		t.Fatal(err)
	}
	tickets, err := d.Tickets(t.Context(), ids)
	if err != nil || len(tickets) != len(ids)-2 {
		t.Fatalf("%d of %d tickets, %v", len(tickets), len(ids), err)
	}
	for _, ticket := range tickets {
		truth, _ := s.Ticket(int64(ticket.ID))
		if ticket.Subject != truth.Subject || ticket.Requester == "" {
			t.Errorf("ticket %s: %+v", ticket.ID, ticket)
		}
	}
	requests := 0
	for _, r := range s.Requests() {
		if strings.HasSuffix(r.Path, "/tickets/show_many") {
			requests++
		}
	}
	if want := (len(ids) + 99) / 100; requests != want {
		t.Errorf("%d requests, want %d", requests, want)
	}
}
