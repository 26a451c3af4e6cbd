package stories_test

import (
	"fmt"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// following is a place at the top of a column in a sequence.
func following(to tracker.Column) tracker.Place { return tracker.Place{Column: to, Following: true} }

// move moves stories.
func (w world) move(to tracker.Place, ids ...tracker.StoryID) {
	w.T.Helper()
	if _, err := w.Engine.Stories.MoveStories(w.T.Context(), ids, to); err != nil {
		w.T.Fatal(err)
	}
}

// What is decided one after the other reads from top to bottom, above what was there.
func TestASequenceKeepsItsOrder(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.several(tracker.Backlog, "old", "older")
	ice := w.several(tracker.Icebox, "a", "b", "c", "d", "e", "f")
	w.move(following(tracker.Backlog), ice[0])
	w.move(following(tracker.Backlog), ice[1])
	w.shows(tracker.Backlog, "a", "b", "old", "older")
	// What goes elsewhere meanwhile is not in the way.
	w.move(tracker.Place{Column: tracker.Backlog, Bottom: true}, ice[5])
	w.move(following(tracker.Icebox), ice[4])
	w.move(following(tracker.Backlog), ice[2], ice[3])
	w.shows(tracker.Backlog, "a", "b", "c", "d", "old", "older", "f")
	w.add("g", following(tracker.Backlog))
	w.shows(tracker.Backlog, "a", "b", "c", "d", "g", "old", "older", "f")
	w.move(following(tracker.Backlog), ice[1], ice[2])
	w.shows(tracker.Backlog, "a", "d", "g", "b", "c", "old", "older", "f")
}

// Stories of tickets take the same place, each in its turn.
func TestASequenceOfTickets(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	w.several(tracker.Backlog, "old")
	var made []string
	ticket := w.Ticket(tracker.TicketNew)
	for n := range 60 { // more than halves of the room would have room for
		all, err := w.Engine.Stories.AddFromTickets(t.Context(), tracker.FromTickets{Integration: w.In.ID, Tickets: []tracker.TicketID{ticket}, Name: fmt.Sprint(n), Again: true, Place: following(tracker.Backlog)})
		if err != nil {
			t.Fatal(err)
		}
		made = append(made, all[0].Name)
	}
	w.shows(tracker.Backlog, append(made, "old")...)
}

// The next one follows what still stands where it was put, after undo and redo, too.
func TestASequencePassesOverWhatWasUndone(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	at := w.several(tracker.Backlog, "old", "a", "b", "c", "d")
	w.move(following(tracker.Backlog), at[1])
	w.move(following(tracker.Backlog), at[2])
	w.Undo()
	w.shows(tracker.Backlog, "a", "old", "b", "c", "d")
	w.move(following(tracker.Backlog), at[3])
	w.shows(tracker.Backlog, "a", "c", "old", "b", "d")
	w.Undo()
	w.Redo()
	w.move(following(tracker.Backlog), at[4])
	w.shows(tracker.Backlog, "a", "c", "d", "old", "b")
	if err := w.Engine.Stories.DeleteStories(t.Context(), []tracker.StoryID{at[4]}, false); err != nil {
		t.Fatal(err)
	}
	w.move(following(tracker.Backlog), at[2])
	w.shows(tracker.Backlog, "a", "c", "b", "old")
}

// What is put elsewhere in the group by hand ends a sequence: the next one is on top.
func TestASequenceEndsByHand(t *testing.T) {
	t.Parallel()
	for name, by := range map[string]struct {
		do    func(w world, at []tracker.StoryID)
		after time.Duration
		want  []string
	}{
		"moved":         {func(w world, at []tracker.StoryID) { w.move(tracker.Place{Before: at[0]}, at[1]) }, 0, []string{"c", "b", "a", "old", "d"}},
		"one of others": {func(w world, at []tracker.StoryID) { w.move(tracker.Place{After: at[0]}, at[4]) }, 0, []string{"c", "a", "b", "old", "d"}},
		"a new story":   {func(w world, at []tracker.StoryID) { w.add("new", tracker.Place{Before: at[1]}) }, 0, []string{"c", "new", "a", "b", "old", "d"}},
		"in the Icebox": {func(w world, _ []tracker.StoryID) { w.add("new", tracker.Place{Column: tracker.Icebox}) }, 0, []string{"a", "b", "c", "old", "d"}},
		"at the end": {func(w world, at []tracker.StoryID) {
			w.move(tracker.Place{Column: tracker.Backlog, Bottom: true}, at[1])
		}, 0, []string{"b", "c", "old", "d", "a"}},
		"more than an hour": {nil, time.Hour + time.Second, []string{"c", "a", "b", "old", "d"}},
		"an hour":           {nil, time.Hour, []string{"a", "b", "c", "old", "d"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := world{trackertest.New(t)}
			at := w.several(tracker.Backlog, "old", "a", "b", "c", "d")
			now := time.Now()
			w.Engine.Now = func() time.Time { return now }
			w.move(following(tracker.Backlog), at[1])
			w.move(following(tracker.Backlog), at[2])
			now = now.Add(by.after)
			if by.do != nil {
				by.do(w, at)
			}
			w.move(following(tracker.Backlog), at[3])
			w.shows(tracker.Backlog, by.want...)
		})
	}
}
