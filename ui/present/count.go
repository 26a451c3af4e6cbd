package present

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"storydesk/tracker"
	"storydesk/ui/text"
)

// MaxNamed is how many of several are named; more are only counted.
const MaxNamed = 3

// SomeOf names the first few of several.
func SomeOf[ID fmt.Stringer](ids []ID) string {
	names := make([]string, 0, MaxNamed)
	for _, id := range ids {
		names = append(names, id.String())
	}
	switch n := len(names); {
	case n == 1:
		return names[0]
	case n > MaxNamed:
		return fmt.Sprintf("%s and %d more", strings.Join(names[:MaxNamed-1], ", "), n-MaxNamed+1)
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// Percent writes how much of a whole is done, from 0 to 1: what is not done is never 100 %.
func Percent(share float64) string { return strconv.Itoa(int(math.Floor(100*share))) + " %" }

// StoryCount writes how many stories.
func StoryCount(n int) string { return Counted(n, "story", "stories") }

// TicketCount writes how many tickets.
func TicketCount(n int) string { return Counted(n, "ticket", "tickets") }

// PointCount writes an estimate.
func PointCount(points float64) string {
	if points == 1 {
		return "1 point"
	}
	return tracker.FormatPoints(points) + " points"
}

// Counted writes a number with the word for what is counted.
func Counted(n int, one, more string) string {
	return text.Count(n) + " " + tracker.Plural(n, one, more)
}
