package figure

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/tracker/plan"
	"storydesk/ui/chart"
	"storydesk/ui/draw"
)

// Kind is one of the figures.
type Kind string

// The figures, by the words that commands know them by.
const (
	Velocity   Kind = "velocity"
	Planned    Kind = "planned"
	Cycle      Kind = "cycle"
	BurnUp     Kind = "burnup"
	Rejections Kind = "rejections"
	Tickets    Kind = "tickets"
)

// Kinds lists the figures in the order in which they are shown.
func Kinds() []Kind { return []Kind{Velocity, Planned, Cycle, BurnUp, Rejections, Tickets} }

// Title is a figure's name on screen.
func (k Kind) Title() string {
	return map[Kind]string{
		Velocity: "Velocity", Planned: "Planned", Cycle: "Cycle time", BurnUp: "Burn-up", Rejections: "Rejections", Tickets: "Tickets",
	}[k]
}

// Help names a figure in a sentence.
func (k Kind) Help() string {
	return map[Kind]string{
		Velocity: "what was accepted in each iteration", Planned: "accepted beside planned points", Cycle: "how long stories take, by state",
		BurnUp: "the burn-up of a release or label", Rejections: "how often delivered work was rejected", Tickets: "the tickets that accepted stories closed",
	}[k]
}

// Dates is the heading of the days of iterations.
const Dates = "DATES"

// About says what a figure shows and how it is counted.
func (k Kind) About() string {
	return map[Kind]string{
		Velocity: "The points of the stories that were accepted in each done iteration. Velocity is their average over the last ones, as if the team had been all there for the usual time.",
		Planned: "What was accepted in each iteration beside what it could take: the velocity measured before it began, by its team strength and length. " +
			"For Current it is what is planned in it now.",
		Cycle: "How long the accepted stories were started, finished, delivered and rejected. Half of them took at most the median, 85 % at most the other value. Time back in the Backlog does not count.",
		BurnUp: "The accepted points beside all points of a release or a label, at the end of each iteration; then as the plan has them. A release covers what stands above it, " +
			"up to the release before it.",
		Rejections: "How many decisions on delivered features and bugs were rejections. One that was undone does not count.",
		Tickets:    "The tickets whose stories are all accepted, by the iteration of the last one, and how many of them are solved or closed in Zendesk.",
	}[k]
}

// Figure is a figure to be shown. Its texts come from strangers in part and are not
// sanitised, except in Bars.
type Figure struct {
	Kind Kind
	// Of names what a burn-up is of.
	Of string
	// Said are sentences that say the most noticeable.
	Said []string
	// Headings and Rows are the table.
	Headings []string
	Rows     [][]string
	// Bars are the chart, Parts what there is in it and Legend what each part is.
	Bars   []chart.Bar
	Parts  []chart.Part
	Legend []string
}

// Of makes a figure of a history in a range; a burn-up is that of a subject.
func Of(k Kind, h *figures.History, r figures.Range, subject figures.Subject) (Figure, error) {
	now := h.Plan.At
	switch k {
	case Velocity:
		return ofVelocity(h.Velocity(r), now), nil
	case Planned:
		return ofPlanned(h.Planned(r), now), nil
	case Cycle:
		return ofCycle(h.CycleTime(r)), nil
	case Rejections:
		return ofRejections(h.Rejections(r), now), nil
	case Tickets:
		return ofTickets(h.Tickets(r), now), nil
	case BurnUp:
		b, err := h.BurnUp(subject, r)
		return ofBurnUp(b, now), err
	}
	return Figure{}, tracker.Invalid("figure", "%q is not a figure: use %s", string(k), tracker.OneOf(Kinds()))
}

// iteration begins a row of the table: with number and dates.
func iteration(it figures.Iteration, planned bool, now time.Time) []string {
	number := strconv.Itoa(it.Number)
	switch {
	case it.Current:
		number += " · Current"
	case planned:
		number += " · planned"
	}
	return []string{number, it.Dates(now)}
}

// label names an iteration beside a bar.
func label(it figures.Iteration, now time.Time) string {
	if it.Current {
		return it.Dates(now) + " · now"
	}
	return it.Dates(now)
}

func ofVelocity(v figures.Velocity, now time.Time) Figure {
	f := Figure{Kind: Velocity, Headings: []string{"ITERATION", Dates, "POINTS", "STORIES", "TEAM", "VELOCITY"}, Parts: []chart.Part{chart.Length, chart.Mark}, Legend: []string{"accepted", "velocity after it"}}
	f.Said = []string{fmt.Sprintf("Velocity is %s an iteration, volatility %s.", tracker.Counted(v.Now, "point", "points"), percent(v.Volatility))}
	if len(v.Rows) == 0 {
		f.Said = append(f.Said, "No iteration is done yet: this is the initial velocity.")
	}
	for _, row := range v.Rows {
		points := tracker.FormatPoints(row.Points)
		f.Rows = append(f.Rows, append(iteration(row.Iteration, false, now), points, strconv.Itoa(row.Stories), team(row.Span), strconv.Itoa(row.Velocity)))
		f.Bars = append(f.Bars, chart.Bar{Label: label(row.Iteration, now), Value: points, Length: row.Points, Mark: mark(float64(row.Velocity))})
	}
	return f
}

// team writes strength and length where they are not the usual ones.
func team(s plan.Span) string { return fmt.Sprintf("%d %% · %dw", s.Strength, s.Weeks) }

func mark(at float64) *float64 { return &at }

func ofPlanned(p figures.Planned, now time.Time) Figure {
	f := Figure{Kind: Planned, Headings: []string{"ITERATION", Dates, "ACCEPTED", "PLANNED", "SHARE"}, Parts: []chart.Part{chart.Length, chart.Mark}, Legend: []string{"accepted", "planned"}}
	accepted, planned, done := 0.0, 0.0, 0
	for _, row := range p.Rows {
		a, b := tracker.FormatPoints(row.Accepted), tracker.FormatPoints(row.Planned)
		share := "-"
		if row.Planned > 0 {
			share = percent(row.Share())
		}
		f.Rows = append(f.Rows, append(iteration(row.Iteration, false, now), a, b, share))
		f.Bars = append(f.Bars, chart.Bar{Label: label(row.Iteration, now), Value: a + " of " + b, Length: row.Accepted, Mark: mark(row.Planned)})
		if !row.Current {
			accepted, planned, done = accepted+row.Accepted, planned+row.Planned, done+1
		}
	}
	f.Said = []string{"No iteration is done yet."}
	if done > 0 {
		f.Said = []string{fmt.Sprintf("%s of %s planned points were accepted in %s.",
			tracker.FormatPoints(round(accepted)), tracker.FormatPoints(planned), tracker.Counted(done, "done iteration", "done iterations"))}
	}
	return f
}

// round takes the inexactness off a sum of points.
func round(points float64) float64 { return math.Round(points*1e6) / 1e6 }

func ofCycle(c figures.CycleTime) Figure {
	f := Figure{Kind: Cycle, Headings: []string{"STATE", "STORIES", "MEDIAN", "85 % WITHIN"}, Parts: []chart.Part{chart.Length, chart.Whole}, Legend: []string{"median", "85 % within"}}
	for _, stay := range append(c.Stays, c.Total) {
		name := string(stay.State)
		if name == "" {
			name = "all together"
		}
		median, most := Duration(stay.Median), Duration(stay.P85)
		if stay.Stories == 0 {
			median, most = "-", "-"
		}
		f.Rows = append(f.Rows, []string{name, strconv.Itoa(stay.Stories), median, most})
		f.Bars = append(f.Bars, chart.Bar{Label: name, Value: median + " / " + most, Length: stay.Median.Hours(), Whole: stay.P85.Hours()})
	}
	f.Said = []string{"No story was accepted whose activity tells when it was started."}
	if c.Stories > 0 {
		f.Said = []string{fmt.Sprintf("%s: half took at most %s, 85 %% at most %s.",
			tracker.Counted(c.Stories, "accepted story", "accepted stories"), Duration(c.Total.Median), Duration(c.Total.P85))}
	}
	if c.Unknown > 0 {
		f.Said = append(f.Said, tracker.Counted(c.Unknown, "accepted story has", "accepted stories have")+" no activity that tells when it was started, and is left out.")
	}
	return f
}

func ofRejections(r figures.Rejections, now time.Time) Figure {
	f := Figure{Kind: Rejections, Headings: []string{"ITERATION", Dates, "REJECTED", "ACCEPTED", "RATE"}, Parts: []chart.Part{chart.Length, chart.Whole}, Legend: []string{"rejected", "accepted"}}
	for _, row := range r.Rows {
		f.Rows = append(f.Rows, append(iteration(row.Iteration, false, now), strconv.Itoa(row.Rejected), strconv.Itoa(row.Accepted), rate(row)))
		f.Bars = append(f.Bars, chart.Bar{
			Label: label(row.Iteration, now), Value: fmt.Sprintf("%d of %d · %s", row.Rejected, row.Rejected+row.Accepted, rate(row)), Length: float64(row.Rejected), Whole: float64(row.Rejected + row.Accepted),
		})
	}
	f.Said = []string{"Nothing was rejected or accepted."}
	if all := r.Total.Rejected + r.Total.Accepted; all > 0 {
		f.Said = []string{fmt.Sprintf("%s of %s: %s.", tracker.Counted(r.Total.Rejected, "rejection", "rejections"), tracker.Counted(all, "decision", "decisions"), rate(r.Total))}
	}
	return f
}

func rate(r figures.RejectionRow) string {
	if r.Rejected+r.Accepted == 0 {
		return "-"
	}
	return percent(r.Rate())
}

func ofTickets(t figures.Tickets, now time.Time) Figure {
	f := Figure{Kind: Tickets, Headings: []string{"ITERATION", Dates, "STORIES", "TICKETS", "CLOSED", "OPEN"}, Parts: []chart.Part{chart.Length, chart.Whole}, Legend: []string{"solved or closed", "still open"}}
	for _, row := range t.Rows {
		f.Rows = append(f.Rows, append(iteration(row.Iteration, false, now), strconv.Itoa(row.Stories), strconv.Itoa(row.Tickets), strconv.Itoa(row.Closed), strconv.Itoa(row.Tickets-row.Closed)))
		f.Bars = append(f.Bars, chart.Bar{Label: label(row.Iteration, now), Value: fmt.Sprintf("%d of %d", row.Closed, row.Tickets), Length: float64(row.Closed), Whole: float64(row.Tickets)})
	}
	f.Said = []string{fmt.Sprintf("All stories of %s are accepted; %d of them are solved or closed.", tracker.Counted(t.Total.Tickets, "ticket", "tickets"), t.Total.Closed)}
	if t.Total.Tickets == 0 {
		f.Said = []string{"There is no ticket whose stories are all accepted."}
	}
	return f
}

func ofBurnUp(b figures.BurnUp, now time.Time) Figure {
	f := Figure{
		Kind: BurnUp, Of: Name(b.Subject), Headings: []string{"ITERATION", Dates, "ACCEPTED", "ALL POINTS", "STORIES"},
		Parts: []chart.Part{chart.Length, chart.Expected, chart.Whole}, Legend: []string{"accepted", "as planned", "to do"},
	}
	stands := figures.BurnUpRow{}
	for _, row := range b.Rows {
		if !row.Planned {
			stands = row
		}
		a, all := tracker.FormatPoints(row.Accepted), tracker.FormatPoints(row.Scope)
		f.Rows = append(f.Rows, append(iteration(row.Iteration, row.Planned, now), a, all, fmt.Sprintf("%d of %d", row.AcceptedStories, row.ScopeStories)))
		f.Bars = append(f.Bars, chart.Bar{Label: label(row.Iteration, now), Value: a + " of " + all, Length: row.Accepted, Whole: row.Scope, Expected: row.Planned})
	}
	f.Said = []string{fmt.Sprintf("%s: %s of %s points accepted, %d of %s.", f.Of, tracker.FormatPoints(stands.Accepted), tracker.FormatPoints(stands.Scope),
		stands.AcceptedStories, tracker.Counted(stands.ScopeStories, "story", "stories"))}
	f.Said = append(f.Said, ending(b, now)...)
	return f
}

// ending says when the last of a burn-up is expected, and what makes that uncertain.
func ending(b figures.BurnUp, now time.Time) (said []string) {
	switch {
	case b.Done:
		said = append(said, "All of it is accepted.")
	case b.Projected == nil:
		said = append(said, "Nothing of it is planned.")
	case b.Late():
		said = append(said, fmt.Sprintf("Expected by %s, after its deadline, %s: late.", plan.Day(*b.Projected, now), plan.Day(*b.Deadline, now)))
	case b.Deadline != nil:
		said = append(said, fmt.Sprintf("Expected by %s; its deadline is %s.", plan.Day(*b.Projected, now), plan.Day(*b.Deadline, now)))
	default:
		said = append(said, fmt.Sprintf("Expected by %s.", plan.Day(*b.Projected, now)))
	}
	var uncertain []string
	if b.Unplanned > 0 {
		uncertain = append(uncertain, tracker.Counted(b.Unplanned, "story is", "stories are")+" in the Icebox")
	}
	if b.Unestimated > 0 {
		uncertain = append(uncertain, tracker.Counted(b.Unestimated, "story has", "stories have")+" no estimate")
	}
	if uncertain != nil {
		said = append(said, strings.Join(uncertain, ", ")+".")
	}
	return said
}

// Name is what a burn-up is of, safe to draw.
func Name(s figures.Subject) string {
	switch {
	case s.Release == 0:
		return "Label " + draw.Line(s.Name)
	case strings.HasPrefix(strings.ToLower(s.Name), "release"):
		return draw.Line(s.Name)
	}
	return "Release " + draw.Line(s.Name)
}

// percent writes a share to the nearest percent.
func percent(share float64) string { return fmt.Sprintf("%d %%", int(math.Round(100*share))) }

// Duration writes how long something took in its two largest units, such as 1d 4h.
func Duration(d time.Duration) string {
	minutes := int(d.Round(time.Minute).Minutes())
	days, hours, rest := minutes/(24*60), minutes/60%24, minutes%60
	switch {
	case days > 0 && hours > 0:
		return fmt.Sprintf("%dd %dh", days, hours)
	case days > 0:
		return fmt.Sprintf("%dd", days)
	case hours > 0 && rest > 0:
		return fmt.Sprintf("%dh %dm", hours, rest)
	case hours > 0:
		return fmt.Sprintf("%dh", hours)
	}
	return fmt.Sprintf("%dm", rest)
}
