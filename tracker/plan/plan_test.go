package plan_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// stories reads a Backlog: points; - for a bug, R for a release; with > before what is
// in progress, + before what was accepted, = before what is planned by hand.
func stories(list string) []tracker.Card {
	var cards []tracker.Card
	for i, word := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		c := tracker.Card{ID: tracker.StoryID(i + 1), Type: tracker.Feature, State: tracker.Unstarted}
		for prefix, state := range map[string]tracker.State{">": tracker.Started, "+": tracker.Accepted, "=": tracker.Planned} {
			if rest, ok := strings.CutPrefix(word, prefix); ok {
				c.State, word = state, rest
			}
		}
		switch word {
		case "-":
			c.Type = tracker.Bug
		case "R":
			c.Type = tracker.Release
		case "?": // not estimated
		default:
			points, err := strconv.ParseFloat(word, 64)
			if err != nil {
				panic(err)
			}
			c.Estimate = &points
		}
		cards = append(cards, c)
	}
	return cards
}

// velocity is a project in its first iteration, with a velocity.
func velocity(v int) tracker.Project {
	p := project("UTC", "2026-11-16")
	p.InitialVelocity = v
	return p
}

// weeks writes a plan: the points and the number of stories of each iteration, with
// the empty ones between.
func weeks(p plan.Plan) string {
	var b strings.Builder
	for i, it := range p.Iterations {
		if _, _, n := p.EmptyBefore(i); n > 0 {
			fmt.Fprintf(&b, "[%s]", strings.Repeat("][", n-1))
		}
		fmt.Fprintf(&b, "[%g/%d]", it.Points, it.To-it.From)
	}
	return b.String()
}

// The first, second and fourth vectors of automatic planning are recordings of
// Tracker, the third is an example of its staff, the fifth one of its help.
func TestPacking(t *testing.T) {
	t.Parallel()
	threes := strings.TrimSuffix(strings.Repeat("3,", 10), ",")
	recorded := ">1,>2,>1,>-,+1,>1,>2, -,1,-,3,R,1,-,3,1,1,1,2,1,-,R,2,1,1,1,1,2,1,1,-,3,2,1,1,1,-,-,-,-,-,-,-,-,-,-"
	tests := map[string]struct {
		velocity int
		stories  string
		want     string
	}{
		"recorded with velocity 2":             {2, "2,1,3,1,-", "[2/1][1/1][3/1][1/2]"},
		"the same, with a story of 0 points":   {2, "2,1,3,1,0", "[2/1][1/1][3/1][1/2]"},
		"recorded with velocity 10":            {10, recorded, "[9/10][10/8][11/10][10/18]"},
		"threes":                               {10, threes, "[9/3][9/3][12/4]"},
		"an oversized story":                   {3, "1,8,1,1", "[1/1][][8/1][2/2]"},
		"the next iteration exceeds velocity":  {8, ">7,3,3,3,3", "[7/1][9/3][3/1]"},
		"Current exceeds velocity":             {5, ">8,1,1,4,4", "[8/1][2/2][4/1][4/1]"},
		"far too much is in progress":          {5, ">8,>8,>8,1,-", "[24/3][][][][1/2]"},
		"nothing":                              {5, "", "[0/0]"},
		"only bugs":                            {5, "-,-,-", "[0/3]"},
		"a bug behind what is too much":        {5, ">8,-,1", "[8/1][1/2]"},
		"a bug joins the open iteration":       {5, "5,-,5,-", "[5/2][5/2]"},
		"nothing passes what does not fit":     {5, "3,3,1,1", "[3/1][5/3]"},
		"an oversized story first":             {3, "8,1,1", "[0/0][][9/2][1/1]"},
		"unestimated stories count nothing":    {2, "?,2,?,2", "[2/3][2/1]"},
		"fractions are exact":                  {1, "0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,1", "[1/10][1/1]"},
		"accepted stories count in Current":    {5, "+3,>1,1,1", "[5/3][1/1]"},
		"planned is unstarted without a hand":  {2, "2,=2,2", "[2/1][2/1][2/1]"},
		"a thousand points at velocity 1":      {1, "1000", "[0/0]" + strings.Repeat("[]", 998) + "[1000/1]"},
		"whole iterations are passed at once":  {4, "4,9,-", "[4/1][][][9/2]"},
		"what fits exactly needs no other one": {4, "4,8,4", "[4/1][][8/1][4/1]"},
	}
	for name, tt := range tests {
		b := tracker.StoryColumns{Project: velocity(tt.velocity), Backlog: stories(tt.stories)}
		got := plan.New(b, moment("2026-11-18T12:00:00Z"))
		if weeks(got) != tt.want {
			t.Errorf("%s: %s is planned as %s, want %s", name, tt.stories, weeks(got), tt.want)
		}
		if got.Velocity != tt.velocity {
			t.Errorf("%s: velocity %d", name, got.Velocity)
		}
	}
}

// Bugs and chores count what they are estimated at where the project says so; releases never.
func TestEstimatedBugsAndChores(t *testing.T) {
	t.Parallel()
	backlog := stories("2,2,2,2")
	for i, kind := range []tracker.StoryType{tracker.Bug, tracker.Chore, tracker.Feature, tracker.Release} {
		backlog[i].Type = kind
	}
	for all, want := range map[bool]string{false: "[2/4]", true: "[2/1][2/1][2/2]"} {
		p := velocity(2)
		p.EstimateAll = all
		if got := weeks(plan.New(tracker.StoryColumns{Project: p, Backlog: backlog}, p.CreatedAt)); got != want {
			t.Errorf("with estimates for all %t it is planned as %s, want %s", all, got, want)
		}
	}
}

// A weaker or longer iteration takes less or more.
func TestPackingIntoOverriddenIterations(t *testing.T) {
	t.Parallel()
	p := velocity(4)
	p = plan.Overriding(p, tracker.IterationOverride{Number: 2, Weeks: 2, Strength: 100})
	p = plan.Overriding(p, tracker.IterationOverride{Number: 3, Strength: 50})
	p = plan.Overriding(p, tracker.IterationOverride{Number: 4, Strength: 0})
	got := plan.New(tracker.StoryColumns{Project: p, Backlog: stories("2,2,2,2,2,2,2,2,2,-")}, p.CreatedAt)
	if want := "[4/2][8/4][2/1][][4/3]"; weeks(got) != want {
		t.Errorf("planned as %s, want %s", weeks(got), want)
	}
	if got.Iterations[1].Capacity != 8 || got.Iterations[2].Capacity != 2 {
		t.Errorf("they take %d and %d, want 8 and 2", got.Iterations[1].Capacity, got.Iterations[2].Capacity)
	}
}

// With manual planning Current holds what people chose, and room left there is not
// for other stories.
func TestManualPlanning(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ stories, want string }{
		"room is left":                  {">2,=1,5,5,1", "[3/2][5/1][5/1][1/1]"},
		"nothing was chosen":            {"5,1", "[0/0][5/1][1/1]"},
		"more was chosen than there is": {">4,=4,2,1", "[8/2][2/1][1/1]"},
	}
	for name, tt := range tests {
		p := velocity(5)
		p.Manual = true
		got := plan.New(tracker.StoryColumns{Project: p, Backlog: stories(tt.stories)}, p.CreatedAt)
		if weeks(got) != tt.want {
			t.Errorf("%s: planned as %s, want %s", name, weeks(got), tt.want)
		}
	}
}

// With manual planning, what was chosen stands above the rest of the Backlog.
func TestColumnsOfManualPlanning(t *testing.T) {
	t.Parallel()
	p := velocity(5)
	p.Manual = true
	b := plan.NewColumns(p, stories(">1,2,=3,4,=5"), p.CreatedAt, "Ada")
	if got := ids(b.Backlog); !slices.Equal(got, []tracker.StoryID{1, 3, 5, 2, 4}) {
		t.Errorf("the Backlog is %v", got)
	}
	p.Manual = false
	b = plan.NewColumns(p, stories(">1,2,=3,4,=5"), p.CreatedAt, "Ada")
	if got := ids(b.Backlog); !slices.Equal(got, []tracker.StoryID{1, 2, 3, 4, 5}) {
		t.Errorf("with automatic planning the Backlog is %v", got)
	}
}

func ids(cards []tracker.Card) []tracker.StoryID {
	list := make([]tracker.StoryID, len(cards))
	for i, c := range cards {
		list[i] = c.ID
	}
	return list
}

func TestReleases(t *testing.T) {
	t.Parallel()
	backlog := stories("2,R,2,R,2,R,R")
	day := func(text string) *time.Time { d := moment(text); return &d }
	backlog[1].Deadline, backlog[3].Deadline, backlog[5].Deadline = day("2026-11-22"), day("2026-11-28"), day("2026-12-24")
	got := plan.New(tracker.StoryColumns{Project: velocity(2), Backlog: backlog}, moment("2026-11-18"))
	want := []struct {
		id        tracker.StoryID
		projected string
		late      bool
	}{{2, "2026-11-22", false}, {4, "2026-11-29", true}, {6, "2026-12-06", false}, {7, "2026-12-06", false}}
	if len(got.Releases) != len(want) {
		t.Fatalf("there are %d releases: %+v", len(got.Releases), got.Releases)
	}
	for i, w := range want {
		r := got.Releases[i]
		if r.ID != w.id || r.Projected.Format(time.DateOnly) != w.projected || r.Late() != w.late {
			t.Errorf("%s is planned for %s, late %t; want %+v", r.ID, r.Projected.Format(time.DateOnly), r.Late(), w)
		}
	}
}

// A release in the Icebox is late once the day of its deadline is over where the project is.
func TestLateReleases(t *testing.T) {
	t.Parallel()
	day := func(text string) *time.Time { d := moment(text); return &d }
	backlog := stories("2,R,2,R")
	backlog[1].Deadline, backlog[3].Deadline = day("2026-11-22"), day("2026-11-28")
	p := velocity(2)
	p.TimeZone = "Pacific/Auckland" // thirteen hours ahead
	made := plan.New(tracker.StoryColumns{Project: p, Backlog: backlog}, time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC))
	icebox := func(deadline string) tracker.Card {
		c := tracker.Card{ID: 99, Type: tracker.Release, State: tracker.Unscheduled}
		if deadline != "" {
			c.Deadline = day(deadline)
		}
		return c
	}
	done := icebox("2026-11-01")
	done.State = tracker.Accepted
	for i, c := range []struct {
		card tracker.Card
		late bool
	}{{backlog[1], false}, {backlog[3], true}, {icebox("2026-11-18"), true}, {icebox("2026-11-19"), false}, {icebox(""), false}, {done, false}} {
		if got := made.Late(c.card); got != c.late {
			t.Errorf("%d: late %t, want %t", i, got, c.late)
		}
	}
}

func TestWhatIfVelocity(t *testing.T) {
	t.Parallel()
	b := tracker.StoryColumns{Project: velocity(2), Backlog: stories("2,2,2,2")}
	got := plan.WithVelocity(b, b.Project.CreatedAt, 4)
	if got.Velocity != 4 || got.Measured != 2 || weeks(got) != "[4/2][4/2]" {
		t.Errorf("velocity %d instead of %d: %s", got.Velocity, got.Measured, weeks(got))
	}
}

// drawBacklog returns stories in the board's order.
func drawBacklog(t *rapid.T) []tracker.Card {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"-", "R", "?", "0", "1", "2", "3", "5", "8", "0.5"}), 0, 80).Draw(t, "stories")
	begun := rapid.IntRange(0, min(4, len(words))).Draw(t, "begun")
	for i := range begun {
		words[i] = rapid.SampledFrom([]string{"+", ">"}).Draw(t, "state") + words[i]
	}
	return stories(strings.Join(words, ","))
}

func cardPoints(c tracker.Card) float64 {
	if c.Estimate == nil {
		return 0
	}
	return *c.Estimate
}

// Packing never reorders and never skips; a story with points enters an iteration only
// while all up to it fits, except what Current is pre-loaded with; and it enters the
// first one in which it fits.
func TestPackingOfAnyBacklog(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProject(t)
		b := tracker.StoryColumns{Project: p, Backlog: drawBacklog(t)}
		v := rapid.IntRange(1, 12).Draw(t, "velocity")
		got := plan.WithVelocity(b, p.CreatedAt, v)
		c := plan.NewCalendar(p)
		room := func(number int) (sum float64) {
			for n := got.Current().Number; n <= number; n++ {
				it := c.Span(n)
				sum += float64(v * it.Strength * it.Weeks / (100 * p.IterationWeeks))
			}
			return sum
		}
		next, planned := 0, 0.0
		for k, it := range got.Iterations {
			if it.From != next || it.To < it.From {
				t.Fatalf("iteration %d holds %d to %d, after %d were planned", it.Number, it.From, it.To, next)
			}
			if k > 0 && (it.Number <= got.Iterations[k-1].Number || it.From == it.To) {
				t.Fatalf("iteration %d follows %d, with %d stories", it.Number, got.Iterations[k-1].Number, it.To-it.From)
			}
			for i := it.From; i < it.To; i++ {
				of := cardPoints(b.Backlog[i])
				planned += of
				if b.Backlog[i].State.Begun() {
					if k > 0 {
						t.Fatalf("the %d. story is %s and planned for iteration %d", i, b.Backlog[i].State, it.Number)
					}
					continue
				}
				if planned > room(it.Number)+1e-9 {
					t.Fatalf("the %d. story makes %g points up to iteration %d, which take %g", i, planned, it.Number, room(it.Number))
				}
				if i == it.From && k > 0 && planned <= room(it.Number-1)+1e-9 {
					t.Fatalf("the %d. story begins iteration %d, though it fits before", i, it.Number)
				}
			}
			next = it.To
		}
		if next != len(b.Backlog) {
			t.Fatalf("%d of %d stories are planned", next, len(b.Backlog))
		}
	})
}

// Moving a story far below changes nothing above the place it was in.
func TestMovingAStoryDownChangesNothingAbove(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawProject(t)
		backlog := drawBacklog(t)
		begun := 0
		for begun < len(backlog) && backlog[begun].State.Begun() {
			begun++
		}
		if len(backlog)-begun < 2 {
			return
		}
		from := rapid.IntRange(begun, len(backlog)-2).Draw(t, "from")
		to := rapid.IntRange(from+1, len(backlog)-1).Draw(t, "to")
		moved := slices.Clone(backlog)
		moved = slices.Insert(slices.Delete(moved, from, from+1), to, backlog[from])
		before := plan.New(tracker.StoryColumns{Project: p, Backlog: backlog}, p.CreatedAt)
		after := plan.New(tracker.StoryColumns{Project: p, Backlog: moved}, p.CreatedAt)
		for i := range from {
			was, _ := before.Of(i)
			is, _ := after.Of(i)
			if was.Number != is.Number {
				t.Fatalf("moving story %d to %d took story %d from iteration %d to %d", from, to, i, was.Number, is.Number)
			}
		}
	})
}

func TestIterationOfAStory(t *testing.T) {
	t.Parallel()
	got := plan.New(tracker.StoryColumns{Project: velocity(2), Backlog: stories("2,1,1,2")}, moment("2026-11-18"))
	for i, want := range []int{1, 2, 2, 3} {
		if it, ok := got.Of(i); !ok || it.Number != want {
			t.Errorf("story %d is planned for iteration %d, want %d", i, it.Number, want)
		}
	}
	for _, i := range []int{-1, 4} {
		if it, ok := got.Of(i); ok {
			t.Errorf("there is no story %d, and it is planned for %+v", i, it)
		}
	}
}

// Ten thousand stories, a third of them done, are planned in at most 5 ms.
func BenchmarkPlan(b *testing.B) {
	p := project("America/New_York", "2024-01-01")
	p.DoneShown = tracker.MaxDoneShown
	now := moment("2026-11-18")
	columns := tracker.StoryColumns{Project: p}
	for i := range 10_000 {
		points := float64(i % 4)
		if i < 3_000 {
			columns.Done = append(columns.Done, accepted(points, p.CreatedAt.Add(time.Duration(i)*8*time.Hour)))
			continue
		}
		columns.Backlog = append(columns.Backlog, tracker.Card{ID: tracker.StoryID(i), Type: tracker.Feature, State: tracker.Unstarted, Estimate: &points})
	}
	b.ReportAllocs()
	for b.Loop() {
		plan.New(columns, now)
	}
}
