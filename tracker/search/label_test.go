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
