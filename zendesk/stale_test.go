package zendesk_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk"
	"storydesk/zendesk/sandbox"
)

// settle changes the sandbox's settings.
func settle(t *testing.T, s *sandbox.Sandbox, change func(*sandbox.Settings)) {
	t.Helper()
	o := s.Settings()
	change(&o)
	if err := s.Set(o); err != nil {
		t.Fatal(err)
	}
}

// The count of a view may be hours old. Only next_page says where it ends.
func TestAStaleCountCutsNoView(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 430})
	whole, _ := readView(t, d, sandbox.ViewUnresolved, "")
	if len(whole) < 430 {
		t.Fatalf("the view holds %d tickets", len(whole))
	}
	for _, count := range []int{0, 1, 100, 150, len(whole) - 1, 5_000, 20_000} {
		settle(t, s, func(o *sandbox.Settings) { o.ViewCounts = map[int64]int{sandbox.ViewUnresolved: count} })
		if ids, _ := readView(t, d, sandbox.ViewUnresolved, ""); !slices.Equal(ids, whole) {
			t.Errorf("with a count of %d the view has %d of %d tickets", count, len(ids), len(whole))
		}
	}
}

// Where pages by number end before the view does, cursors go on.
func TestAViewGoesOnBehindTheDepthOfOffsets(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 430})
	base := "http://" + newTicket(t, d).Host
	whole, _ := readView(t, d, sandbox.ViewUnresolved, "")
	for _, depth := range []int{100, 200, 201, 400} {
		for _, count := range []int{150, len(whole)} {
			settle(t, s, func(o *sandbox.Settings) {
				o.OffsetDepth, o.ViewCounts = depth, map[int64]int{sandbox.ViewUnresolved: count}
			})
			// A new account knows nothing of the depth, this one has learned it.
			for name, account := range map[string]tracker.Account{"new": signIn(t, base, tracker.AuthToken, sandbox.Token, time.Minute), "same": d} {
				ids, pages := readView(t, account, sandbox.ViewUnresolved, "")
				if !slices.Equal(ids, whole) {
					t.Fatalf("depth %d, count %d, %s account: %d of %d tickets", depth, count, name, len(ids), len(whole))
				}
				for _, page := range pages {
					if rest, _ := readView(t, account, sandbox.ViewUnresolved, page.Next); page.More && !containsAll(rest, after(whole, page)) {
						t.Errorf("depth %d: from %q the view lacks tickets", depth, page.Next)
					}
				}
			}
		}
	}
}

// What one brand's host says of the limits holds for the whole account.
func TestBrandsShareTheirLimits(t *testing.T) {
	_, d := openSandbox(t, sandbox.Options{})
	home := newTicket(t, d).Host
	in := tracker.Integration{
		URL: "http://" + strings.Replace(home, "127.0.0.1", "localhost", 1), Host: home, Email: sandbox.Email, Auth: tracker.AuthToken,
	}
	client := zendesk.New(zendesk.Config{})
	brand, err := client.Open(in, tracker.Credentials{Secret: sandbox.Token})
	if err != nil {
		t.Fatal(err)
	}
	if ticket := newTicket(t, brand); ticket.Host != home || ticket.URL != in.URL+"/agent/tickets/"+strconv.Itoa(int(ticket.ID)) {
		t.Errorf("the ticket is of %s, at %s", ticket.Host, ticket.URL)
	}
	in.URL = "http://" + home
	same, err := client.Open(in, tracker.Credentials{Secret: sandbox.Token})
	if err != nil || same.Quota().Requests.PerMinute == 0 {
		t.Errorf("the account's quota is %+v, %v", same.Quota(), err)
	}
}

// A depth that was met once is not run into by each reading.
func TestTheDepthOfOffsetsIsLearned(t *testing.T) {
	s, d := openSandbox(t, sandbox.Options{Tickets: 430})
	settle(t, s, func(o *sandbox.Settings) { o.OffsetDepth = 300 })
	refused := func() (n int) {
		before := len(s.Requests())
		readView(t, d, sandbox.ViewUnresolved, "")
		for _, r := range s.Requests()[before:] {
			if r.Status == 400 {
				n++
			}
		}
		return n
	}
	if first, second := refused(), refused(); first == 0 || second != 0 {
		t.Errorf("%d requests were too deep at first, and %d afterwards", first, second)
	}
}

// after are the tickets of a view that come behind a page of it.
func after(whole []tracker.TicketID, page tracker.TicketPage) []tracker.TicketID {
	if len(page.Tickets) == 0 {
		return nil
	}
	return whole[slices.Index(whole, page.Tickets[len(page.Tickets)-1].ID)+1:]
}

func containsAll(all, some []tracker.TicketID) bool {
	return !slices.ContainsFunc(some, func(id tracker.TicketID) bool { return !slices.Contains(all, id) })
}
