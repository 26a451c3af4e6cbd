package search_test

import (
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

// A label's term finds the stories that carry it, however else labels are called.
func TestTheTermOfALabelIsExact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		query  string
		labels []string
		want   bool
	}{
		{search.Label("ui"), []string{"ui"}, true},
		{search.Label("ui"), []string{"build"}, false},
		{search.Label("ui"), []string{"build", "ui"}, true},
		{search.Label("ui"), nil, false},
		{search.Label("none"), []string{"none"}, true},
		{search.Label("needs design"), []string{"needs design"}, true},
		{search.Label("needs design"), []string{"needs design now"}, false},
		{search.Label(`the "new" checkout`), []string{`the "new" checkout`}, true},
		{search.Label(`"`), []string{`"`}, true},
		{"labelled:UI,docs", []string{"docs"}, true},
		{"-labelled:ui", []string{"build"}, true},
		{"labelled:none", nil, true},
		{"labelled:none", []string{"ui"}, false},
		{"label:ui", []string{"build"}, true},
	} {
		for _, kind := range []search.Kind{search.Stories, search.Cards} {
			q, err := search.Parse(kind, c.query, func() string { return "" })
			if err != nil {
				t.Errorf("%s: %v", c.query, err)
				continue
			}
			if got := q.Matches(search.Card(&tracker.Card{Labels: c.labels})); got != c.want {
				t.Errorf("%s of %s finds %q: %v", c.query, kind, c.labels, got)
			}
		}
	}
}

// A person's query finds what they own or asked for, whatever their name has in it.
func TestTheStoriesOfAPerson(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Ada Lovelace", `William "Bill" Gates`, "O'Neill", "田中"} {
		q, err := search.Parse(search.Stories, search.Person(name), func() string { return "" })
		if err != nil {
			t.Fatalf("%s: %v", search.Person(name), err)
		}
		for whose, story := range map[string]tracker.Story{"owned": {Owners: []string{"Bo", name}}, "requested": {Requester: name}} {
			if !q.Matches(search.Story(&story)) {
				t.Errorf("%s does not find what is %s", search.Person(name), whose)
			}
		}
		if q.Matches(search.Story(&tracker.Story{Owners: []string{"Bo"}, Requester: "Cy"})) {
			t.Errorf("%s finds other people's", search.Person(name))
		}
	}
}
