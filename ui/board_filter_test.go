package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/theme"
	"storydesk/ui/uitest"
)

func TestFilterFindsTicketsByWordsAndTerms(t *testing.T) {
	t.Parallel()
	tickets := uitest.Usual()
	tickets[0].Priority, tickets[1].Organization = "urgent", "Globex"
	w := newWorld(t).WithTickets(tickets...).Start(140, 30)
	for query, want := range map[string]string{
		"": "1042 1039 1031 1028", "status:new,open": "1042 1039", "priority:urgent": "1042", "org:glob csv": "1039",
		"expcsv": "1039", "-login linked:no": "1039 1031 1028", "zz": "",
	} {
		w.Press("/").Write(query)
		var got []string
		for _, id := range w.rows(intent.PaneTickets) {
			got = append(got, strings.TrimPrefix(fmt.Sprint(id), "#"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q shows %v, want %s", query, got, want)
		}
		w.Press("esc")
	}
	w.Press("/").Write("status:new")
	w.Shows("1 of 4")
	w.Press("enter")
	w.Shows("1 Tickets /status:new")
}

// tab completes the terms of what the pane shows, and their values.
func TestFilterCompletesTermsAndValues(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Export", tracker.Icebox, 1)
	labels := []string{"invoices"}
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Labels: &labels}); err != nil {
		t.Fatal(err)
	}
	w.Start(140, 30)
	w.Press("1", "/").Write("stat").Press("tab").Write("o").Press("tab")
	w.Shows("Filter status:open")
	w.Press("esc", "2", "/").Write("lab").Press("tab").Write("in").Press("tab")
	w.Shows("Filter label:invoices")
}

// What cannot be searched for is said in the prompt's line, and what was found
// before stays.
func TestFilterSaysWhatItCannotFind(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(140, 30)
	w.Press("2", "/")
	w.Shows("state: type: estimate: owner: mywork: label: labelled: epic: requester:")
	w.Write("running")
	w.Shows("1 of 4")
	w.Write(" -")
	w.Write("state:star")
	w.Shows("state can be unscheduled, unstarted, planned, started,")
	w.Shows("1 of 4") // as long as it is no state
	w.Write("ted").Press("home").Write("-finished ")
	if strings.Contains(w.Screen(), "state is") {
		t.Errorf("the sentence stays:\n%s", w.Screen())
	}
	w.Write("nope:1 ").Press("enter")
	w.See("there is no term nope; did you mean type")
	w.Shows("2 Backlog /-finished n")
}

// What rows do not say is refused with the way to it, and blocked stories are found.
func TestFilterNamesTheSearchThatKnowsMore(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual())
	st := w.Story("Waits for legal", tracker.Backlog, 1)
	if _, err := w.Service.Parts.AddBlocker(t.Context(), st.ID, "the contract"); err != nil {
		t.Fatal(err)
	}
	w.Start(200, 30)
	for _, query := range []string{"created:today", "updated:<3d", "ticket:1039", "includedone:true", "created_since:2026-11-01"} {
		w.Press("2", "/").Write(query).Press("enter")
		w.Shows("rows do not say " + strings.Split(query, ":")[0] + ": ctrl+f searches all stories by ")
		w.Press("esc")
	}
	for query, want := range map[string]string{"blocked:yes": "1 of 5", "-blocked:yes": "4 of 5", "blocked:no": "4 of 5"} {
		w.Press("/").Write(query)
		w.Shows(want)
		w.Press("esc")
	}
	w.Press("ctrl+f").Write("blocked:yes")
	w.See("1 story · 0 tickets")
}

// Days are those of the project's zone, not UTC's.
func TestFilterReadsDatesInTheProjectsZone(t *testing.T) {
	t.Parallel()
	at := uitest.Ticket(1, "open", 0, "Late in the evening")
	at.CreatedAt = time.Date(2026, 11, 13, 22, 0, 0, 0, time.UTC) // the 14th in Auckland
	w := newWorld(t).WithTickets(at)
	w.project(func(p *tracker.Project) { p.TimeZone = "Pacific/Auckland" })
	w.Start(140, 30)
	w.Press("/").Write("created:2026-11-14")
	w.Shows("1 of 1")
	w.Press("ctrl+u").Write("created:2026-11-13")
	w.Shows("0 of 1")
}

// Marks, the selection and the place on the screen come through a filter, a
// refresh, a resize and hiding the pane.
func TestFilterKeepsMarksAndSelection(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).stack(40).Start(140, 30)
	w.Press("3", "G", "k", "k", "k", "space", "space")
	before := w.Part(intent.PaneIcebox)
	unchanged := func(after string) {
		t.Helper()
		w.Model.View()
		now := w.Part(intent.PaneIcebox)
		if now.Selected != before.Selected || !slices.Equal(now.Marked, before.Marked) || now.First != before.First {
			t.Errorf("after %s: %v selected, %v marked, from row %d; before %v, %v, %d",
				after, now.Selected, now.Marked, now.First, before.Selected, before.Marked, before.First)
		}
	}
	w.Press("/").Write("zzz")
	w.Shows("0 of 40")
	if n := len(w.Part(intent.PaneIcebox).Marked); n != 0 {
		t.Errorf("%d rows that are not shown count as marked", n)
	}
	w.Press("esc")
	unchanged("a filter")
	w.Press("r")
	w.Idle()
	unchanged("a refresh")
	w.Send(uitest.Size(80, 30))
	w.Model.View()
	w.Send(uitest.Size(140, 30))
	unchanged("a resize")
	w.Press("w", "3")
	w.Idle()
	unchanged("hiding")
}

// Found characters stand out, without colours too.
func TestFilterHighlightsWhatItFound(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Ticket(1, "open", time.Hour, "Export CSV")).Start(100, 20)
	w.Model.SetLook(theme.Options{NoColor: true})
	w.Press("/").Write("csv").Press("enter")
	if frame := w.Frame(); !strings.Contains(frame, "Export \x1b[0;1;4;7mCSV") && !strings.Contains(frame, "\x1b[0;1;4mCSV") {
		t.Errorf("CSV is not highlighted: %q", w.Frame())
	}
}

// A long filter leaves the counts in sight.
func TestLongFilterLeavesTheCount(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...).Start(80, 24)
	w.Press("/").Write(`"a phrase that is longer than the pane" csv`)
	w.Shows("0 of 4")
	w.exact(80, 24)
}

// The user's own stories are found by the name that the service acts with.
func TestFilterKnowsWhoYouAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Mine", tracker.Backlog, 1, tracker.Start)
	w.Story("Nobody's", tracker.Backlog, 1)
	w.Start(140, 30)
	w.Press("2", "/").Write("owner:me")
	w.Shows("1 of 2")
	w.Press("enter")
	if err := w.Service.Settings.SetUser(t.Context(), "Grace Hopper"); err != nil {
		t.Fatal(err)
	}
	w.See("0 of 2") // it is Grace who asks now
}

// A word that may become a term hides nothing until it is one, and what it can
// become is listed.
func TestFilterWaitsForATerm(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(140, 30)
	w.Press("/").Write("1039 sta")
	w.Shows("Filter 1039 sta  status: new, open, pending, hold, solved or closed")
	w.Shows("1 of 4")
	w.Write("tus:")
	w.Shows("status can be new, open, pending, hold, solved or closed")
	w.Shows("1 of 4")
	w.Write("open")
	w.Shows("1 of 4")
	w.Press("esc", "/").Write("sta")
	w.Shows("1 Tickets ━━━━") // all of them
	w.Press("enter")
	w.Shows("1 Tickets /sta") // taken as a word after all
	w.Press("/", "ctrl+u").Write("?")
	w.Shows("terms: status: priority: type: org: requester: tag: id: name: linked:")
	w.Press("backspace").Write("t")
	w.Shows("type: tag:")
}

// A search that cannot be read stays open to be fixed: enter neither closes the
// prompt nor takes what could be read of it.
func TestUnreadableFilterStaysInThePrompt(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(140, 30)
	w.Press("/").Write("1039 status:foo").Press("enter")
	w.Shows("1039 status:foo  column 13: status can be new, open,")
	w.Shows("1 Tickets /1039 ") // the last that could be read
	w.Write("bar baz quux: a long tail of a text that is wider than what is left for it beside the sentence that says what is wrong")
	w.Shows("status can be new, open,")
	w.Press("esc")
	w.Shows("#1042")
	if strings.Contains(w.Screen(), "Tickets /") {
		t.Errorf("esc leaves the filter:\n%s", w.Screen())
	}
	w.Press("/").Write("status:foo").Press("enter")
	w.Press("backspace", "backspace", "backspace").Write("new").Press("enter")
	w.Shows("1 Tickets /status:new")
}

// So it is with the search through all stories, where esc brings the search
// back that was shown before.
func TestUnreadableSearchStaysInThePrompt(t *testing.T) {
	t.Parallel()
	w := filled(t, uitest.Usual()).Start(200, 60)
	w.Press("6").Write("running").Press("enter")
	w.Idle()
	w.Press("/").Write(" state:foo").Press("enter")
	w.Shows("Search all stories running state:foo  column 15: state can be unscheduled,")
	w.Press("esc")
	w.Shows("6 Search /running ")
	if got := w.names(intent.PaneSearch); got != "Running" {
		t.Errorf("esc leaves %s", got)
	}
}
