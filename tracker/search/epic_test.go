package search_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

func TestSearchByEpic(t *testing.T) {
	t.Parallel()
	epics := []tracker.Epic{{ID: 1, Name: "Pay in one step", Label: "checkout"}, {ID: 2, Name: `The "Q4" push`, Label: "q4"}}
	pays := tracker.Card{Name: "Cards", Labels: []string{"csv", "checkout"}}
	other, bare := tracker.Card{Name: "Other", Labels: []string{"csv"}}, tracker.Card{Name: "Bare"}
	for _, c := range []struct {
		query             string
		pays, other, bare bool
	}{
		{`epic:"pay in One Step"`, true, false, false},
		{search.Epic(epics[0]), true, false, false},
		{`epic:E-1`, true, false, false},
		{`epic:1`, true, false, false},
		{`epic:checkout`, true, false, false},
		{`epic:csv`, true, true, false}, // which is the label of no epic
		{`epic:"pay"`, false, false, false},
		{`-epic:"pay in one step"`, false, true, true},
		{`epic:none`, false, true, true},
		{`epic:none,checkout`, true, true, true},
		{`epic:e-1 OR bare`, true, false, true},
		{search.Epic(epics[1]), false, false, false},
	} {
		q, err := search.Parse(search.Cards, c.query, func() string { return "" })
		if err != nil {
			t.Fatalf("%s: %v", c.query, err)
		}
		// What is told twice is told anew.
		q = q.WithEpics([]tracker.Epic{{ID: 1, Name: "Bare", Label: "x"}}).WithEpics(epics)
		for of, want := range map[*tracker.Card]bool{&pays: c.pays, &other: c.other, &bare: c.bare} {
			if got := q.Matches(search.Card(of)); got != want {
				t.Errorf("%s finds %s: %v, want %v", c.query, of.Name, got, want)
			}
		}
	}
	quoted, err := search.Parse(search.Stories, search.Epic(epics[1]), func() string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	if st := (tracker.Story{Labels: []string{"q4"}}); !quoted.WithEpics(epics).Matches(search.Story(&st)) {
		t.Errorf("%s does not find the epic's story", search.Epic(epics[1]))
	}
}
