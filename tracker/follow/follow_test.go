package follow_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/zendesk/sandbox"
)

func TestACustomersCommentIsOnTheStoryWithinOnePoll(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	ticket := w.Ticket(tracker.TicketOpen)
	st, unlinked := w.Story(ticket), w.Story(w.Ticket(tracker.TicketPending))
	w.poll()
	if list := w.events(st); len(list) > 0 {
		t.Errorf("what was there before the link is news: %+v", list)
	}
	w.edit(sandbox.Edit{Ticket: int64(ticket), Comment: "It is back.", Customer: true})
	w.poll()
	e := w.only(st)
	if e.Kind != tracker.EventComment || e.Ticket != w.In.TicketKey(ticket) || e.Text != "It is back." || !e.Public || !e.FromCustomer() ||
		e.Author == "" || !e.Unread {
		t.Errorf("the event is %+v", e)
	}
	if list := w.events(unlinked); len(list) > 0 {
		t.Errorf("it is on a story of another ticket: %+v", list)
	}
	for range 3 {
		w.poll()
	}
	w.only(st)
	if deliveries, _ := w.Deliveries(t.Context(), st); len(deliveries) > 0 {
		t.Errorf("something is to be sent: %+v", deliveries)
	}
}

func TestAnAgentsPrivateCommentIsMarkedPrivate(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.edit(sandbox.Edit{Ticket: int64(ticket), Comment: "Looks like the exporter."})
	w.poll()
	if e := w.only(st); e.Public || e.FromCustomer() || e.Text != "Looks like the exporter." {
		t.Errorf("the event is %+v", e)
	}
}

// Times have whole seconds; what has the same one stays in its order.
func TestCommentsOfOneSecondStayInTheirOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.clock.Sleep(time.Minute)
	for _, said := range []string{"one", "two", "three"} {
		w.Meanwhile(sandbox.Edit{Ticket: int64(ticket), Comment: said})
	}
	w.poll()
	for i, e := range w.events(st) {
		if want := []string{"one", "two", "three"}[i]; e.Text != want {
			t.Errorf("comment %d is %q, want %q", i, e.Text, want)
		}
	}
}

func TestChangesOfFieldsAreEvents(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	was, _ := w.Sandbox.Ticket(int64(ticket))
	w.edit(sandbox.Edit{Ticket: int64(ticket), Satisfaction: "offered"})
	w.poll()
	if list := w.events(st); len(list) > 0 {
		t.Errorf("asking for a rating is news: %+v", list)
	}
	w.edit(sandbox.Edit{Ticket: int64(ticket), Status: "pending", Priority: "urgent", Satisfaction: "bad"})
	w.poll()
	w.poll()
	w.edit(sandbox.Edit{Ticket: int64(ticket), Status: "open"})
	w.poll()
	type change struct {
		kind     tracker.TicketEventKind
		old, now string
	}
	var got []change
	for _, e := range w.events(st) {
		got = append(got, change{e.Kind, e.Old, e.New})
	}
	want := []change{
		{tracker.EventStatus, "open", "pending"}, {tracker.EventPriority, string(was.Priority), "urgent"},
		{tracker.EventSatisfaction, "offered", "bad"}, {tracker.EventStatus, "pending", "open"},
	}
	if len(got) != len(want) {
		t.Fatalf("%+v, want %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%+v, want %+v", got[i], want[i])
		}
	}
}

// A ticket whose stories are accepted and that is solved stands in no view, and may
// still be reopened. Only once it is closed nothing happens any more.
func TestTicketsOutsideTheViewAreFollowed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Edit(func(d *tracker.IntegrationDraft) { d.UpdateState = false })
	w.Accept(st)
	w.edit(sandbox.Edit{Ticket: int64(ticket), Status: "solved", Comment: "Fixed in 4.2.", Public: true})
	w.poll()
	w.edit(sandbox.Edit{Ticket: int64(ticket), Status: "solved", Comment: "Thank you!", Customer: true})
	w.poll()
	var said []string
	for _, e := range w.events(st) {
		said = append(said, e.Text+e.New)
	}
	if len(said) != 3 || said[0] != "Fixed in 4.2." || said[1] != "solved" || said[2] != "Thank you!" {
		t.Errorf("the story knows of %q", said)
	}
	w.edit(sandbox.Edit{Ticket: int64(ticket), Status: "closed"})
	w.poll()
	w.poll()
	if n := w.requests("/show_many"); n != 0 {
		t.Errorf("%d requests for closed tickets of accepted stories", n)
	}
}

// What this program sent is no event, whether Zendesk shows its mark on the comment or in
// the audit alone. What somebody quotes of it is one.
func TestWhatWasSentFromHereIsNoEvent(t *testing.T) {
	t.Parallel()
	for name, shown := range map[string]bool{"mark on the comment": true, "mark in the audit": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Options{CustomInComments: shown})
			ticket := w.Ticket(tracker.TicketNew)
			st := w.Story(ticket)
			w.Start(st)
			w.Comment(st, "Found it.")
			for range 3 {
				w.sync()
			}
			deliveries, settled := w.Deliveries(t.Context(), st)
			if !settled || len(deliveries) != 2 || w.Status(ticket) != "open" {
				t.Fatalf("%+v", deliveries)
			}
			w.poll()
			if list := w.events(st); len(list) > 0 {
				t.Errorf("what was sent came back: %+v", list)
			}
			w.edit(sandbox.Edit{Ticket: int64(ticket), Comment: "> " + deliveries[1].Text + "\nWhere?"})
			w.poll()
			w.only(st)
		})
	}
}

// A comment that arrived but whose answer was lost is recognised by its reference.
func TestAnUnconfirmedCommentIsNoEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.Comment(st, "Found it.")
	w.Faults(sandbox.Fault{Method: "PUT", Apply: true, Answer: sandbox.AnswerReset})
	w.sync()
	w.Once(ticket, "Found it.")
	if deliveries, _ := w.Deliveries(t.Context(), st); len(deliveries) != 1 || deliveries[0].AuditID != 0 {
		t.Fatalf("%+v", deliveries)
	}
	w.poll()
	if list := w.events(st); len(list) > 0 {
		t.Errorf("what was sent came back: %+v", list)
	}
}

func TestOnlyWhatChangedIsRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{Tickets: 60})
	list, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	var stories []tracker.Story
	for _, row := range list.Tickets[:50] {
		stories = append(stories, w.Story(row.ID))
	}
	w.poll()
	if n := w.requests("/comments"); n != 0 {
		t.Errorf("%d requests for comments although nothing changed", n)
	}
	w.edit(sandbox.Edit{Ticket: int64(list.Tickets[7].ID), Comment: "Any news?", Customer: true})
	w.poll()
	if n := w.requests("/comments"); n != 1 {
		t.Errorf("%d requests for the comments of one ticket that changed", n)
	}
	w.poll()
	if n := w.requests("/comments"); n != 0 {
		t.Errorf("%d requests for comments that are known", n)
	}
	for _, row := range list.Tickets[:50] {
		w.edit(sandbox.Edit{Ticket: int64(row.ID), Comment: "Still broken.", Customer: true})
	}
	known := func() (n int) {
		for _, st := range stories {
			n += len(w.events(st))
		}
		return n
	}
	const share = 700 / 10 / 2
	for polls := 1; known() < 51+countStatuses(w, stories); polls++ {
		w.poll()
		if n := w.requests("/comments"); n > share || polls > 3 {
			t.Fatalf("%d requests for comments in poll %d, %d events", n, polls, known())
		}
	}
}

// countStatuses counts the changes of status on stories.
func countStatuses(w *world, stories []tracker.Story) (n int) {
	for _, st := range stories {
		for _, e := range w.events(st) {
			if e.Kind != tracker.EventComment {
				n++
			}
		}
	}
	return n
}

// Zendesk's lists of comments may lag behind its tickets.
func TestAListThatLagsBehindIsReadAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.poll()
	w.Faults(sandbox.Fault{Path: "/tickets/*/comments", Lag: 3600})
	w.edit(sandbox.Edit{Ticket: int64(ticket), Comment: "It is back.", Customer: true})
	if err := w.Engine.Views.RefreshView(t.Context(), w.In.ID); err != nil {
		t.Fatal(err)
	}
	if list := w.events(st); len(list) > 0 {
		t.Fatalf("the list did not lag: %+v", list)
	}
	w.poll()
	w.only(st)
}

// Comments that the user may not read, and an answer that cannot be read, hold nothing
// up; the latter is asked for again.
func TestCommentsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]int{"forbidden-page": 0, "wrong-json": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, sandbox.Options{})
			ticket := w.Ticket(tracker.TicketOpen)
			st := w.Story(ticket)
			w.Faults(sandbox.Fault{Path: "/tickets/*/comments", Answer: name})
			w.edit(sandbox.Edit{Ticket: int64(ticket), Comment: "It is back.", Customer: true})
			w.poll()
			if list := w.events(st); len(list) > 0 {
				t.Fatalf("%+v", list)
			}
			w.poll()
			if list := w.events(st); len(list) != want {
				t.Errorf("%d events, want %d", len(list), want)
			}
		})
	}
}

// What happened while a link was away is no news after it was undone; what was known
// before is there again.
func TestALinkThatComesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	ticket := w.Ticket(tracker.TicketOpen)
	st := w.Story(ticket)
	w.edit(sandbox.Edit{Ticket: int64(ticket), Comment: "First.", Customer: true})
	w.poll()
	w.poll()
	if err := w.Engine.Stories.UnlinkTicket(t.Context(), []tracker.StoryID{st.ID}, w.In.TicketKey(ticket), false); err != nil {
		t.Fatal(err)
	}
	if list := w.events(st); len(list) > 0 {
		t.Errorf("a story without the ticket has %+v", list)
	}
	w.edit(sandbox.Edit{Ticket: int64(ticket), Comment: "Meanwhile.", Customer: true})
	w.poll()
	w.Undo()
	w.poll()
	if e := w.only(st); e.Text != "First." {
		t.Errorf("the event is %+v", e)
	}
}

// A chat keeps its messages apart from its comments: none comes twice.
func TestACommentOnAChatIsOneEvent(t *testing.T) {
	t.Parallel()
	w := newWorld(t, sandbox.Options{})
	const chat = 1018
	st := w.Story(chat)
	w.Comment(st, "Found it.")
	w.edit(sandbox.Edit{Ticket: chat, Comment: "Ask them for the version."})
	for range 3 {
		w.sync()
	}
	w.Once(chat, "Found it.")
	if e := w.only(st); e.Text != "Ask them for the version." {
		t.Errorf("the event is %+v", e)
	}
}
