package row

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

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

// drawnStory is a row without colours.
func drawnStory(r Story, plan *Plan, p tracker.Project, width int) string {
	th := theme.New(theme.Options{NoColor: true})
	w := th.Row(nil, width, theme.Plain)
	r.Draw(&w, th, plan, p, false, nil)
	return ansi.Strip(string(w.End()))
}

// What stands right of the next actions ends in one column, and the word for the next
// state begins in one: a click there takes any story on.
func TestTheRightEdgeOfStoriesIsStraight(t *testing.T) {
	one := 1.0
	card := func(state tracker.State, tickets int, owners ...string) Story {
		return NewStory(tracker.Card{Name: "A name", Type: tracker.Feature, State: state, Estimate: &one, Tickets: tickets, Owners: owners}, tracker.Project{})
	}
	rows := Aligned([]Story{
		card(tracker.Finished, 12, "Ada Lovelace", "Ben Okafor"), card(tracker.Unstarted, 0), card(tracker.Delivered, 3), card(tracker.Started, 0, "Ada Lovelace"),
		card(tracker.Started, 1, "Ada Lovelace", "Ben Okafor", "Cy Twombly"), card(tracker.Accepted, 0),
	})
	plan := NewStoryPlanner(nil).Plan(61, StoryFactsOf(rows))
	for i, want := range []string{
		"★  1 A name                             Deliver   AL BO ✉ 12",
		"★  1 A name                             Start               ",
		"★  1 A name                      Reject Accept          ✉  3",
		"★  1 A name                             Finish    AL        ",
		"★  1 A name                             Finish    AL +2 ✉  1",
		"★  1 A name                             accepted            ",
	} {
		if got := drawnStory(rows[i], plan, tracker.Project{}, 60); got != want {
			t.Errorf("row %d is\n%q, want\n%q", i, got, want)
		}
	}
}

// A list of accepted stories does not say so on each of them.
func TestOnlyAcceptedStoriesAmongOthersSaySo(t *testing.T) {
	one := 1.0
	rows := Aligned([]Story{NewStory(tracker.Card{Name: "A name", Type: tracker.Feature, State: tracker.Accepted, Estimate: &one}, tracker.Project{})})
	if got := drawnStory(rows[0], NewStoryPlanner(nil).Plan(21, StoryFactsOf(rows)), tracker.Project{}, 20); got != "★  1 A name         " {
		t.Errorf("%q", got)
	}
}

// What can be clicked stands where it is drawn, at every width and with every choice of
// columns.
func TestNextActionsAreClickedWhereTheyStand(t *testing.T) {
	two := 2.0
	project := tracker.NewProject("Acme")
	for _, chosen := range [][]string{nil, {"next", "name"}, {"name", "owner", "next", "tickets"}, {"name", "state"}} {
		for width := 12; width < 120; width++ {
			rows := Aligned([]Story{
				NewStory(tracker.Card{ID: 1, Name: "One", Type: tracker.Feature, State: tracker.Delivered, Estimate: &two, Owners: []string{"Ada"}}, project),
				NewStory(tracker.Card{ID: 2, Name: "Two", Type: tracker.Feature, State: tracker.Unstarted, Tickets: 3}, project),
				NewStory(tracker.Card{ID: 3, Name: "Three", Type: tracker.Release, State: tracker.Unstarted}, project),
			})
			plan := NewStoryPlanner(chosen).Plan(width, StoryFactsOf(rows))
			for _, r := range rows {
				drawn := []rune(" " + drawnStory(r, plan, project, width-1))
				if len(drawn) != width {
					t.Fatalf("%v: %q has %d cells, want %d", chosen, string(drawn), len(drawn), width)
				}
				for _, g := range wordRegions(plan, "backlog", r, project, width) {
					if g.Rect.X < 0 || g.Rect.X+g.Rect.W > width {
						continue // there is no room for it
					}
					word := string(drawn[g.Rect.X : g.Rect.X+g.Rect.W])
					if before := drawn[max(0, g.Rect.X-1)]; strings.Contains(word, " ") || before != ' ' {
						t.Fatalf("%v: %q is clicked in %q", chosen, word, string(drawn))
					}
				}
			}
		}
	}
}
