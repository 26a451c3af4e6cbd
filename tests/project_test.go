package tests

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// What a command works on does not depend on the project that a board shows.
func TestCommandsIgnoreTheProjectOfTheBoard(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	var ignored any
	twin(t, home, &ignored, "project", "list")
	twin(t, home, &ignored, "project", "add", "Acme")
	twin(t, home, &ignored, "project", "use", "My project")

	x := start(t, 120, 30, home)
	x.sees("My project")
	x.press("P")
	x.sees("Open a project")
	x.press("Acme", "enter")
	x.sees("Project Acme")
	twin(t, home, &ignored, "story", "add", "--name", "From a command")
	x.press("q")
	x.ends()

	var stories []storyJSON
	if twin(t, home, &stories, "--project", "Acme", "story", "list"); len(stories) != 0 {
		t.Errorf("the board's project got %+v", stories)
	}
	if twin(t, home, &stories, "story", "list"); len(stories) != 1 {
		t.Errorf("the commands' project has %+v, want one story", stories)
	}

	// The board goes on where it was left.
	x = start(t, 120, 30, home)
	x.sees(" Acme ")
	x.press("q")
	x.ends()
}

// planJSON is what the command prints of a plan.
type planJSON struct {
	Velocity   int
	Iterations []struct {
		Number, Capacity int
		Points           float64
		Finish           string
		StoryIDs         []int `json:"story_ids"`
	}
}

// captions are the captions of coming iterations.
var captions = regexp.MustCompile(`── (Iteration )?\d+ · `)

// lines are what the board shows of the plan from top to bottom: the captions, however short
// they are, and the stories of an iteration under its own.
func (p planJSON) lines(t *testing.T) (lines []*regexp.Regexp) {
	t.Helper()
	for i, it := range p.Iterations {
		name := fmt.Sprintf("(Iteration )?%d", it.Number)
		if i == 0 {
			name = "Current"
		}
		last, err := time.Parse(time.DateOnly, it.Finish)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, regexp.MustCompile(fmt.Sprintf(`── %s · .*%s · %g(/| of )%d\b`, name, last.Format("2 Jan"), it.Points, it.Capacity)))
		for _, id := range it.StoryIDs {
			lines = append(lines, regexp.MustCompile(fmt.Sprintf(`\d Number %d\b`, id)))
		}
	}
	return lines
}

// What the board shows of a plan is what the command prints, with automatic and with manual
// planning.
func TestTheBoardShowsThePlanThatTheCommandPrints(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	do := func(args ...string) {
		t.Helper()
		var ignored any
		twin(t, home, &ignored, args...)
	}
	do("project", "list")
	do("project", "edit", "My project", "--velocity", "3", "--points", "0,1,2,4,8")
	ids := []string{}
	for i, points := range []string{"1", "8", "1", "0", "2"} {
		id := strconv.Itoa(i + 1)
		do("story", "add", "--name", "Number "+id, "--to", "backlog")
		do("story", "estimate", id, points)
		ids = append(ids, id)
	}
	do(append(append([]string{"story", "move"}, ids...), "--to", "backlog", "--bottom")...)

	x := start(t, 200, 50, home)
	same := func(iterations int) {
		t.Helper()
		var p planJSON
		twin(t, home, &p, "project", "plan")
		if len(p.Iterations) != iterations {
			t.Fatalf("the plan is %+v, want %d iterations", p, iterations)
		}
		x.sees(fmt.Sprintf("velocity %d", p.Velocity))
		want := p.lines(t)
		x.until("the board shows the same plan", func(screen string) bool {
			left := want
			for line := range strings.SplitSeq(screen, "\n") {
				if len(left) > 0 && left[0].MatchString(line) {
					left = left[1:]
				}
			}
			return len(left) == 0 && len(captions.FindAllString(screen, -1)) == iterations-1
		})
	}
	same(3) // 1, nothing, 8, and 1 with 0 and 2
	do("project", "edit", "My project", "--velocity", "10")
	same(2)
	do("project", "edit", "My project", "--velocity", "3", "--manual")
	same(4)
	do("story", "move", "5", "--to", "current")
	same(4)
	x.press("q")
	x.ends()
}
