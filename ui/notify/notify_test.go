package notify

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"storydesk/tracker"
)

func noon() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }

func ticket(id tracker.TicketID, priority string, updated time.Duration) tracker.TicketRow {
	t := tracker.TicketRow{Unread: true}
	t.ID, t.Subject, t.Priority, t.UpdatedAt = id, fmt.Sprintf("Subject %d", id), priority, noon().Add(updated)
	return t
}

func read(tickets ...tracker.TicketRow) tracker.TicketList {
	return tracker.TicketList{Integration: tracker.Integration{ID: 1}, Fetch: tracker.Fetch{ID: 1, FinishedAt: noon()}, Tickets: tickets}
}

func kinds(events []Event) string {
	var all []string
	for _, e := range events {
		all = append(all, fmt.Sprint(e.Kind, e.Ticket))
	}
	return strings.Join(all, " ")
}

// Only what happens after the first reading is news.
func TestWhatWasThereIsNoNews(t *testing.T) {
	t.Parallel()
	var w Watch
	loading := read(ticket(1, "urgent", 0))
	loading.Fetch.FinishedAt = time.Time{}
	if got := w.See(loading); got != nil {
		t.Errorf("a first reading under way: %v", got)
	}
	if got := w.See(read(ticket(1, "urgent", 0), ticket(2, "", 0))); got != nil {
		t.Errorf("the first reading: %v", got)
	}
	if got := w.See(read(ticket(1, "urgent", 0), ticket(2, "", 0))); got != nil {
		t.Errorf("the same again: %v", got)
	}
	arrives := read(ticket(3, "", 0), ticket(1, "urgent", time.Minute), ticket(2, "", time.Minute))
	pages := arrives
	pages.Fetch.FinishedAt = time.Time{}
	if got := w.See(pages); got != nil {
		t.Errorf("while pages arrive: %v", got)
	}
	if got := kinds(w.See(arrives)); got != "new_ticket#3 urgent_change#1" {
		t.Errorf("what happened: %s", got)
	}
	if got := w.See(arrives); got != nil {
		t.Errorf("told twice: %v", got)
	}
	other := read(ticket(9, "urgent", 0))
	other.Integration.ID = 2
	if got := w.See(other); got != nil {
		t.Errorf("the first reading of another view: %v", got)
	}
}

// What is loaded later of a view that was read in part was there before.
func TestMoreOfAPartialViewIsNoNews(t *testing.T) {
	t.Parallel()
	var w Watch
	part := read(ticket(1, "", 0))
	part.Fetch.Partial = true
	w.See(part)
	if got := w.See(read(ticket(1, "", 0), ticket(2, "", 0))); got != nil {
		t.Errorf("the rest of a view: %v", got)
	}
	if got := kinds(w.See(read(ticket(1, "", 0), ticket(2, "", 0), ticket(3, "", 0)))); got != "new_ticket#3" {
		t.Errorf("after that: %s", got)
	}
}

// What we did ourselves, and what somebody has seen already, is no news.
func TestWhatIsSeenIsNoNews(t *testing.T) {
	t.Parallel()
	var w Watch
	w.See(read(ticket(1, "urgent", 0)))
	ours, theirs := ticket(1, "urgent", time.Minute), ticket(2, "", 0)
	ours.Unread, theirs.Unread = false, false
	if got := w.See(read(ours, theirs)); got != nil {
		t.Errorf("%v", got)
	}
}

func TestAReplyIsNewsOnATicketWithAStory(t *testing.T) {
	t.Parallel()
	var w Watch
	with, without := ticket(1, "", 0), ticket(2, "", 0)
	with.Stories = []tracker.StoryRef{{ID: 4}}
	w.See(read(with, without))
	with.Progress.RepliedAt, without.Progress.RepliedAt = noon().Add(time.Hour), noon().Add(time.Hour)
	if got := kinds(w.See(read(with, without))); got != "reply#1" {
		t.Errorf("%s", got)
	}
}

func env(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

func TestTerminalsAreToldInTheirWay(t *testing.T) {
	t.Parallel()
	one := []Event{{NewTicket, 7, "Export; is\x1b]0;pwned\a \u009b31mempty\n"}}
	many := []Event{{NewTicket, 7, "a"}, {NewTicket, 8, "b"}, {UrgentChange, 9, "c"}}
	desktop := map[string]string{"new_ticket": Desktop, "urgent_change": Desktop}
	for _, c := range []struct {
		name   string
		events []Event
		how    map[string]string
		env    func(string) string
		want   string
	}{
		{"nothing", nil, desktop, env("TERM_PROGRAM", "iTerm.app"), ""},
		{"none", one, map[string]string{"new_ticket": "none"}, env("TERM_PROGRAM", "iTerm.app"), ""},
		{"not chosen", one, nil, env("TERM_PROGRAM", "iTerm.app"), ""},
		{"bell", many, map[string]string{"new_ticket": Bell, "urgent_change": Bell}, env("TERM_PROGRAM", "iTerm.app"), "\a"},
		{"OSC 777", many, desktop, env("TERM", "foot"), "\x1b]777;notify;storydesk;2 new tickets, 1 urgent ticket changed: #7 #8 #9\x1b\\"},
		{"OSC 9", many[2:], desktop, env("TERM_PROGRAM", "iTerm.app"), "\x1b]9;storydesk: Urgent ticket changed #9: c\x1b\\"},
		{"a terminal that knows neither", many, desktop, env("TERM", "xterm-256color"), "\a"},
		{"a multiplexer", many, desktop, env("TERM", "tmux-256color", "TMUX", "/tmp/x", "TERM_PROGRAM", "iTerm.app"), "\a"},
		{"both", many, map[string]string{"new_ticket": Bell, "urgent_change": Desktop}, env("TERM", "foot"), "\x1b]777;notify;storydesk;Urgent ticket changed #9: c\x1b\\\a"},
		{"both on a terminal that has the bell only", many, map[string]string{"new_ticket": Bell, "urgent_change": Desktop}, env("TERM", "xterm"), "\a"},
	} {
		if got := Announce(c.events, c.how, c.env); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A stranger's subject ends no sequence and begins none, and is short.
func FuzzAnnounce(f *testing.F) {
	f.Add("\x1b]52;c;cm0gLXJm\x07 ; \x9c \u009c\x1b\\")
	f.Add(strings.Repeat("漢\xff", 1000))
	f.Fuzz(func(t *testing.T, subject string) {
		for _, term := range []string{"foot", "xterm"} {
			out := Announce([]Event{{NewTicket, 7, subject}}, map[string]string{"new_ticket": Desktop}, env("TERM", term))
			if out == bell {
				continue
			}
			text, framed := strings.CutPrefix(out, "\x1b]777;notify;storydesk;")
			text, closed := strings.CutSuffix(text, "\x1b\\")
			if !framed || !closed || strings.ContainsFunc(text, unicode.IsControl) || strings.Contains(text, ";") || len(text) > 600 {
				t.Fatalf("%q", out)
			}
		}
	})
}

// What the board has just read is not read again.
func TestWatchedAreTheOthers(t *testing.T) {
	t.Parallel()
	all := []tracker.Integration{{ID: 1, Active: true}, {ID: 2, Active: true}, {ID: 3}}
	if got := Watched(all, 1); len(got) != 1 || got[0] != 2 {
		t.Errorf("beside 1: %v", got)
	}
	if got := Watched(all, 0); len(got) != 2 {
		t.Errorf("beside none: %v", got)
	}
}
