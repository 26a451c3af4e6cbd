package ui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/uitest"
)

// states are the states of the Backlog's stories, by their names.
func (w *world) states() string {
	w.T.Helper()
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
	w := newWorld(t).WithTickets(uitest.Usual()...)
	for _, name := range []string{"Alpha", "Beta", "Gamma"} {
		w.Story(name, tracker.Backlog, 1)
	}
	if _, err := w.Service.Stories.LinkTickets(t.Context(), []tracker.StoryID{1}, w.In, []tracker.TicketID{1042, 1039}); err != nil {
		t.Fatal(err)
	}
	w.Start(140, 30)
	w.Press("2", "ctrl+a")
	w.Shows("3 marked · 3")
	return w
}

// Several stories are started after one question that lists what goes to
// tickets, and brought back with one undo.
func TestMarkedStoriesAreStartedTogether(t *testing.T) {
	t.Parallel()
	w := markedBoard(t)
	w.Press("s")
	w.See("Start 3 stories? 2 private comments will be sent to #1042 and #1039")
	w.Press("n")
	w.Idle()
	w.Shows("3 marked · 3")
	if got := w.states(); got != "Alpha unstarted, Beta unstarted, Gamma unstarted" {
		t.Errorf("after no: %s", got)
	}
	w.Press("s", "y")
	w.See("3 stories started · u undo")
	w.Idle()
	w.Shows("3 stories · 3 pts")
	if got := w.states(); got != "Alpha started, Beta started, Gamma started" {
		t.Errorf("after yes: %s", got)
	}
	w.Press("u")
	w.See("Undone: 3 stories started; their private comments will not be sent")
	w.Idle()
	if got := w.states(); got != "Alpha unstarted, Beta unstarted, Gamma unstarted" {
		t.Errorf("after undo: %s", got)
	}
}

func TestMarkedStoriesThatDiffer(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.Story("Alpha", tracker.Backlog, 1, tracker.Start)
	w.Story("Beta", tracker.Backlog, 1)
	w.Story("Gamma", tracker.Backlog, -1)
	w.Start(140, 30)
	w.Press("2", "space", "space")
	for key, reason := range map[string]string{
		"s": "S-1 can finish, but S-2 can start: mark stories with the same next state",
		"x": "only a delivered story can be rejected; S-1 is started",
		"e": "Edit one story at a time; 2 are marked, esc clears the marks",
		"o": "none of the marked stories has a linked ticket",
	} {
		w.Press(key)
		if got := w.Said(); got == nil || got.Text != reason {
			t.Errorf("%s says %+v, want %q", key, got, reason)
		}
	}
	w.Press("ctrl+a", "s")
	if got := w.Said().Text; got != "S-3 needs an estimate first: p" {
		t.Errorf("s says %q", got)
	}
	w.Press("p", "2")
	w.See("3 stories: 2 points")
	w.Idle()
	for _, c := range w.board().Backlog {
		if c.Estimate == nil || *c.Estimate != 2 {
			t.Errorf("%s has %v points", c.ID, c.Estimate)
		}
	}
}

// What one mark is on is acted on wherever the cursor is.
func TestASingleMarkIsTheSubject(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(3).Start(140, 30)
	w.Press("3", "space", "j", "b")
	w.See("S-1 is in the Backlog")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Row 1" {
		t.Errorf("the Backlog holds %s", got)
	}
}

func TestMarkedStoriesMoveWithTheirOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(4).Start(140, 30)
	w.Press("3", "space", "j", "space", "space", "b")
	w.See("Move 3 stories to the Backlog?")
	w.Press("y")
	w.See("3 stories are in the Backlog")
	w.Idle()
	if got := cardNames(w.board().Backlog); got != "Row 1, Row 3, Row 4" {
		t.Errorf("the Backlog holds %s", got)
	}
	w.Press("u")
	w.See("Undone: 3 stories")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 3, Row 4" {
		t.Errorf("the Icebox holds %s", got)
	}
}

func TestDeletionOfMarkedStories(t *testing.T) {
	t.Parallel()
	w := markedBoard(t)
	if _, err := w.Service.Stories.Comment(t.Context(), []tracker.StoryID{1}, "Fixed in 4.2.1", ""); err != nil {
		t.Fatal(err)
	}
	w.Press("D")
	w.See("Delete 3 stories: S-1, S-2 and S-3?")
	w.Press("y")
	w.See("2 private comments not sent")
	w.Press("down", "enter")
	w.See("3 stories deleted")
	w.Idle()
	if got := w.board().Backlog; len(got) != 0 {
		t.Errorf("the Backlog holds %s", cardNames(got))
	}
}

// An answer that is given before the comments are known counts.
func TestAnAnswerBeforeTheRehearsalCounts(t *testing.T) {
	t.Parallel()
	w := markedBoard(t)
	w.Press("s", "n")
	w.Idle()
	w.Press("s", "y")
	w.See("3 stories started")
	if strings.Contains(w.Screen(), "Start 3 stories?") {
		t.Error("the question stays")
	}
}

// What cannot be done is said in place of the question.
func TestARefusedRehearsalClosesTheQuestion(t *testing.T) {
	t.Parallel()
	w := markedBoard(t)
	if _, err := w.Service.Stories.Transition(t.Context(), []tracker.Seen{{ID: 2}}, tracker.Start, ""); err != nil {
		t.Fatal(err)
	}
	w.Press("s")
	w.See("S-2 has changed meanwhile (it is now started). Check it, then try again")
	if !w.OnBoard() {
		t.Error("the question stays open")
	}
}

func TestMarkedTicketsBecomeOneStoryEach(t *testing.T) {
	t.Parallel()
	w := newWorld(t).WithTickets(uitest.Usual()...)
	w.linked(1039)
	w.Start(140, 30)
	w.Press("space", "space", "space", "i")
	w.See("3 tickets (#1039 has S-1): one story or one each?  o one story  e one each  n neither")
	w.Press("esc")
	w.Shows("3 marked · 4")
	w.Press("i", "e")
	w.See("3 stories created from 3 tickets")
	w.Idle()
	if got := cardNames(w.board().Icebox); got != "Login loops on SSO, Export CSV is empty, Refund page 404" {
		t.Errorf("the Icebox holds %s", got)
	}
	if n := len(w.Part(intent.PaneTickets).Marked); n != 0 {
		t.Errorf("%d marks stay", n)
	}
	w.Press("u")
	w.See("Undone: 3 stories removed")
}

func TestMarkedTicketsAreOpenedAndCopied(t *testing.T) {
	t.Parallel()
	tickets := uitest.Usual()
	for i := range 12 {
		tickets = append(tickets, uitest.Ticket(tracker.TicketID(900-i), tracker.TicketOpen, 0, fmt.Sprintf("Bulk %d", i)))
	}
	w := newWorld(t).WithTickets(tickets...).Start(140, 30)
	w.Press("space", "space", "o")
	w.Until("both are opened", func() bool { return len(w.Opened) == 2 })
	w.Press("y")
	w.See("Copied 2 lines")
	w.Until("both are copied natively", func() bool { return slices.Equal(w.Copied, []string{"#1042\n#1039"}) })
	w.Press("ctrl+a")
	w.Until("o says that these are too many", func() bool { // what was opened before may be told in between
		w.Press("o")
		return w.Said().Text == command.TooManyToBrowse(16)
	})
}

// What a filter hides is not acted on, though it stays marked.
func TestHiddenMarksAreNotActedOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t).stack(4).Start(140, 30)
	w.Press("3", "ctrl+a", "/").Write("Row 3").Press("enter")
	w.Press("b")
	w.See("S-3 is in the Backlog")
	w.Idle()
	w.Press("/").Write("Row 99").Press("enter", "s", "b", "J")
	if got := cardNames(w.board().Icebox); got != "Row 1, Row 2, Row 4" {
		t.Errorf("the Icebox holds %s", got)
	}
}

// What does not exist is said, and leaves no pane behind.
func TestOpeningWhatDoesNotExist(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{
		"S-99": "there is no story S-99", "#4711": "acme.zendesk.com has no ticket #4711",
		"4711": "acme.zendesk.com has no ticket #4711",
	} {
		w := newWorld(t).WithTickets(uitest.Usual()...).Start(140, 30)
		w.Press("#").Write(number).Press("enter")
		w.See(want)
		w.Until("the pane is closed", func() bool { return w.OnBoard() })
	}
}

// Of several marked stories those that carry points get them.
func TestPointsOfMarkedStoriesOfTwoTypes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, kind := range []tracker.StoryType{tracker.Feature, tracker.Bug, tracker.Feature} {
		if _, err := w.Service.Stories.AddStory(t.Context(), tracker.NewStory{
			ProjectID: w.Project.ID, Name: "A " + string(kind), Type: kind, Place: tracker.Place{Column: tracker.Icebox},
		}); err != nil {
			t.Fatal(err)
		}
	}
	w.Start(140, 30).Press("3", "ctrl+a", "p")
	w.See("Points of 2 of 3 stories")
	w.Press("3")
	w.See("2 stories: 3 points")
	if got := w.board().Icebox; *got[0].Estimate != 3 || got[1].Estimate != nil || *got[2].Estimate != 3 {
		t.Errorf("the Icebox holds %+v", got)
	}
}
