package views_test

import (
	"slices"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// toAnswer lists the tickets that are to be answered by three readings of one rule: the
// list of them, the search terms asked of the view, and what stories count.
func (w world) toAnswer() (listed, found []tracker.TicketID, counted int) {
	w.T.Helper()
	rows, err := w.Engine.Views.ToAnswer(w.T.Context(), w.In.ID)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, row := range rows {
		listed = append(listed, row.ID)
	}
	q, err := w.Engine.Stories.ParseQuery(search.Tickets, search.ToAnswerTerms())
	if err != nil {
		w.T.Fatal(err)
	}
	list, _ := w.panel()
	for _, row := range list.Tickets {
		if q.Matches(search.Ticket(&row)) {
			found = append(found, row.ID)
		}
	}
	b, err := w.Engine.Stories.Columns(w.T.Context(), w.In.ProjectID)
	if err != nil {
		w.T.Fatal(err)
	}
	for _, c := range slices.Concat(b.Done, b.Backlog, b.Icebox) {
		counted += c.Demand.ToAnswer
	}
	slices.Sort(listed)
	slices.Sort(found)
	return listed, found, counted
}

// A ticket is to be answered once all its stories are accepted, in the view or not, until
// it is solved or put aside.
func TestToAnswer(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	open, pending, hold := w.Ticket(tracker.TicketOpen), w.Ticket(tracker.TicketPending), w.Ticket(tracker.TicketHold)
	want := []tracker.TicketID{open, pending, hold}
	slices.Sort(want)
	expect := func(when string, want, inView []tracker.TicketID) {
		t.Helper()
		listed, found, counted := w.toAnswer()
		if !slices.Equal(listed, want) || !slices.Equal(found, inView) || counted != len(want) {
			t.Errorf("%s: %v are listed, %v found in the view and %d counted; want %v", when, listed, found, counted, want)
		}
	}
	first := w.Story(open, pending, hold, w.Ticket(tracker.TicketNew))
	expect("before it is accepted", nil, nil)
	w.Accept(first)
	expect("accepted", want, want)
	again, err := trackertest.One(w.Engine.Stories.AddFromTickets(t.Context(), tracker.FromTickets{Integration: w.In.ID, Tickets: []tracker.TicketID{open}, Again: true, Place: tracker.Place{Column: tracker.Icebox}}))
	if err != nil {
		t.Fatal(err)
	}
	others := slices.DeleteFunc(slices.Clone(want), func(id tracker.TicketID) bool { return id == open })
	expect("another story of one is not accepted", others, others)
	if err := w.Engine.Stories.DeleteStories(t.Context(), []tracker.StoryID{again.ID}, true); err != nil {
		t.Fatal(err)
	}
	expect("the other story is deleted", want, want)
	w.Edit(func(d *tracker.IntegrationDraft) { d.View = trackertest.Itoa(sandbox.ViewEmpty) })
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	expect("they have left the view", want, nil)
	w.Meanwhile(sandbox.Edit{Ticket: int64(open), Status: "solved"})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	expect("one is solved", others, nil)
}
