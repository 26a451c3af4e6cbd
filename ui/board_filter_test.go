package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/theme"
)

func TestFilterFindsTicketsByWordsAndTerms(t *testing.T) {
	tickets := usual()
	tickets[0].Priority, tickets[1].Organization = "urgent", "Globex"
	w := newWorld(t).withTickets(tickets...).start(140, 30)
	for query, want := range map[string]string{
		"": "1042 1039 1031 1028", "status:new,open": "1042 1039", "priority:urgent": "1042", "org:glob csv": "1039",
		"expcsv": "1039", "-login linked:no": "1039 1031 1028", "zz": "",
	} {
		w.press("/").write(query)
		var got []string
		for _, id := range w.rows(intent.PaneTickets) {
			got = append(got, strings.TrimPrefix(fmt.Sprint(id), "#"))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q shows %v, want %s", query, got, want)
		}
		w.press("esc")
	}
	w.press("/").write("status:new")
	w.shows("1 of 4")
	w.press("enter")
	w.shows("1 Tickets /status:new")
}

// What cannot be searched for is said in the prompt's line, and what was found
// before stays.
func TestFilterSaysWhatItCannotFind(t *testing.T) {
	w := filled(t, usual()).start(140, 30)
	w.press("2", "/")
	w.shows("state: type: estimate: owner: label: requester: linked:")
	w.write("running")
	w.shows("1 of 4")
	w.write(" -")
	w.write("state:star")
	w.shows("state can be unscheduled, unstarted, planned, started,")
	w.shows("1 of 4") // as long as it is no state
	w.write("ted").press("home").write("-finished ")
	if strings.Contains(w.screen(), "state is") {
		t.Errorf("the sentence stays:\n%s", w.screen())
	}
	w.write("nope:1 ").press("enter")
	w.see("there is no term nope. Terms: state,")
	w.shows("2 Backlog /-finished n")
}

// Marks, the selection and the place on the screen come through a filter, a
// refresh, a resize and hiding the pane.
func TestFilterKeepsMarksAndSelection(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).stack(40).start(140, 30)
	w.press("3", "G", "k", "k", "k", "space", "space")
	before := w.part(intent.PaneIcebox)
	unchanged := func(after string) {
		t.Helper()
		w.model.View()
		now := w.part(intent.PaneIcebox)
		if now.Selected != before.Selected || !slices.Equal(now.Marked, before.Marked) || now.First != before.First {
			t.Errorf("after %s: %v selected, %v marked, from row %d; before %v, %v, %d",
				after, now.Selected, now.Marked, now.First, before.Selected, before.Marked, before.First)
		}
	}
	w.press("/").write("zzz")
	w.shows("0 of 40")
	if n := len(w.part(intent.PaneIcebox).Marked); n != 0 {
		t.Errorf("%d rows that are not shown count as marked", n)
	}
	w.press("esc")
	unchanged("a filter")
	w.press("r")
	w.idle()
	unchanged("a refresh")
	w.send(sizeMsg(80, 30))
	w.model.View()
	w.send(sizeMsg(140, 30))
	unchanged("a resize")
	w.press("w", "3")
	w.idle()
	unchanged("hiding")
}

// Found characters stand out, without colours too.
func TestFilterHighlightsWhatItFound(t *testing.T) {
	w := newWorld(t).withTickets(ticketOf(1, "open", time.Hour, "Export CSV")).start(100, 20)
	w.model.SetLook(theme.Options{NoColor: true})
	w.press("/").write("csv").press("enter")
	if frame := w.frame(); !strings.Contains(frame, "Export \x1b[0;1;4;7mCSV") && !strings.Contains(frame, "\x1b[0;1;4mCSV") {
		t.Errorf("CSV is not highlighted: %q", w.frame())
	}
}

// A long filter leaves the counts in sight.
func TestLongFilterLeavesTheCount(t *testing.T) {
	w := newWorld(t).withTickets(usual()...).start(80, 24)
	w.press("/").write(`"a phrase that is longer than the pane" csv`)
	w.shows("0 of 4")
	w.exact(80, 24)
}

// The user's own stories are found by the name that the service acts with.
func TestFilterKnowsWhoYouAre(t *testing.T) {
	w := newWorld(t)
	w.story("Mine", tracker.Backlog, 1, tracker.Start)
	w.story("Nobody's", tracker.Backlog, 1)
	w.start(140, 30)
	w.press("2", "/").write("owner:me")
	w.shows("1 of 2")
	w.press("enter")
	if err := w.svc.Settings.SetUser(t.Context(), "Grace Hopper"); err != nil {
		t.Fatal(err)
	}
	w.see("0 of 2") // it is Grace who asks now
}

// A word that may become a term hides nothing until it is one, and what it can
// become is listed.
func TestFilterWaitsForATerm(t *testing.T) {
	w := filled(t, usual()).start(140, 30)
	w.press("/").write("1039 sta")
	w.shows("Filter 1039 sta  status: new, open, pending, hold, solved or closed")
	w.shows("1 of 4")
	w.write("tus:")
	w.shows("status can be new, open, pending, hold, solved or closed")
	w.shows("1 of 4")
	w.write("open")
	w.shows("1 of 4")
	w.press("esc", "/").write("sta")
	w.shows("1 Tickets ━━━━") // all of them
	w.press("enter")
	w.shows("1 Tickets /sta") // taken as a word after all
	w.press("/", "ctrl+u").write("?")
	w.shows("terms: status: priority: type: org: requester: tag: linked:")
	w.press("backspace").write("t")
	w.shows("type: tag:")
}

// A search that cannot be read stays open to be fixed: enter neither closes the
// prompt nor takes what could be read of it.
func TestUnreadableFilterStaysInThePrompt(t *testing.T) {
	w := filled(t, usual()).start(140, 30)
	w.press("/").write("1039 status:foo").press("enter")
	w.shows("1039 status:foo  status can be new, open,")
	w.shows("1 Tickets /1039 ") // the last that could be read
	w.write("bar baz quux: a long tail of a text that is wider than what is left for it beside the sentence that says what is wrong")
	w.shows("status can be new, open,")
	w.press("esc")
	w.shows("#1042")
	if strings.Contains(w.screen(), "Tickets /") {
		t.Errorf("esc leaves the filter:\n%s", w.screen())
	}
	w.press("/").write("status:foo").press("enter")
	w.press("backspace", "backspace", "backspace").write("new").press("enter")
	w.shows("1 Tickets /status:new")
}

// So it is with the search through all stories, where esc brings the search
// back that was shown before.
func TestUnreadableSearchStaysInThePrompt(t *testing.T) {
	w := filled(t, usual()).start(200, 60)
	w.press("6").write("running").press("enter")
	w.idle()
	w.press("/").write(" state:foo").press("enter")
	w.shows("Search all stories running state:foo  state can be unscheduled,")
	w.press("esc")
	w.shows("6 Search /running ")
	if got := w.names(intent.PaneSearch); got != "Running" {
		t.Errorf("esc leaves %s", got)
	}
}
