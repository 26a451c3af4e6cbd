package conversation_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
	"storydesk/zendesk/sandbox"
)

// tabular is the ticket of the sandbox's account whose first comment has a table.
const tabular tracker.TicketID = 1047

// tableOfTicket is that table as a conversation shows it before it is aligned.
const tableOfTicket = "period | rows | answer\nAugust | 9,412 | 200 after 21 s\nSeptember | 10,066 | 504 after 30 s\n"

// describe completes the descriptions of stories that were just created.
func (w *world) describe(made ...tracker.Story) {
	w.T.Helper()
	w.Engine.Conversation.Describe(w.T.Context(), made...)
}

// described is such a story after that.
func (w *world) described(st tracker.Story) tracker.Story {
	w.T.Helper()
	w.describe(st)
	return w.Whole(st.ID).Story
}

// conversationsRead counts the requests for what was said on tickets.
func (w *world) conversationsRead() (n int) {
	for _, r := range w.Sandbox.Requests() {
		if strings.HasSuffix(r.Path, "/comments") || strings.HasSuffix(r.Path, "/conversation_log") {
			n++
		}
	}
	return n
}

func TestAStoryHasTheTablesOfItsTicket(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(tabular)
	if strings.Contains(st.Description, " | ") || !strings.Contains(st.Description, "August 9,412") || w.conversationsRead() != 0 {
		t.Fatalf("created with %d readings: %q", w.conversationsRead(), st.Description)
	}
	got := w.described(st)
	for _, part := range []string{
		"`GET /reports/shipments/export`", tableOfTicket, "\n    curl -H \"Authorization: Bearer $TOKEN\" \\\n",
		"The manual <https://docs.brightwharf.example/api/exports#limits> says",
	} {
		if !strings.Contains(got.Description, part) {
			t.Errorf("%q is not in %q", part, got.Description)
		}
	}
	if n := w.conversationsRead(); n != 1 {
		t.Errorf("%d readings", n)
	}
	if a := w.Whole(st.ID).Activities; len(a) != 1 {
		t.Errorf("activities: %+v", a)
	}
}

func TestADescriptionEditedMeanwhileStays(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine := "What Ada wrote."
	for name, edit := range map[string]tracker.StoryEdit{"whatever is there": {}, "as it was seen": {Base: new(tracker.Story)}} {
		from := tracker.FromTickets{Integration: w.In.ID, Tickets: []tracker.TicketID{tabular}, Place: tracker.Place{Column: tracker.Icebox}, Again: true}
		st, err := trackertest.One(w.Engine.Stories.AddFromTickets(t.Context(), from))
		if err != nil {
			t.Fatal(err)
		}
		edit.Description = &mine
		if edit.Base != nil { // this person began before the description was completed, and saves after it
			edit.Base = &st
			w.describe(st)
		}
		if _, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, edit); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := w.described(st).Description; got != mine {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// What was done before the description was completed is undone as if it had
// been complete from the beginning.
func TestUndoAfterTheDescriptionWasCompleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Engine.Grace = time.Hour
	st := w.Story(tabular)
	w.Start(st)
	w.describe(st)
	if said := w.Undo(); !strings.Contains(said, "will not be sent") {
		t.Errorf("the start: %s", said)
	}
	if got := w.Whole(st.ID).Story; got.State != tracker.Unstarted || !strings.Contains(got.Description, tableOfTicket) {
		t.Errorf("%s, %q", got.State, got.Description)
	}
	if said := w.Undo(); !strings.Contains(said, "S-1 removed") {
		t.Errorf("the story: %s", said)
	}
	w.describe(st) // it is not there
	w.Redo()
	if got := w.Whole(st.ID).Story; !strings.Contains(got.Description, tableOfTicket) {
		t.Errorf("redone: %q", got.Description)
	}
}

// An edit back to the plain description is an edit like any other.
func TestUndoOfAnEditAfterTheDescriptionWasCompleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(tabular)
	w.describe(st)
	if _, err := w.Engine.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Description: &st.Description}); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	if got := w.Whole(st.ID).Story; !strings.Contains(got.Description, tableOfTicket) {
		t.Errorf("%q", got.Description)
	}
}

// A completed description is no change that somebody has to look at first.
func TestAStorySeenBeforeItsDescriptionWasCompleted(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story(tabular)
	w.describe(st)
	if _, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID, Version: st.Version}}, tracker.Start, ""); err != nil {
		t.Error(err)
	}
	if _, err := w.Engine.Stories.Transition(t.Context(), []tracker.Seen{{ID: st.ID, Version: st.Version}}, tracker.Finish, ""); tracker.CodeOf(err) != tracker.CodeConflict {
		t.Errorf("a start that was not seen: %v", err)
	}
}

func TestManyStoriesAreDescribedWithOneRequestEachAtMost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	list, err := w.Engine.Views.Tickets(t.Context(), w.In.ID)
	if err != nil {
		t.Fatal(err)
	}
	from := tracker.FromTickets{Integration: w.In.ID, Place: tracker.Place{Column: tracker.Icebox}}
	for _, row := range list.Tickets[:min(20, len(list.Tickets))] {
		if row.ID != tabular && row.ID != webChat {
			from.Tickets = append(from.Tickets, row.ID)
		}
	}
	from.Each = true
	from.Tickets = append(from.Tickets, tabular, webChat)
	made, err := w.Engine.Stories.AddFromTickets(t.Context(), from)
	if err != nil || w.conversationsRead() != 0 {
		t.Fatalf("%d readings, %v", w.conversationsRead(), err)
	}
	asked := 0
	for _, st := range made {
		if strings.Contains(st.Description, "\n") || st.Tickets[0].Ticket.ID == webChat {
			asked++
		}
	}
	w.describe(made...)
	last := made[len(made)-2:]
	if got := w.Whole(last[0].ID).Story.Description; !strings.Contains(got, tableOfTicket) {
		t.Errorf("the table: %q", got)
	}
	if got := w.Whole(last[1].ID).Story.Description; !strings.Contains(got, "Lenovo TB-X606") {
		t.Errorf("the chat: %q", got)
	}
	if n := w.conversationsRead(); n != asked || asked == len(made) {
		t.Errorf("%d readings for %d stories, want %d", n, len(made), asked)
	}
	if said := w.Undo(); !strings.HasPrefix(said, "Undone: "+trackertest.Itoa(tracker.TicketID(len(made)))+" stories removed") {
		t.Error(said)
	}
}

func TestTheDescriptionStaysWhereZendeskCannotBeAsked(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"server-error", "forbidden-page", "record-not-found"} {
		w := newWorld(t)
		w.Faults(sandbox.Fault{Path: "/tickets/*/comments", Times: -1, Answer: answer})
		st := w.Story(tabular)
		if got := w.described(st).Description; got != st.Description {
			t.Errorf("%s: %q", answer, got)
		}
	}
}

// An account out of reach is not asked for each ticket again.
func TestDescribingEndsWithTheNetwork(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Faults(sandbox.Fault{Path: "/tickets/*/*", Times: -1, Answer: "server-error"})
	table, chat := w.Story(tabular), w.Story(webChat)
	w.describe(table)
	before := w.conversationsRead()
	w.describe(table, table, chat)
	once := w.conversationsRead() - before
	if once != before {
		t.Errorf("%d requests for one story, %d for three", before, once)
	}
	if got := w.Whole(chat.ID).Story.Description; !strings.Contains(got, "could not be read") {
		t.Errorf("the chat: %q", got)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	before = w.conversationsRead()
	w.Engine.Conversation.Describe(ended, table)
	if n := w.conversationsRead() - before; n != 0 {
		t.Errorf("%d requests at the end of the program", n)
	}
}

// The first comment is the last of the first page only where that is all.
func TestALongConversationKeepsItsDescription(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 100 {
		w.Meanwhile(sandbox.Edit{Ticket: int64(tabular), Comment: "One more."})
	}
	st := w.Story(tabular)
	if got := w.described(st).Description; got != st.Description || w.conversationsRead() != 1 {
		t.Errorf("%d readings: %q", w.conversationsRead(), got)
	}
}
