package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
)

// states are the states of the Backlog's stories, by their names.
func (w *world) states() string {
	w.t.Helper()
	var list []string
	for _, c := range w.board().Backlog {
		list = append(list, c.Name+" "+string(c.State))
	}
	slices.Sort(list)
	return strings.Join(list, ", ")
}

// markedBoard is a board whose Backlog holds three stories that can be started,
// the first one linked to two tickets, and marks all of them.
func markedBoard(t *testing.T) *world {
	t.Helper()
	w := newWorld(t).withTickets(usual()...)
	for _, name := range []string{"Alpha", "Beta", "Gamma"} {
		w.story(name, tracker.Backlog, 1)
	}
	if _, err := w.svc.Stories.LinkTickets(t.Context(), []tracker.StoryID{1}, w.in, []tracker.TicketID{1042, 1039}); err != nil {
		t.Fatal(err)
	}
	w.start(140, 30)
	w.press("2", "ctrl+a")
	w.shows("3 marked · 3")
	return w
}

// Several stories are started after one question that lists what goes to
// tickets, and brought back with one undo.
func TestMarkedStoriesAreStartedTogether(t *testing.T) {
	w := markedBoard(t)
	w.press("s")
	w.see("Start 3 stories? 2 private comments will be sent to #1042 and #1039")
	w.press("n")
	w.idle()
	w.shows("3 marked · 3")
	if got := w.states(); got != "Alpha unstarted, Beta unstarted, Gamma unstarted" {
		t.Errorf("after no: %s", got)
	}
	w.press("s", "y")
	w.see("3 stories started · u undo")
	w.idle()
	w.shows("3 stories · 3 pts")
	if got := w.states(); got != "Alpha started, Beta started, Gamma started" {
		t.Errorf("after yes: %s", got)
	}
	w.press("u")
	w.see("Undone: 3 stories started; their private comments will not be sent")
	w.idle()
	if got := w.states(); got != "Alpha unstarted, Beta unstarted, Gamma unstarted" {
		t.Errorf("after undo: %s", got)
	}
}

func TestMarkedStoriesThatDiffer(t *testing.T) {
	w := newWorld(t)
	w.story("Alpha", tracker.Backlog, 1, tracker.Start)
	w.story("Beta", tracker.Backlog, 1)
	w.story("Gamma", tracker.Backlog, -1)
	w.start(140, 30)
	w.press("2", "space", "space")
	for key, reason := range map[string]string{
		"s": "S-1 can finish, but S-2 can start: mark stories with the same next state",
		"x": "only a delivered story can be rejected; S-1 is started",
		"e": "Edit one story at a time; 2 are marked, esc clears the marks",
		"o": "none of the marked stories has a linked ticket",
	} {
		w.press(key)
		if got := w.said(); got == nil || got.Text != reason {
			t.Errorf("%s says %+v, want %q", key, got, reason)
		}
	}
	w.press("ctrl+a", "s")
	if got := w.said().Text; got != "S-3 needs an estimate first: p" {
		t.Errorf("s says %q", got)
	}
	w.press("p", "2")
	w.see("3 stories: 2 points")
	w.idle()
	for _, c := range w.board().Backlog {
		if c.Estimate == nil || *c.Estimate != 2 {
			t.Errorf("%s has %v points", c.ID, c.Estimate)
		}
	}
}

// What one mark is on is acted on wherever the cursor is.
func TestASingleMarkIsTheSubject(t *testing.T) {
	w := newWorld(t).stack(3).start(140, 30)
	w.press("3", "space", "j", "b")
	w.see("S-1 is in the Backlog")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Row 1" {
		t.Errorf("the Backlog holds %s", got)
	}
}

func TestMarkedStoriesMoveWithTheirOrder(t *testing.T) {
	w := newWorld(t).stack(4).start(140, 30)
	w.press("3", "space", "j", "space", "space", "b")
	w.see("Move 3 stories to the Backlog?")
	w.press("y")
	w.see("3 stories are in the Backlog")
	w.idle()
	if got := cardNames(w.board().Backlog); got != "Row 1, Row 3, Row 4" {
		t.Errorf("the Backlog holds %s", got)
	}
	w.press("u")
	w.see("Undone: 3 stories")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 3, Row 4" {
		t.Errorf("the Icebox holds %s", got)
	}
}

func TestDeletionOfMarkedStories(t *testing.T) {
	w := markedBoard(t)
	if _, err := w.svc.Stories.Comment(t.Context(), []tracker.StoryID{1}, "Fixed in 4.2.1", ""); err != nil {
		t.Fatal(err)
	}
	w.press("D")
	w.see("Delete 3 stories: S-1, S-2 and S-3?")
	w.press("y")
	w.see("2 private comments not sent")
	w.press("down", "enter")
	w.see("3 stories deleted")
	w.idle()
	if got := w.board().Backlog; len(got) != 0 {
		t.Errorf("the Backlog holds %s", cardNames(got))
	}
}

// An answer that is given before the comments are known counts.
func TestAnAnswerBeforeTheRehearsalCounts(t *testing.T) {
	w := markedBoard(t)
	w.press("s", "n")
	w.idle()
	w.press("s", "y")
	w.see("3 stories started")
	if strings.Contains(w.screen(), "Start 3 stories?") {
		t.Error("the question stays")
	}
}

// What cannot be done is said in place of the question.
func TestARefusedRehearsalClosesTheQuestion(t *testing.T) {
	w := markedBoard(t)
	if _, err := w.svc.Stories.Transition(t.Context(), []tracker.Seen{{ID: 2}}, tracker.Start, ""); err != nil {
		t.Fatal(err)
	}
	w.press("s")
	w.see("S-2 has changed meanwhile (it is now started). Check it, then try again")
	if !w.onBoard() {
		t.Error("the question stays open")
	}
}

func TestMarkedTicketsBecomeOneStoryEach(t *testing.T) {
	w := newWorld(t).withTickets(usual()...)
	w.linked(1039)
	w.start(140, 30)
	w.press("space", "space", "space", "i")
	w.see("3 tickets (#1039 has S-1): one story or one each?  o one story  e one each  n neither")
	w.press("esc")
	w.shows("3 marked · 4")
	w.press("i", "e")
	w.see("3 stories created from 3 tickets")
	w.idle()
	if got := cardNames(w.board().Icebox); got != "Login loops on SSO, Export CSV is empty, Refund page 404" {
		t.Errorf("the Icebox holds %s", got)
	}
	if n := len(w.part(intent.PaneTickets).Marked); n != 0 {
		t.Errorf("%d marks stay", n)
	}
	w.press("u")
	w.see("Undone: 3 stories removed")
}

func TestMarkedTicketsAreOpenedAndCopied(t *testing.T) {
	tickets := usual()
	for i := range 12 {
		tickets = append(tickets, ticketOf(tracker.TicketID(900-i), tracker.TicketOpen, 0, fmt.Sprintf("Bulk %d", i)))
	}
	w := newWorld(t).withTickets(tickets...).start(140, 30)
	w.press("space", "space", "o")
	w.until("both are opened", func() bool { return len(w.opened) == 2 })
	w.press("y")
	w.see("Copied 2 lines")
	w.until("both are copied natively", func() bool { return slices.Equal(w.copied, []string{"#1042\n#1039"}) })
	w.press("ctrl+a", "o")
	if got := w.said().Text; got != command.TooManyToBrowse(16) {
		t.Errorf("o says %q", got)
	}
}

// What a filter hides is not acted on, though it stays marked.
func TestHiddenMarksAreNotActedOn(t *testing.T) {
	w := newWorld(t).stack(4).start(140, 30)
	w.press("3", "ctrl+a", "/").write("Row 3").press("enter")
	w.press("b")
	w.see("S-3 is in the Backlog")
	w.idle()
	w.press("/").write("Row 99").press("enter", "s", "b", "J")
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 4" {
		t.Errorf("the Icebox holds %s", got)
	}
}

// What does not exist is said, and leaves no pane behind.
func TestOpeningWhatDoesNotExist(t *testing.T) {
	for number, want := range map[string]string{
		"S-99": "there is no story S-99", "#4711": "acme.zendesk.com has no ticket #4711",
		"4711": "acme.zendesk.com has no ticket #4711",
	} {
		w := newWorld(t).withTickets(usual()...).start(140, 30)
		w.press("#").write(number).press("enter")
		w.see(want)
		w.until("the pane is closed", func() bool { return w.onBoard() })
	}
}

// Of several marked stories those that carry points get them.
func TestPointsOfMarkedStoriesOfTwoTypes(t *testing.T) {
	w := newWorld(t)
	for _, kind := range []tracker.StoryType{tracker.Feature, tracker.Bug, tracker.Feature} {
		if _, err := w.svc.Stories.AddStory(t.Context(), tracker.NewStory{
			ProjectID: w.project.ID, Name: "A " + string(kind), Type: kind, Place: tracker.Place{Column: tracker.Icebox},
		}); err != nil {
			t.Fatal(err)
		}
	}
	w.start(140, 30).press("3", "ctrl+a", "p")
	w.see("Points of 2 of 3 stories")
	w.press("3")
	w.see("2 stories: 3 points")
	if got := w.board().Icebox; *got[0].Estimate != 3 || got[1].Estimate != nil || *got[2].Estimate != 3 {
		t.Errorf("the Icebox holds %+v", got)
	}
}
