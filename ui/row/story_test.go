package row

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/theme"
)

// A row is drawn again only when its version changes: all that it shows counts.
func TestStoryRowVersion(t *testing.T) {
	one, two := 1.0, 2.0
	plain := tracker.Card{ID: 1, Name: "n", Type: tracker.Feature, State: tracker.Started, Estimate: &one, Owners: []string{"Ada"}, Version: 3}
	project := tracker.Project{Version: 5}
	changes := map[string]func(*tracker.Card, *tracker.Project){
		"name":        func(c *tracker.Card, _ *tracker.Project) { c.Name = "m" },
		"type":        func(c *tracker.Card, _ *tracker.Project) { c.Type = tracker.Bug },
		"state":       func(c *tracker.Card, _ *tracker.Project) { c.State = tracker.Finished },
		"estimate":    func(c *tracker.Card, _ *tracker.Project) { c.Estimate = &two },
		"no estimate": func(c *tracker.Card, _ *tracker.Project) { c.Estimate = nil },
		"owner":       func(c *tracker.Card, _ *tracker.Project) { c.Owners = []string{"Grace"} },
		"no owner":    func(c *tracker.Card, _ *tracker.Project) { c.Owners = nil },
		"tickets":     func(c *tracker.Card, _ *tracker.Project) { c.Tickets = 1 },
		"unsent":      func(c *tracker.Card, _ *tracker.Project) { c.Unsent = 1 },
		"parked":      func(c *tracker.Card, _ *tracker.Project) { c.Parked = 1 },
		"news":        func(c *tracker.Card, _ *tracker.Project) { c.News = true },
		"version":     func(c *tracker.Card, _ *tracker.Project) { c.Version = 4 },
		"project":     func(_ *tracker.Card, p *tracker.Project) { p.Version = 6 },
	}
	seen := map[uint64]string{NewStory(plain, project).version: "nothing"}
	for what, change := range changes {
		c, p := plain, project
		change(&c, &p)
		version := NewStory(c, p).version
		if other, ok := seen[version]; ok {
			t.Errorf("a change of %s looks like one of %s", what, other)
		}
		seen[version] = what
	}
}

// The next actions and what stands right of them end in one column.
func TestTheRightEdgeOfStoriesIsStraight(t *testing.T) {
	owned := tracker.Card{Tickets: 12, Owners: []string{"Ada Lovelace", "Ben Okafor"}}
	rows := Aligned([]Story{
		NewStory(owned, tracker.Project{}), NewStory(tracker.Card{}, tracker.Project{}),
		NewStory(tracker.Card{Tickets: 3}, tracker.Project{}), NewStory(tracker.Card{Owners: []string{"Ada Lovelace"}}, tracker.Project{}),
	})
	th := theme.New(theme.Options{})
	for i, want := range []string{"  AL BO ✉ 12", "            ", "        ✉  3", "  AL        "} {
		if got := rows[i].factsAfter(th); got != want {
			t.Errorf("row %d ends in %q, want %q", i, got, want)
		}
	}
}
