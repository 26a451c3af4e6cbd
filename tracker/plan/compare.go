package plan

import (
	"strconv"
	"time"

	"storydesk/tracker"
)

// Dates writes the days of an iteration, such as 14–20 Dec; with the year where it is
// far from now.
func (s Span) Dates(now time.Time) string { return dates(s.Start, s.LastDay(), now) }

// farAway is how far a date is from which the year is named.
const farAway = 300 * 24 * time.Hour

func dates(first, last, now time.Time) string {
	form := "2 Jan"
	if last.Sub(now).Abs() > farAway {
		form = "2 Jan 2006"
	}
	if first.Month() == last.Month() && first.Year() == last.Year() {
		return strconv.Itoa(first.Day()) + "–" + last.Format(form)
	}
	return first.Format("2 Jan") + "–" + last.Format(form)
}

// Day writes a day such as 14 Dec; with the year where it is far from now.
func Day(day, now time.Time) string {
	if day.Sub(now).Abs() > farAway {
		return day.Format("2 Jan 2006")
	}
	return day.Format("2 Jan")
}

// Unchanged is what Compare says where nothing changes.
const Unchanged = "The plan stays as it is."

// Compare says in sentences what becomes of a plan, the most noticeable first. There is
// always one.
func Compare(before, after Plan) []string {
	var said []string
	say := func(sentence string) { said = append(said, sentence) }
	if before.Velocity != after.Velocity {
		say("Velocity is " + strconv.Itoa(after.Velocity) + " instead of " + strconv.Itoa(before.Velocity) + ".")
	}
	if was, is := before.Current(), after.Current(); !was.Start.Equal(is.Start) || !was.Finish.Equal(is.Finish) {
		say("Current is " + is.Dates(after.At) + " instead of " + was.Dates(before.At) + ".")
	}
	if n := accepted(before) - accepted(after); n > 0 {
		say(moves(n, "accepted story moves", "accepted stories move", "from Current to Done"))
	} else if n < 0 {
		say(moves(-n, "accepted story moves", "accepted stories move", "from Done to Current"))
	}
	out, in := crossing(before, after, 0)
	sayCrossing(say, out, in, "Current")
	if out+in == 0 {
		out, in = crossing(before, after, 1)
		sayCrossing(say, out, in, "the next iteration")
	}
	if was, is := before.lastDay(), after.lastDay(); len(after.Backlog) > 0 && !was.Equal(is) {
		say("The Backlog ends on " + Day(is, after.At) + " instead of " + Day(was, before.At) + ".")
	}
	said = append(said, comparedReleases(before, after)...)
	if len(said) == 0 {
		say(Unchanged)
	}
	return said
}

func moves(n int, one, more, where string) string {
	return tracker.Counted(n, one, more) + " " + where + "."
}

func sayCrossing(say func(string), out, in int, iteration string) {
	if out > 0 {
		say(moves(out, "story moves", "stories move", "out of "+iteration))
	}
	if in > 0 {
		say(moves(in, "story moves", "stories move", "into "+iteration))
	}
}

// crossing counts the stories that are not accepted and leave or enter the k-th
// iteration from Current on.
func crossing(before, after Plan, k int) (out, in int) {
	was, is := before.members(k), after.members(k)
	for id := range was {
		if !is[id] {
			out++
		}
	}
	for id := range is {
		if !was[id] {
			in++
		}
	}
	return out, in
}

// members are the stories of the k-th iteration from Current on that are not accepted.
func (p Plan) members(k int) map[tracker.StoryID]bool {
	list := map[tracker.StoryID]bool{}
	for _, it := range p.Iterations {
		if it.Number != p.Current().Number+k {
			continue
		}
		for _, c := range p.Backlog[it.From:it.To] {
			if c.State != tracker.Accepted {
				list[c.ID] = true
			}
		}
	}
	return list
}

func accepted(p Plan) int {
	n := 0
	for n < len(p.Backlog) && p.Backlog[n].State == tracker.Accepted {
		n++
	}
	return n
}

// lastDay is the last day of the last iteration.
func (p Plan) lastDay() time.Time { return p.Iterations[len(p.Iterations)-1].LastDay() }

// comparedReleases says which releases become late or are in time again.
func comparedReleases(before, after Plan) []string {
	late := map[tracker.StoryID]bool{}
	for _, r := range before.Releases {
		late[r.ID] = r.Late()
	}
	var said []string
	for _, r := range after.Releases {
		switch was, known := late[r.ID]; {
		case known && !was && r.Late():
			said = append(said, "Release "+r.ID.String()+" will be late.")
		case was && !r.Late():
			said = append(said, "Release "+r.ID.String()+" will be in time.")
		}
	}
	return said
}
