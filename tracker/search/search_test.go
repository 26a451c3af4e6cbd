package search_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
)

// searched are a ticket and a story that queries are matched with.
func searchedTicket() tracker.TicketRow {
	t := tracker.Ticket{
		Subject: "Export CSV is empty", Status: tracker.TicketPending, Priority: "high", Requester: "Sam Ortiz",
		Organization: "Acme Corp", Tags: []string{"vip", "export"},
	}
	t.ID = 1042
	return tracker.TicketRow{Ticket: t}
}

func searchedStory() tracker.Card {
	points := 3.0
	return tracker.Card{
		ID: 14, Name: "Dark mode for reports manager", Type: tracker.Feature, State: tracker.Started, Estimate: &points,
		Requester: "Grace Hopper", Owners: []string{"Ada Lovelace"}, Labels: []string{"ui", "q4 goals"}, Tickets: 2,
	}
}

func TestQueries(t *testing.T) {
	aTicket, aStory := searchedTicket(), searchedStory()
	ticket, story := search.Ticket(&aTicket), search.Card(&aStory)
	for _, c := range []struct {
		of    search.Item
		query string
		want  bool
	}{
		{ticket, "", true},
		{ticket, "  ", true},
		{ticket, "csv EXPORT", true},
		{ticket, "csv import", false},
		{ticket, `"csv is"`, true},
		{ticket, `"csv export"`, false},
		{ticket, "-csv", false},
		{ticket, "-import csv", true},
		{ticket, `-"csv is`, false},
		{ticket, "-", true},
		{ticket, "#1042", true},
		{ticket, "acme", true},
		{ticket, "10:30", false},
		{ticket, "status:pending", true},
		{ticket, "STATUS:Pending", true},
		{ticket, "status:new,pending", true},
		{ticket, "status:new", false},
		{ticket, "-status:new priority:high", true},
		{ticket, "type:none", true},
		{ticket, "org:acme", true},
		{ticket, `org:"acme corp" tag:vip`, true},
		{ticket, `org:"corp acme"`, false},
		{ticket, "org:none", false},
		{ticket, "requester:sam", true},
		{ticket, "linked:no", true},
		{ticket, "linked:yes", false},
		{story, "s-14", true},
		{story, "owner:me", true},
		{story, "-owner:me", false},
		{story, "requester:me", false},
		{story, "owner:love state:started,finished", true},
		{story, `label:"q4 goals"`, true},
		{story, "label:ui type:feature", true},
		{story, "label:none", false},
		{story, "estimate:3", true},
		{story, "estimate:none", false},
		{story, "linked:yes", true},
		// Abbreviations.
		{ticket, "expcsv", true},
		{ticket, "csvemp", true},
		{ticket, "eci", true},
		{ticket, "exprt", true},
		{ticket, "ex", true},
		{ticket, "ey", false},
		{ticket, "xpt", false},
		{ticket, "ctey", false},
		{ticket, "-expcsv", true},
		{ticket, `"expcsv"`, false},
		{story, "dmr", true},
		{story, "mngr", true},
		{story, "mgr", false},
		{story, "dgr", false},
		{story, "darep", false},
		{story, "damorep", true},
		{story, "dafo", true},
		// Alternatives, groups, and what is turned round.
		{story, "dark OR light", true},
		{story, "light OR night", false},
		{story, "light night OR dark mode", true},
		{story, "light OR dark night", false},
		{story, "(light OR dark) mode", true},
		{story, "(light OR dark) (night OR day)", false},
		{story, "-(light OR night) dark", true},
		{story, "-(dark light)", true},
		{story, "-(dark OR light)", false},
		{story, "--dark", true},
		{story, "dark AND mode", true},
		{story, "dark and mode", false},
		{story, `"AND" dark`, false},
		{story, "()", true},
		{story, "(((dark)))", true},
		{story, "(state:started OR label:none) -(owner:grace)", true},
		{story, "(label:ui)", true},
		{ticket, "fn()", false},
		{ticket, "(fn() OR csv)", true},
		{ticket, ":)", false},
		// Terms of Pivotal Tracker.
		{story, "owner:al", true},
		{story, "owner:ag", false},
		{story, "mywork:me", true},
		{story, "mywork:gh", false},
		{story, "id:14", true},
		{story, "id:1,S-14", true},
		{story, "id:1", false},
		{story, `name:"mode for"`, true},
		{story, "name:started", false},
		{story, "name:none", false},
		{story, `label:nothing,"q4 goals"`, true},
		{story, "epic:ui", true},
		{story, "epic:u", false},
		{story, `-epic:"Q4 Goals"`, false},
		{story, "includedone:true", true},
		{story, "-includedone:true dark", true},
		{story, "accepted:none", true},
		{story, "accepted:today", false},
		{ticket, "id:1042", true},
		{ticket, "id:#1042", true},
		{ticket, "name:csv", true},
	} {
		kind := search.Tickets
		if c.of == story {
			kind = search.Stories
		}
		q, err := search.Parse(kind, c.query, named("ada lovelace"))
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
		}
		if got := q.Matches(c.of); got != c.want {
			t.Errorf("%q matches %s: %v", c.query, kind, got)
		}
	}
}

// What cannot be searched for is told with what can.
func TestQueriesThatCannotBeRead(t *testing.T) {
	for _, c := range []struct {
		kind        search.Kind
		query, want string
	}{
		{search.Tickets, "status:ne", `column 8: status can be new, open, pending, hold, solved or closed, not "ne"; did you mean new?`},
		{search.Tickets, "status:", "status can be new, open, pending, hold, solved or closed"},
		{search.Tickets, "csv -linked:maybe", `column 13: linked can be yes or no, not "maybe"`},
		{search.Tickets, "owner:me", "column 1: there is no term owner. Terms: status, priority, type, org, requester, tag, id, name, linked, story, waiting, created, updated, is. Use quotes to search for the text itself"},
		{search.Stories, "estimate:big", `column 10: estimate can be a number of points or none, not "big"`},
		{search.Stories, "owner:", "owner can be a name, initials, me or none"},
		{search.Stories, "tag:vip", "column 1: there is no term tag. Terms: state, type, estimate, owner, mywork, label, labelled, epic, requester, id, name, linked, blocked, ticket, created, updated, accepted, includedone. Use quotes to search for the text itself"},
		{search.Stories, "owner:ada,", `column 11: owner can be a name, initials, me or none, not ""`},
		{search.Tickets, "csv ?", "Search terms: status: priority: type: org: requester: tag: id: name: linked: story: waiting: created: updated: is:; a comma means or, - means not, OR and ( ) combine"},
		{search.Stories, "-label:?", "label can be any label, or none"},
		{search.Cards, "created:today", "rows do not say created, as they do not say ticket, created, updated, includedone"},
		{search.Stories, "über stat:started", "column 6: there is no term stat; did you mean state. Use quotes to search for the text itself"},
		{search.Stories, "state:started,acepted", `column 15: state can be unscheduled, unstarted, planned, started, finished, delivered, rejected or accepted, not "acepted"; did you mean accepted?`},
		{search.Stories, "csv OR", ""},
		{search.Stories, "(csv OR pdf", ""},
		{search.Stories, "OR csv", "column 1: OR stands between two parts of a search; put it in quotes to search for the word"},
		{search.Stories, "csv OR OR pdf", "column 8: OR stands between two parts of a search; put it in quotes to search for the word"},
		{search.Stories, "(csv) )", "column 7: there is no ( for this )"},
		{search.Stories, "created:2026-13", `column 9: created can be a day such as 2026-11-14, a range such as 2026-11-01..2026-11-14, <3d (in the last 3 days), >3d, today or this-week, not "2026-13"`},
		{search.Stories, "accepted_after:soon", `column 16: accepted_after can be a day such as 2026-11-14, a range such as 2026-11-01..2026-11-14, <3d (in the last 3 days), >3d, today or this-week, or none, not "soon"`},
		{search.Stories, "external_id:x", `column 13: external_id can be a ticket's number, such as 1039, not "x"`},
	} {
		_, err := search.Parse(c.kind, c.query, named("Ada"))
		if c.want == "" {
			if err != nil { // the rest is still to be typed
				t.Errorf("%q: %v", c.query, err)
			}
			continue
		}
		if e := trackertest.AsError(t, err); e.Code != tracker.CodeInvalid || e.Field != "search" || e.Message != c.want {
			t.Errorf("%q: %+v", c.query, e)
		}
	}
	if _, err := search.Parse(search.Stories, `"tag:vip" 10:30 http://x`, named("Ada")); tracker.CodeOf(err) != tracker.CodeInvalid {
		t.Errorf("http: is no field: %v", err)
	}
	if _, err := search.Parse(search.Stories, `"tag:vip" 10:30 "?" -"x`, named("Ada")); err != nil {
		t.Error(err)
	}
}

// A word that may become a term is told apart from what it may become.
func TestBeginsTerm(t *testing.T) {
	for _, c := range []struct{ text, before, becomes string }{
		{"", "", ""},
		{"stat", "", "state: unscheduled, unstarted, planned, started, finished, delivered, rejected or accepted"},
		{"csv -own", "csv ", "owner: a name, initials, me or none"},
		{"csv L", "csv ", "label: labelled: linked:"},
		{"state ", "state ", ""},
		{"states", "states", ""},
		{"state:started", "state:started", ""},
		{`"the stat`, `"the stat`, ""},
		{`"the" stat`, `"the" `, "state: unscheduled, unstarted, planned, started, finished, delivered, rejected or accepted"},
		{"csv -", "csv -", ""},
	} {
		before, becomes := search.BeginsTerm(search.Stories, c.text)
		if before != c.before || becomes != c.becomes {
			t.Errorf("%q: %q, %q", c.text, before, becomes)
		}
	}
}

// Who "me" is may change after a search was read.
func TestQueryFollowsWhoAsks(t *testing.T) {
	me := "Grace Hopper"
	q, err := search.Parse(search.Stories, "owner:me", func() string { return me })
	if err != nil {
		t.Fatal(err)
	}
	story := searchedStory()
	if q.Matches(search.Card(&story)) {
		t.Error("Grace owns Ada's story")
	}
	if me = "Ada Lovelace"; !q.Matches(search.Card(&story)) {
		t.Error("Ada does not own her story")
	}
}

func named(name string) func() string { return func() string { return name } }

func TestHighlights(t *testing.T) {
	for _, c := range []struct{ name, query, want string }{
		{"Export CSV is empty", "csv", "CSV"},
		{"Export CSV is empty", "expcsv", "ExpCSV"},
		{"Export CSV is empty", "exp -csv ty status:new", "Expty"},
		{"Export CSV is empty", "nothing", ""},
		{"Größe über Ärger", "über grö", "Gröüber"},
		{"İstanbul csv", "csv", ""},
		{"設定画面の文字", "画面", "画面"},
	} {
		q, err := search.Parse(search.Tickets, c.query, named(""))
		if err != nil {
			t.Fatal(err)
		}
		var got strings.Builder
		for i, r := range c.name {
			for _, at := range q.Highlights(c.name) {
				if at == i {
					got.WriteRune(r)
				}
			}
		}
		if got.String() != c.want {
			t.Errorf("%q highlights %q of %q, want %q", c.query, got.String(), c.name, c.want)
		}
	}
}

// Whatever is typed is read or refused with a sentence, and a part of a name is
// found in it.
func FuzzQueries(f *testing.F) {
	for _, seed := range []string{"", "a", `-"`, "status:new -x", `org:"a b`, "::", "-:", "x:", "界 İ", "a\x00b"} {
		f.Add(seed, "Export CSV is empty")
	}
	f.Fuzz(func(t *testing.T, query, name string) {
		q, err := search.Parse(search.Tickets, query, named("me"))
		if err != nil {
			if trackertest.AsError(t, err).Message == "" {
				t.Errorf("%q is refused without a word", query)
			}
			return
		}
		row := tracker.TicketRow{Ticket: tracker.Ticket{Subject: name}}
		q.Matches(search.Ticket(&row))
		for _, at := range q.Highlights(name) {
			if at < 0 || at >= len(name) {
				t.Errorf("%q highlights %d of %q", query, at, name)
			}
		}
		if word, _, _ := strings.Cut(name, " "); word != "" && !strings.ContainsAny(word, "\"\t\n\v\f\r") {
			whole, err := search.Parse(search.Tickets, `"`+word+`"`, named(""))
			if err != nil || !whole.Matches(search.Ticket(&row)) {
				t.Errorf("%q is not found in %q: %v", word, name, err)
			}
		}
	})
}

// BenchmarkQuery matches 10,000 stories with a word that many abbreviate and a term.
func BenchmarkQuery(b *testing.B) {
	cards := make([]tracker.Card, 10_000)
	texts := make([]search.Text, len(cards))
	words := strings.Fields("export fails over rows login loops dark mode for reports avatar upload keys rotate the page is empty and slow")
	for i := range cards {
		cards[i] = searchedStory()
		cards[i].Name = fmt.Sprintf("%s %s %s %s %d", words[i%20], words[(i*7)%20], words[(i*3)%20], words[(i+9)%20], i)
		texts[i] = search.Card(&cards[i]).Text()
	}
	for _, query := range []string{"9", "est", "exprt", "-slow owner:me state:started"} {
		b.Run(query, func(b *testing.B) {
			q, err := search.Parse(search.Stories, query, named("Ada Lovelace"))
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				for i := range cards {
					q.MatchesIn(search.Card(&cards[i]), texts[i])
				}
			}
		})
	}
}

func TestDeliveryQueries(t *testing.T) {
	t.Parallel()
	d := tracker.Delivery{
		ID: 7, StoryID: 14, Ticket: tracker.TicketKey{Host: "acme.zendesk.com", ID: 1039}, Integration: "Support EU", Operation: "3fa2b1c4",
		Kind: tracker.KindState, State: tracker.DeliveryParked, Reason: "the ticket is closed",
		Text: "Ada Lovelace started story S-14 “Export is empty” in Acme · S-14·3fa2b1",
	}
	for query, want := range map[string]bool{
		"": true, "story:14": true, "story:S-14": true, "story:1": false, "story:1,14": true, "-story:14": false,
		"ticket:1039": true, "ticket:#1039": true, "ticket:103": false, `integration:"Support EU"`: true, "integration:support": true,
		"integration:us": false, "state:parked": true, "state:parked,waiting": true, "state:sent": false, "-state:sent": true,
		"by:ada": true, "by:me": true, "by:grace": false, "closed": true, "export empty": true, `"story s-14"`: true, "nothing": false,
		`story:14 ticket:1039 state:parked integration:"Support EU"`: true, "story:14 state:sent": false,
	} {
		q, err := search.Parse(search.Deliveries, query, func() string { return "Ada Lovelace" })
		if err != nil {
			t.Errorf("%q: %v", query, err)
			continue
		}
		if got := q.Matches(search.Delivery(&d)); got != want {
			t.Errorf("%q matches: %v, want %v", query, got, want)
		}
	}
	for query, want := range map[string]string{
		"story:x": "story can be a story's number, such as 14 or S-14, not", "ticket:": "ticket can be a ticket's number, such as 1039",
		"state:gone": "state can be waiting, sending, unconfirmed, sent, parked or dropped, not", "owner:me": "there is no term owner. Terms: story, ticket, integration, state, by",
	} {
		if _, err := search.Parse(search.Deliveries, query, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q fails with %v, want %q", query, err, want)
		}
	}
}

// A store is asked only for what can answer; what is left out again is not.
func TestDeliveryQueriesNarrowWhatIsRead(t *testing.T) {
	t.Parallel()
	q, err := search.Parse(search.Deliveries, "story:14,S-15 ticket:#1039 -ticket:7 state:parked,waiting story:16 words", nil)
	if err != nil {
		t.Fatal(err)
	}
	want := tracker.DeliveryQuery{
		Stories: []tracker.StoryID{14, 15}, TicketIDs: []tracker.TicketID{1039},
		States: []tracker.DeliveryState{tracker.DeliveryParked, tracker.DeliveryWaiting}, Limit: 3,
	}
	if diff := cmp.Diff(want, q.Narrow(tracker.DeliveryQuery{Limit: 3})); diff != "" {
		t.Error(diff)
	}
	chosen := tracker.DeliveryQuery{States: []tracker.DeliveryState{tracker.DeliverySent}}
	if got := q.Narrow(chosen).States; len(got) != 1 || got[0] != tracker.DeliverySent {
		t.Errorf("states that were chosen before become %v", got)
	}
}

// What is to be answered: all stories are accepted, and the ticket is open still.
func TestTicketsByTheirStoriesAndWaiting(t *testing.T) {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	of := func(waits time.Duration, states ...tracker.State) tracker.TicketRow {
		row := tracker.TicketRow{Ticket: tracker.Ticket{Status: tracker.TicketOpen}}
		for i, s := range states {
			row.Stories = append(row.Stories, tracker.StoryRef{ID: tracker.StoryID(i + 1), State: s})
		}
		if waits > 0 {
			row.Progress = tracker.Progress{Told: true, RepliedAt: now.Add(-waits)}
		}
		return row
	}
	rows := map[string]tracker.TicketRow{
		"none": of(time.Hour), "done": of(3*24*time.Hour, tracker.Accepted, tracker.Accepted), "half": of(30*time.Minute, tracker.Accepted, tracker.Started), "quiet": of(0, tracker.Unstarted),
	}
	for query, want := range map[string]string{
		"story:accepted": "done", "story:none": "none", "story:started": "half", "story:started,unstarted": "half quiet", "-story:none": "done half quiet",
		"waiting:>2d": "done", "waiting:<1h": "half", "waiting:>30m": "done none", "waiting:none": "quiet", "waiting:<1h,>2d": "done half", "story:accepted waiting:<4w status:open": "done",
	} {
		q, err := search.ParseAt(search.Tickets, query, nil, func() time.Time { return now })
		if err != nil {
			t.Errorf("%s: %v", query, err)
			continue
		}
		var got []string
		for _, name := range []string{"done", "half", "none", "quiet"} {
			if row := rows[name]; q.Matches(search.Ticket(&row)) {
				got = append(got, name)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s finds %v, want %s", query, got, want)
		}
	}
	for _, bad := range []string{"waiting:2d", "waiting:>d", "waiting:>2y", "waiting:>-1d", "waiting:>99999999d", "waiting:>", "story:finishing"} {
		if _, err := search.Parse(search.Tickets, bad, nil); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
