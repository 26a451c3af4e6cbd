package iterations_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/board/iterations"
	"storydesk/ui/theme"
)

func now() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }

// planned plans stories with points, of which the first ones are in a state.
func planned(change func(*tracker.Project), begun int, points ...float64) plan.Plan {
	p := tracker.NewProject("p")
	p.CreatedAt, p.InitialVelocity = now().AddDate(0, 0, -14), 3
	if change != nil {
		change(&p)
	}
	var backlog []tracker.Card
	for i, of := range points {
		c := tracker.Card{ID: tracker.StoryID(i + 1), Type: tracker.Feature, State: tracker.Unstarted, Estimate: &of}
		if i < begun {
			c.State = tracker.Started
		}
		backlog = append(backlog, c)
	}
	return plan.New(tracker.StoryColumns{Project: p, Backlog: backlog}, now())
}

// captions writes the n-th caption of each section, the last one where there are fewer.
func captions(sections []iterations.Section, n int) string {
	var list []string
	for _, s := range sections {
		all := s.Captions()
		list = append(list, all[min(n, len(all)-1)])
	}
	return strings.Join(list, " | ")
}

func TestCaptionsOfTheBacklog(t *testing.T) {
	t.Parallel()
	got := iterations.Backlog(planned(nil, 0, 1, 8, 1, 1))
	for n, want := range []string{
		"Current · iteration 3 · 16–22 Nov · 1 of 3 pts | 1 empty iteration · 23–29 Nov | Iteration 5 · 30 Nov–6 Dec · 8 of 3 pts | Iteration 6 · 7–13 Dec · 2 of 3 pts",
		"Current · 16–22 Nov · 1 of 3 pts | 1 empty iteration | 5 · 30 Nov–6 Dec · 8 of 3 pts | 6 · 7–13 Dec · 2 of 3 pts",
		"Current · 16–22 Nov · 1/3 | 1 empty iteration | 5 · 30 Nov–6 Dec · 8/3 | 6 · 7–13 Dec · 2/3",
		"Current · 1/3 | 1 empty iteration | 30 Nov–6 Dec · 8/3 | 7–13 Dec · 2/3",
		"Current | 1 empty iteration | 30 Nov–6 Dec | 7–13 Dec",
	} {
		if said := captions(got, n); said != want {
			t.Errorf("the %d. captions are\n%s, want\n%s", n, said, want)
		}
	}
	keys := map[tracker.StoryID]bool{}
	for _, s := range got {
		keys[s.Key] = true
		if s.Key >= 0 {
			t.Errorf("a caption has the key of story %s", s.Key)
		}
	}
	if len(keys) != len(got) {
		t.Errorf("%d captions have %d keys", len(got), len(keys))
	}
}

func TestCaptionOfAnUnusualIteration(t *testing.T) {
	t.Parallel()
	for want, p := range map[string]plan.Plan{
		"Current · 16–22 Nov · 9 of 3 pts": planned(nil, 1, 9),
		"Current · 16–22 Nov · 0 of 1 pt · team at 50 %": planned(func(p *tracker.Project) {
			*p = plan.Overriding(*p, tracker.IterationOverride{Number: 3, Strength: 50})
		}, 0),
		"Current · 16–22 Nov · 0 of 3 pts · planned by hand": planned(func(p *tracker.Project) { p.Manual = true }, 0),
	} {
		got := iterations.Backlog(p)
		if got[0].Captions()[1] != want {
			t.Errorf("%q, want %q", got[0].Captions()[1], want)
		}
		if over := p.Current().Points > 3; over != (got[0].Role == theme.Warning) {
			t.Errorf("%q has the role %v", want, got[0].Role)
		}
	}
}

// Done shows the last iterations, and how many stories were accepted before them.
func TestCaptionsOfDone(t *testing.T) {
	t.Parallel()
	p := tracker.NewProject("p")
	p.CreatedAt, p.DoneShown = now().AddDate(0, 0, -35), 2
	var done []tracker.Card
	points := 1.0
	for _, days := range []int{-33, -26, -25, -12, -5, -4} {
		done = append(done, tracker.Card{Type: tracker.Feature, State: tracker.Accepted, Estimate: &points, AcceptedAt: new(now().AddDate(0, 0, days))})
	}
	got := iterations.Done(plan.New(tracker.StoryColumns{Project: p, Done: done}, now()), len(done))
	if want := "Iteration 5 · 9–15 Nov · 2 pts · 2 stories | Iteration 4 · 2–8 Nov · 1 pt · 1 story | Earlier · 3 stories"; captions(got, 0) != want {
		t.Errorf("the captions are %s, want %s", captions(got, 0), want)
	}
	var from []int
	for _, s := range got {
		from = append(from, s.From, s.To)
	}
	if want := []int{0, 2, 2, 3, 3, 6}; !slices.Equal(from, want) {
		t.Errorf("they stand above %v, want %v", from, want)
	}
}

// Once the current iteration has ended the stories are read again.
func TestCurrentEnds(t *testing.T) {
	t.Parallel()
	p := planned(nil, 0)
	end := p.Current().Finish
	for at, want := range map[time.Time]tracker.Hint{now(): 0, end.Add(-time.Second): 0, end: tracker.HintStories} {
		if got := iterations.Ended(p, at); got != want {
			t.Errorf("at %s: %v, want %v", at, got, want)
		}
	}
	if got := iterations.Ended(plan.Plan{}, now()); got != 0 {
		t.Errorf("before anything was read: %v", got)
	}
}
