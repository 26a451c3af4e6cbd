package position_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/position"
)

func refuses(t *testing.T, err error, want string) {
	t.Helper()
	got, code := "", tracker.Code("")
	if err != nil {
		got, code = err.Error(), tracker.CodeRefused
	}
	if got != want || tracker.CodeOf(err) != code {
		t.Errorf("got %q (%s), want %q (%s)", got, tracker.CodeOf(err), want, code)
	}
}

func TestBetween(t *testing.T) {
	card := func(id tracker.StoryID, s tracker.State) *tracker.Card { return &tracker.Card{ID: id, State: s} }
	accepted, started, unstarted, ice := card(1, tracker.Accepted), card(2, tracker.Started), card(3, tracker.Unstarted), card(4, tracker.Unscheduled)
	for _, c := range []struct {
		name         string
		above, below *tracker.Card
		group        tracker.Group
		want         tracker.Place
		code         tracker.Code
	}{
		{"above one of its group", nil, unstarted, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog, Before: 3}, ""},
		{"below one of its group", unstarted, nil, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog, After: 3}, ""},
		{"the first of its group", started, nil, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog}, ""},
		{"started work below accepted", accepted, unstarted, tracker.GroupInProgress, tracker.Place{Column: tracker.Backlog}, ""},
		{"what is not started above started work", nil, started, tracker.GroupUnstarted, tracker.Place{}, tracker.CodeRefused},
		{"started work below what is not", unstarted, nil, tracker.GroupInProgress, tracker.Place{}, tracker.CodeRefused},
		{"an empty Icebox", nil, nil, tracker.GroupIcebox, tracker.Place{Column: tracker.Icebox}, ""},
		{"in the Icebox", ice, nil, tracker.GroupIcebox, tracker.Place{Column: tracker.Icebox, After: 4}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := position.Between(c.above, c.below, c.group, position.NoLine)
			if got != c.want || tracker.CodeOf(err) != c.code {
				t.Errorf("Between = %+v, %v; want %+v, %q", got, err, c.want, c.code)
			}
		})
	}
}

func TestGroupIn(t *testing.T) {
	ice, planned, unstarted := tracker.Card{ID: 1, State: tracker.Unscheduled}, tracker.Card{ID: 2, State: tracker.Planned}, tracker.Card{ID: 3, State: tracker.Unstarted}
	started, rejected := tracker.Card{ID: 4, State: tracker.Started}, tracker.Card{ID: 5, State: tracker.Rejected}
	for _, test := range []struct {
		name  string
		to    tracker.Column
		cards []tracker.Card
		want  tracker.Group
		says  string
	}{
		{"a new story in the Backlog", tracker.Backlog, nil, tracker.GroupUnstarted, ""},
		{"a new story in the Icebox", tracker.Icebox, nil, tracker.GroupIcebox, ""},
		{"out of the Icebox", tracker.Backlog, []tracker.Card{ice, planned, unstarted}, tracker.GroupUnstarted, ""},
		{"started ones", tracker.Backlog, []tracker.Card{started, rejected}, tracker.GroupInProgress, ""},
		{"started ones into the Icebox", tracker.Icebox, []tracker.Card{started, unstarted}, tracker.GroupIcebox, ""},
		{"different ones", tracker.Backlog, []tracker.Card{started, ice}, "", "S-4 is started and S-1 is unscheduled: they cannot be next to each other in the Backlog"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := position.GroupIn(test.to, test.cards...)
			refuses(t, err, test.says)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestRefusalBeside(t *testing.T) {
	started, rejected, unstarted := tracker.Card{ID: 1, State: tracker.Started}, tracker.Card{ID: 2, State: tracker.Rejected}, tracker.Card{ID: 3, State: tracker.Unstarted}
	refuses(t, position.RefusalBeside(started, rejected), "")
	refuses(t, position.RefusalBeside(started, started), "S-1 cannot be moved next to itself")
	refuses(t, position.RefusalBeside(started, unstarted), "S-1 is started and S-3 is unstarted: started stories stay above unstarted ones")
}

// In a project that is planned by hand the line between Current and the rest of the
// Backlog decides, where a place is at that line.
func TestBetweenAtTheLineOfCurrent(t *testing.T) {
	t.Parallel()
	card := func(id tracker.StoryID, s tracker.State) *tracker.Card { return &tracker.Card{ID: id, State: s} }
	started, planned, other, unstarted := card(1, tracker.Started), card(2, tracker.Planned), card(3, tracker.Planned), card(4, tracker.Unstarted)
	for _, c := range []struct {
		name         string
		above, below *tracker.Card
		side         position.Side
		want         tracker.Place
	}{
		{"between planned ones", planned, other, position.InCurrent, tracker.Place{Column: tracker.Backlog, Before: 3}},
		{"the last of Current", planned, unstarted, position.InCurrent, tracker.Place{Column: tracker.Backlog, After: 2}},
		{"the first below Current", planned, unstarted, position.BelowCurrent, tracker.Place{Column: tracker.Backlog, Before: 4}},
		{"the only one of Current", started, unstarted, position.InCurrent, tracker.Place{Column: tracker.Backlog, Current: true}},
		{"the first below Current without planned ones", started, unstarted, position.BelowCurrent, tracker.Place{Column: tracker.Backlog, Before: 4}},
		{"the only one below Current", planned, nil, position.BelowCurrent, tracker.Place{Column: tracker.Backlog}},
		{"the only one at all", nil, nil, position.InCurrent, tracker.Place{Column: tracker.Backlog, Current: true}},
		{"below Current, whichever side", unstarted, nil, position.InCurrent, tracker.Place{Column: tracker.Backlog, After: 4}},
		{"below one that was planned once", planned, nil, position.NoLine, tracker.Place{Column: tracker.Backlog, After: 2}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := position.Between(c.above, c.below, tracker.GroupUnstarted, c.side)
			if got != c.want || err != nil {
				t.Errorf("Between = %+v, %v; want %+v", got, err, c.want)
			}
		})
	}
}

func TestMoved(t *testing.T) {
	t.Parallel()
	byHand := tracker.Project{Name: "p", Manual: true}
	in := func(c tracker.Column) tracker.Place { return tracker.Place{Column: c} }
	current := tracker.Place{Column: tracker.Backlog, Current: true}
	for _, test := range []struct {
		from tracker.State
		to   tracker.Place
		p    tracker.Project
		want tracker.State
		says string
	}{
		{tracker.Unscheduled, in(tracker.Icebox), tracker.Project{}, tracker.Unscheduled, ""},
		{tracker.Unscheduled, in(tracker.Backlog), tracker.Project{}, tracker.Unstarted, ""},
		{tracker.Unstarted, in(tracker.Icebox), tracker.Project{}, tracker.Unscheduled, ""},
		{tracker.Unstarted, in(tracker.Backlog), tracker.Project{}, tracker.Unstarted, ""},
		{tracker.Planned, in(tracker.Backlog), tracker.Project{}, tracker.Unstarted, ""},
		{tracker.Started, in(tracker.Backlog), tracker.Project{}, tracker.Started, ""},
		{tracker.Delivered, in(tracker.Icebox), tracker.Project{}, tracker.Unscheduled, ""},
		{tracker.Delivered, in(tracker.Done), tracker.Project{}, "", "accept a story to move it to Done"},
		{tracker.Accepted, in(tracker.Icebox), tracker.Project{}, "", "S-1 is accepted and cannot be moved"},
		{tracker.Accepted, in(tracker.Done), tracker.Project{}, "", "S-1 is accepted and cannot be moved"},
		{tracker.Unscheduled, current, byHand, tracker.Planned, ""},
		{tracker.Unstarted, current, byHand, tracker.Planned, ""},
		{tracker.Planned, in(tracker.Backlog), byHand, tracker.Unstarted, ""},
		{tracker.Planned, in(tracker.Icebox), byHand, tracker.Unscheduled, ""},
		{tracker.Started, current, byHand, tracker.Started, ""},
		{tracker.Unstarted, current, tracker.Project{Name: "p"}, "", "p plans Current by itself: turn manual planning on to choose what Current holds"},
	} {
		got, err := position.Moved(tracker.Story{ID: 1, State: test.from}, test.to, test.p)
		refuses(t, err, test.says)
		if got != test.want {
			t.Errorf("%s to %+v: got %q, want %q", test.from, test.to, got, test.want)
		}
	}
}
