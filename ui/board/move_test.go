package board

import (
	"testing"

	"storydesk/tracker"
)

func TestPlaceBetween(t *testing.T) {
	card := func(id tracker.StoryID, s tracker.State) *tracker.Card { return &tracker.Card{ID: id, State: s} }
	accepted, started, unstarted, ice := card(1, tracker.Accepted), card(2, tracker.Started), card(3, tracker.Unstarted), card(4, tracker.Unscheduled)
	for _, c := range []struct {
		name         string
		above, below *tracker.Card
		group        tracker.Group
		want         tracker.Place
		refused      bool
	}{
		{"above one of its group", nil, unstarted, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog, Before: 3}, false},
		{"below one of its group", unstarted, nil, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog, After: 3}, false},
		{"the first of its group", started, nil, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog}, false},
		{"started work below accepted", accepted, unstarted, tracker.GroupInProgress, tracker.Place{Column: tracker.Backlog}, false},
		{"what is not started above started work", nil, started, tracker.GroupUnstarted, tracker.Place{}, true},
		{"started work below what is not", unstarted, nil, tracker.GroupInProgress, tracker.Place{}, true},
		{"an empty Icebox", nil, nil, tracker.GroupIcebox, tracker.Place{Column: tracker.Icebox}, false},
		{"in the Icebox", ice, nil, tracker.GroupIcebox, tracker.Place{Column: tracker.Icebox, After: 4}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, reason := placeBetween(c.above, c.below, c.group)
			if got != c.want || (reason != "") != c.refused {
				t.Errorf("placeBetween = %+v, %q; want %+v, refused %v", got, reason, c.want, c.refused)
			}
		})
	}
}
