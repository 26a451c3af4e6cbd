package follow_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// A terminal left over night, whose tickets customers write on all the time: the readings
// take no more than their share of what the account allows, every comment is there in
// the morning, and no comments are asked for once nobody writes.
func TestANightOfFollowing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Tickets: 120})
	list, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	var stories []tracker.Story
	list.Tickets = slices.DeleteFunc(list.Tickets, func(row tracker.TicketRow) bool { return row.Messaging })[:60]
	for _, row := range list.Tickets {
		stories = append(stories, w.Story(row.ID))
	}
	const night = 3 * time.Hour
	begun, before := w.clock.Now(), len(w.Sandbox.Requests())
	written, read, quiet := 0, 0, 0
	for minute := 0; w.clock.Now().Sub(begun) < night; minute++ {
		if w.clock.Now().Sub(begun) < night/2 {
			id := list.Tickets[minute%60].ID
			w.Meanwhile(sandbox.Edit{Ticket: int64(id), Comment: fmt.Sprintf("comment %d", minute), Public: minute%2 == 0})
			written++
		}
		w.clock.Sleep(time.Minute)
		due, err := w.Engine.Views.DueViews(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		w.asked = len(w.Sandbox.Requests())
		for _, in := range due {
			if err := w.Engine.Views.RefreshView(t.Context(), in); err != nil {
				t.Fatal(err)
			}
		}
		asked := w.requests("/comments")
		read += asked
		if w.clock.Now().Sub(begun) > night/2+10*time.Minute {
			quiet += asked
		}
	}
	known := make(map[string]int)
	for _, st := range stories {
		for _, e := range w.events(st) {
			if e.Kind == tracker.EventComment {
				known[trackertest.Itoa(e.Ticket.ID)+e.Text]++
			}
		}
	}
	if len(known) != written {
		t.Errorf("%d comments of %d are on the stories", len(known), written)
	}
	const pages, share = 2, 700 / tracker.ReadingShare
	if read > 2*written {
		t.Errorf("%d requests for the comments of %d tickets that changed", read, written)
	}
	if n, minutes := len(w.Sandbox.Requests())-before, int(night/time.Minute); n > min(share*minutes, (1+pages)*minutes+read) {
		t.Errorf("%d requests in %d minutes, %d of them for comments", n, minutes, read)
	}
	if quiet > 0 {
		t.Errorf("%d requests for comments while nobody wrote", quiet)
	}
}
