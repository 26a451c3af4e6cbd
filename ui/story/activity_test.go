package story

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
)

// What was written on the tickets stands among the story's comments by time, with who
// wrote it where; what changed there stands in the history.
func TestSheetShowsWhatHappenedOnTickets(t *testing.T) {
	key := tracker.TicketKey{Host: "acme.zendesk.com", ID: 1039}
	ago := func(d time.Duration) time.Time { return testNow().Add(-d) }
	got := laidOut(t, func(s *sheet) {
		s.Comments = []tracker.Comment{{ID: 1, Author: "Ada Lovelace", Text: "Found it.", CreatedAt: ago(2 * time.Hour)}}
		s.Activities = []tracker.Activity{{ID: 2, Actor: "Ada Lovelace", Verb: "finished", At: ago(time.Hour)}, {ID: 1, Actor: "Ada Lovelace", Verb: "started", At: ago(5 * time.Hour)}}
		s.Events = []tracker.TicketEvent{
			{ID: 1, Ticket: key, Kind: tracker.EventComment, Author: "Noah \x1b[31mWhitlock", Text: "It is\x1b]0;x\x07 back.\n\nSince Monday.", Public: true, At: ago(3 * time.Hour)},
			{ID: 2, Ticket: key, Kind: tracker.EventStatus, Old: "open", New: "pending", At: ago(2 * time.Hour)},
			{ID: 3, Ticket: key, Kind: tracker.EventSatisfaction, Old: "offered", New: "bad", At: ago(time.Minute)},
			{ID: 4, Ticket: key, Kind: tracker.EventComment, Text: "Which version?", At: ago(time.Hour)},
		}
		s.unread = map[int64]bool{4: true}
	})
	at := -1
	for _, want := range []string{
		"Comments 1 · 2 on the tickets", "NW 3h   #1039 Noah Whitlock: It is back.", "Since Monday.", "AL 2h   Found it.", "1h   • #1039 somebody, private: Which version?",
		"History", "#1039 rated bad by the customer", "finished", "#1039 status open → pending", "started",
	} {
		next := strings.Index(got, want)
		if next <= at {
			t.Errorf("%q is missing or out of place in\n%s", want, got)
		}
		at = next
	}
	if strings.ContainsAny(got, "\x1b\x07") {
		t.Errorf("a ticket's text reaches the terminal as it came:\n%q", got)
	}
}

// Long comments and long lists are cut: the tickets have the rest.
func TestSheetCutsWhatIsLongOnTickets(t *testing.T) {
	got := laidOut(t, func(s *sheet) {
		for i := range int64(maxEvents + 50) {
			s.Events = append(s.Events, tracker.TicketEvent{ID: i, Kind: tracker.EventComment, Public: true, Text: strings.Repeat("line\n", 20), At: testNow().Add(time.Duration(i) * time.Second)})
		}
	})
	if n := strings.Count(got, "line"); n != maxEvents*eventLines {
		t.Errorf("%d lines of comments are shown", n)
	}
	for _, want := range []string{"50 older comments are on the tickets.", "…"} {
		if !strings.Contains(got, want) {
			t.Errorf("it does not say %q", want)
		}
	}
}
