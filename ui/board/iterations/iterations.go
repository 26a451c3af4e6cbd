// Package iterations shows a project's plan on the board: the captions that divide the
// Backlog and Done into iterations, what stands of it in the first line, and the
// velocity that a viewer tries out.
//
// Invariants:
//   - Captions are made beside the program; they are drawn only where they are visible.
//   - A velocity that is tried out is the viewer's alone, and says that it is one.
package iterations

import (
	"fmt"
	"strconv"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/table"
	"storydesk/ui/theme"
)

// Section is a run of stories under a caption.
type Section = table.Section[tracker.StoryID]

// keyOf is the key of a caption, which no story and no line of an open story has.
func keyOf(n int) tracker.StoryID { return tracker.StoryID(-1<<32 - n) }

// Backlog divides the Backlog into its iterations.
func Backlog(p plan.Plan) []Section {
	list := make([]Section, 0, 2*len(p.Iterations))
	for i, it := range p.Iterations {
		if first, last, n := p.EmptyBefore(i); n > 0 {
			all := plan.Span{Start: first.Start, Finish: last.Finish}
			list = append(list, Section{
				From: it.From, To: it.From, Key: keyOf(len(list)), Role: theme.Faint, Version: versionOf(p, all, float64(n), 0),
				Captions: func() []string { return emptyCaptions(p, all, n) },
			})
		}
		s := Section{
			From: it.From, To: it.To, Key: keyOf(len(list)), Role: theme.Muted, Version: versionOf(p, it.Span, it.Points, it.Capacity),
			Captions: func() []string { return captions(p, it) },
		}
		if i == 0 {
			s.Role, s.Captions = currentRole(it), func() []string { return currentCaptions(p, it) }
		}
		list = append(list, s)
	}
	return list
}

// versionOf folds what a caption says.
func versionOf(p plan.Plan, s plan.Span, points float64, n int) uint64 {
	manual := 0
	if p.Project.Manual {
		manual = 1
	}
	return table.Version([...]int64{
		p.At.Unix() / 86400, s.Start.Unix(), s.Finish.Unix(), int64(s.Number), int64(s.Strength), int64(points * 1e6), int64(n), int64(manual),
	})
}

func emptyCaptions(p plan.Plan, all plan.Span, n int) []string {
	empty := tracker.Counted(n, "empty iteration", "empty iterations")
	return []string{empty + " · " + all.Dates(p.At), empty}
}

func captions(p plan.Plan, it plan.Iteration) []string {
	dates, points := it.Dates(p.At), tracker.FormatPoints(it.Points)
	of := fmt.Sprintf("%s of %s%s", points, pointsWord(it.Capacity), strength(it))
	share := fmt.Sprintf("%s/%d", points, it.Capacity)
	return []string{
		fmt.Sprintf("Iteration %d · %s · %s", it.Number, dates, of), fmt.Sprintf("%d · %s · %s", it.Number, dates, of),
		fmt.Sprintf("%d · %s · %s", it.Number, dates, share), dates + " · " + share, dates,
	}
}

func currentRole(it plan.Iteration) theme.Role {
	if it.Points > float64(it.Capacity) {
		return theme.Warning
	}
	return theme.Text
}

func currentCaptions(p plan.Plan, it plan.Iteration) []string {
	dates, points := it.Dates(p.At), tracker.FormatPoints(it.Points)
	share := fmt.Sprintf("%s/%d", points, it.Capacity)
	name, of := "Current", fmt.Sprintf("%s of %s%s", points, pointsWord(it.Capacity), strength(it))
	if p.Project.Manual {
		of += " · planned by hand"
	}
	return []string{
		fmt.Sprintf("%s · iteration %d · %s · %s", name, it.Number, dates, of),
		fmt.Sprintf("%s · %s · %s", name, dates, of),
		fmt.Sprintf("%s · %s · %s", name, dates, share), name + " · " + share, name,
	}
}

// strength says that an iteration's team is not as strong as usual.
func strength(it plan.Iteration) string {
	if it.Strength == 100 {
		return ""
	}
	return " · team at " + strconv.Itoa(it.Strength) + " %"
}

func pointsWord(n int) string { return tracker.Counted(n, "pt", "pts") }

// Done divides the done stories, the newest first, into the done iterations that the
// project shows, and what was accepted before them.
func Done(p plan.Plan, stories int) []Section {
	var list []Section
	for i := len(p.Done) - 1; i >= 0; i-- {
		past := p.Done[i]
		if past.Stories == 0 {
			continue
		}
		list = append(list, Section{
			From: stories - past.To, To: stories - past.From, Key: keyOf(len(list)), Role: theme.Muted,
			Version: versionOf(p, past.Span, past.Points, past.Stories), Captions: func() []string { return pastCaptions(p, past) },
		})
	}
	if older := earlier(p, stories); older > 0 {
		list = append(list, Section{
			From: stories - older, To: stories, Key: keyOf(len(list)), Role: theme.Muted,
			Version: versionOf(p, plan.Span{}, 0, older), Captions: func() []string {
				return []string{fmt.Sprintf("Earlier · %s", tracker.Counted(older, "story", "stories")), "Earlier"}
			},
		})
	}
	return list
}

func pastCaptions(p plan.Plan, past plan.Past) []string {
	dates, points := past.Dates(p.At), tracker.FormatPoints(past.Points)+" pts"
	if past.Points == 1 {
		points = "1 pt"
	}
	count := tracker.Counted(past.Stories, "story", "stories")
	if past.Number < 1 { // before the project began
		return []string{dates + " · " + points + " · " + count, dates + " · " + points, dates}
	}
	return []string{
		fmt.Sprintf("Iteration %d · %s · %s · %s", past.Number, dates, points, count),
		fmt.Sprintf("%d · %s · %s", past.Number, dates, points), dates + " · " + points, dates,
	}
}

// earlier counts the stories that were accepted before the done iterations that are shown.
func earlier(p plan.Plan, stories int) int {
	if len(p.Done) == 0 {
		return stories
	}
	return p.Done[0].From
}
