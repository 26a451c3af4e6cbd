package plan_test

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	now := moment("2026-11-25T12:00:00Z")
	tests := map[string]struct {
		stories string
		change  func(*tracker.Project)
		want    string
	}{
		"a lower velocity": {">2,2,2,2,2,R", func(p *tracker.Project) { p.InitialVelocity = 2 },
			"Velocity is 2 instead of 4. 1 story moves out of Current. The Backlog ends on 27 Dec instead of 13 Dec. Release S-6 will be late."},
		"a higher velocity": {">2,2,2,2,2,R", func(p *tracker.Project) { p.InitialVelocity = 100 },
			"Velocity is 100 instead of 4. 4 stories move into Current. The Backlog ends on 29 Nov instead of 13 Dec."},
		"only the next iteration": {">4,2,2,2", func(p *tracker.Project) {
			*p = plan.Overriding(*p, tracker.IterationOverride{Number: 3, Strength: 50})
		}, "1 story moves out of the next iteration."},
		"longer iterations": {">4", func(p *tracker.Project) { p.IterationWeeks = 2 },
			"Current is 16–29 Nov instead of 23–29 Nov. 1 accepted story moves from Done to Current."},
		"bugs are estimated": {">4,1", func(p *tracker.Project) { p.EstimateAll = true }, "The plan stays as it is."},
	}
	for name, tt := range tests {
		p := velocity(4)
		day := moment("2026-12-13")
		cards := append([]tracker.Card{{ID: 99, Type: tracker.Feature, State: tracker.Accepted, AcceptedAt: new(moment("2026-11-18"))}}, stories(tt.stories)...)
		for i := range cards {
			if cards[i].Type == tracker.Release {
				cards[i].Deadline = &day
			}
		}
		planned := func(p tracker.Project) plan.Plan { return plan.New(plan.NewColumns(p, cards, now, "Ada"), now) }
		before := planned(p)
		tt.change(&p)
		if got := strings.Join(plan.Compare(before, planned(p)), " "); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", name, got, tt.want)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	p := velocity(4)
	c := plan.NewCalendar(p)
	now := moment("2026-11-25")
	for number, want := range map[int]string{1: "16–22 Nov", 3: "30 Nov–6 Dec", 7: "28 Dec–3 Jan", 60: "3–9 Jan 2028", -60: "15–21 Sep 2025"} {
		if got := c.Span(number).Dates(now); got != want {
			t.Errorf("iteration %d is %s, want %s", number, got, want)
		}
	}
	if got := plan.Day(now.Add(12*time.Hour), now) + ", " + plan.Day(now.AddDate(1, 0, 0), now); got != "25 Nov, 25 Nov 2027" {
		t.Errorf("days are %s", got)
	}
}
