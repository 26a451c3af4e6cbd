package sandbox_test

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"storydesk/zendesk/sandbox"
)

// seeded lists the written-out tickets.
func seeded(d *sandboxClient) []sandbox.Ticket {
	var tickets []sandbox.Ticket
	for id := int64(981); ; id++ {
		ticket, there := d.Ticket(id)
		if !there {
			return tickets
		}
		tickets = append(tickets, ticket)
	}
}

func TestSeedIsAnAccount(t *testing.T) {
	d := open(t, sandbox.Options{})
	tickets := seeded(d)
	if len(tickets) < 64 {
		t.Errorf("%d tickets, want at least 64", len(tickets))
	}
	requesters, organizations, private, long := map[int64]bool{}, map[sandbox.Ref]bool{}, 0, 0
	statuses, kinds, priorities, channels := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, ticket := range tickets {
		requesters[ticket.RequesterID], organizations[ticket.OrganizationID] = true, true
		statuses[ticket.Status]++
		kinds[string(ticket.Type)]++
		priorities[string(ticket.Priority)]++
		channels[ticket.Via.Channel]++
		if len(ticket.Subject) > 200 {
			long++
		}
		for _, c := range d.Comments(ticket.ID) {
			if !c.Public {
				private++
			}
		}
		if age := d.clock.Now().Sub(ticket.CreatedAt); age < time.Minute || age > 200*24*time.Hour {
			t.Errorf("ticket %d is %s old", ticket.ID, age)
		}
		if ticket.UpdatedAt.Before(ticket.CreatedAt) {
			t.Errorf("ticket %d was updated before it was made", ticket.ID)
		}
	}
	for what, n := range map[string][2]int{
		"requesters": {len(requesters), 25}, "organizations": {len(organizations), 10}, "private comments": {private, 8},
		"statuses": {len(statuses), 6}, "types": {len(kinds), 5}, "priorities": {len(priorities), 5},
		"channels": {len(channels), 5}, "long subjects": {long, 1},
	} {
		if n[0] < n[1] {
			t.Errorf("%d %s, want at least %d", n[0], what, n[1])
		}
	}
	if !slices.IsSortedFunc(tickets, func(a, b sandbox.Ticket) int { return a.CreatedAt.Compare(b.CreatedAt) }) {
		t.Error("ticket numbers do not rise with time")
	}
}

func TestSeedSpeaksManyScripts(t *testing.T) {
	d := open(t, sandbox.Options{})
	var all strings.Builder
	for _, ticket := range seeded(d) {
		all.WriteString(ticket.Subject)
		for _, c := range d.Comments(ticket.ID) {
			all.WriteString(c.Body)
		}
	}
	text := all.String()
	for name, script := range map[string]*unicode.RangeTable{
		"Han": unicode.Han, "Hiragana": unicode.Hiragana, "Katakana": unicode.Katakana, "Hangul": unicode.Hangul,
		"Arabic": unicode.Arabic, "Hebrew": unicode.Hebrew, "Devanagari": unicode.Devanagari,
		"Cyrillic": unicode.Cyrillic, "Greek": unicode.Greek,
	} {
		if strings.IndexFunc(text, func(r rune) bool { return unicode.Is(script, r) }) < 0 {
			t.Errorf("nothing in %s", name)
		}
	}
	for name, sample := range map[string]string{
		"ZWJ family": "👨\u200d👩\u200d👧\u200d👦", "VS16": "❤\ufe0f", "flag": "🇳🇬", "skin tone": "👍🏽",
	} {
		if !strings.Contains(text, sample) {
			t.Errorf("no %s", name)
		}
	}
	hostile, _ := d.Ticket(hostileTicket)
	for name, sample := range map[string]string{
		"CSI": "\x1b[", "OSC 52": "\x1b]52;", "OSC title": "\x1b]0;", "hyperlink": "\x1b]8;;", "DCS": "\x1bP", "APC": "\x1b_",
		"C1": "\u009b", "bidi override": "\u202e", "isolate": "\u2066", "zero width": "\u200b", "NUL": "\x00", "DEL": "\x7f",
		"backspace": "\b", "return": "\r", "line separator": "\u2028", "tag": "\U000e0041", "BOM": "\ufeff",
		"placeholder": "{{ticket.requester.email}}", "script": "<script>",
	} {
		if !strings.Contains(hostile.Description, sample) {
			t.Errorf("no %s in the hostile ticket", name)
		}
	}
	if !strings.Contains(hostile.Subject, "\n") || !strings.Contains(hostile.Subject, "\x1b]0;") {
		t.Errorf("the hostile subject is tame: %q", hostile.Subject)
	}
}

func TestTicketsTestsRelyOn(t *testing.T) {
	d := open(t, sandbox.Options{})
	for id, want := range map[int64]struct {
		status   string
		comments int
		public   bool
		assigned bool
	}{
		newTicket: {"new", 1, true, false}, openTicket: {"open", 3, true, true}, solvedTicket: {"solved", 2, true, true},
		closedTicket: {"closed", 2, true, true}, archivedTicket: {"closed", 3, true, true},
		internalTicket: {"open", 1, false, false},
	} {
		ticket, _ := d.Ticket(id)
		comments := d.Comments(id)
		if ticket.Status != want.status || len(comments) != want.comments || comments[0].Public != want.public ||
			(ticket.AssigneeID != 0) != want.assigned {
			t.Errorf("ticket %d: %s with %d comments, assignee %d", id, ticket.Status, len(comments), ticket.AssigneeID)
		}
	}
}

func TestGeneratedTicketsAreTheSameEveryTime(t *testing.T) {
	a, b := open(t, sandbox.Options{Tickets: 40}), open(t, sandbox.Options{Tickets: 40})
	subjects := map[string]bool{}
	for id := sandbox.FirstGenerated; id < sandbox.FirstGenerated+40; id++ {
		one, there := a.Ticket(id)
		other, _ := b.Ticket(id)
		if !there || asJSON(t, one) != asJSON(t, other) || asJSON(t, a.Audits(id)) != asJSON(t, b.Audits(id)) {
			t.Errorf("ticket %d differs, or is missing", id)
		}
		if one.UpdatedAt.After(a.clock.Now()) {
			t.Errorf("ticket %d was updated in the future", id)
		}
		subjects[one.Subject] = true
	}
	if len(subjects) < 20 {
		t.Errorf("only %d different subjects among 40", len(subjects))
	}
	if _, there := a.Ticket(sandbox.FirstGenerated + 40); there {
		t.Error("one ticket too many")
	}
}

// However many there are, generated tickets lie in the past: an update that
// leaves updated_at where it was would not be refused to anybody.
func TestGeneratedTicketsAreOfThePast(t *testing.T) {
	const n = 1000
	s := open(t, sandbox.Options{Tickets: n})
	now := s.clock.Now()
	oldest := now
	for id := sandbox.FirstGenerated; id < sandbox.FirstGenerated+n; id++ {
		ticket, _ := s.Ticket(id)
		if !ticket.UpdatedAt.Before(now) || ticket.CreatedAt.After(ticket.UpdatedAt) {
			t.Fatalf("ticket %d was made at %s and changed at %s; now it is %s", id, ticket.CreatedAt, ticket.UpdatedAt, now)
		}
		if ticket.CreatedAt.Before(oldest) {
			oldest = ticket.CreatedAt
		}
	}
	if days := now.Sub(oldest).Hours() / 24; days < 399 || days > 401 {
		t.Errorf("they reach %.0f days back", days)
	}
}

// The README is what people sign in with and script by.
func TestReadmeIsTrue(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	wanted := append(sandbox.Answers(), sandbox.Email, sandbox.Password, sandbox.Token,
		strconv.FormatInt(sandbox.ViewUnresolved, 10))
	for _, word := range wanted {
		if !strings.Contains(string(text), "`"+word+"`") {
			t.Errorf("README.md does not name `%s`", word)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := sandbox.Open(sandbox.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
