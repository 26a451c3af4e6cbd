package tracker

import "testing"

func TestPlaceBetween(t *testing.T) {
	card := func(id StoryID, s State) *Card { return &Card{ID: id, State: s} }
	accepted, started, unstarted, ice := card(1, Accepted), card(2, Started), card(3, Unstarted), card(4, Unscheduled)
	for _, c := range []struct {
		name         string
		above, below *Card
		group        Group
		want         Place
		code         Code
	}{
		{"above one of its group", nil, unstarted, GroupUnstarted, Place{Column: Backlog, Before: 3}, ""},
		{"below one of its group", unstarted, nil, GroupUnstarted, Place{Column: Backlog, After: 3}, ""},
		{"the first of its group", started, nil, GroupUnstarted, Place{Column: Backlog}, ""},
		{"started work below accepted", accepted, unstarted, GroupInProgress, Place{Column: Backlog}, ""},
		{"what is not started above started work", nil, started, GroupUnstarted, Place{}, CodeRefused},
		{"started work below what is not", unstarted, nil, GroupInProgress, Place{}, CodeRefused},
		{"an empty Icebox", nil, nil, GroupIcebox, Place{Column: Icebox}, ""},
		{"in the Icebox", ice, nil, GroupIcebox, Place{Column: Icebox, After: 4}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := PlaceBetween(c.above, c.below, c.group)
			if got != c.want || CodeOf(err) != c.code {
				t.Errorf("PlaceBetween = %+v, %v; want %+v, %q", got, err, c.want, c.code)
			}
		})
	}
}

func TestGroupIn(t *testing.T) {
	ice, planned, unstarted := Card{ID: 1, State: Unscheduled}, Card{ID: 2, State: Planned}, Card{ID: 3, State: Unstarted}
	started, rejected := Card{ID: 4, State: Started}, Card{ID: 5, State: Rejected}
	for _, test := range []struct {
		name  string
		to    Column
		cards []Card
		want  Group
		says  string
	}{
		{"a new story in the Backlog", Backlog, nil, GroupUnstarted, ""},
		{"a new story in the Icebox", Icebox, nil, GroupIcebox, ""},
		{"out of the Icebox", Backlog, []Card{ice, planned, unstarted}, GroupUnstarted, ""},
		{"started ones", Backlog, []Card{started, rejected}, GroupInProgress, ""},
		{"started ones into the Icebox", Icebox, []Card{started, unstarted}, GroupIcebox, ""},
		{"different ones", Backlog, []Card{started, ice}, "", "S-4 is started and S-1 is unscheduled: they cannot be next to each other in the Backlog"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := GroupIn(test.to, test.cards...)
			refuses(t, err, test.says)
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestRefusalBeside(t *testing.T) {
	started, rejected, unstarted := Card{ID: 1, State: Started}, Card{ID: 2, State: Rejected}, Card{ID: 3, State: Unstarted}
	refuses(t, RefusalBeside(started, rejected), "")
	refuses(t, RefusalBeside(started, started), "S-1 cannot be moved next to itself")
	refuses(t, RefusalBeside(started, unstarted), "S-1 is started and S-3 is unstarted: started stories stay above unstarted ones")
}
