package project

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/ui/cli/output"
	"storydesk/ui/cli/usage"
)

// planRecord is a project's plan.
type planRecord struct {
	ProjectID        tracker.ProjectID `json:"project_id"`
	Project          string            `json:"project"`
	Velocity         int               `json:"velocity"`
	MeasuredVelocity int               `json:"measured_velocity"`
	// Volatility is of the iterations that velocity averages, in percent.
	Volatility        int               `json:"volatility"`
	AutomaticPlanning bool              `json:"automatic_planning"`
	Iterations        []iterationRecord `json:"iterations"`
	Releases          []releaseRecord   `json:"releases"`
	Done              []pastRecord      `json:"done"`
}

type spanRecord struct {
	Number int     `json:"number"`
	Start  *string `json:"start"`
	// Finish is the last day.
	Finish   *string `json:"finish"`
	Weeks    int     `json:"weeks"`
	Strength int     `json:"strength"`
}

type iterationRecord struct {
	spanRecord
	Capacity       int               `json:"capacity"`
	Points         float64           `json:"points"`
	AcceptedPoints float64           `json:"accepted_points"`
	StoryIDs       []tracker.StoryID `json:"story_ids"`
}

type releaseRecord struct {
	ID        tracker.StoryID `json:"id"`
	Name      string          `json:"name"`
	Projected *string         `json:"projected"`
	Deadline  *string         `json:"deadline"`
	Late      bool            `json:"late"`
}

type pastRecord struct {
	spanRecord
	Points  float64 `json:"points"`
	Stories int     `json:"stories"`
}

func recordPlan(p plan.Plan) any {
	r := planRecord{
		ProjectID: p.Project.ID, Project: p.Project.Name, Velocity: p.Velocity, MeasuredVelocity: p.Measured,
		Volatility: percent(p.Volatility), AutomaticPlanning: !p.Project.Manual, Releases: []releaseRecord{}, Done: []pastRecord{},
	}
	for _, it := range p.Iterations {
		ids := []tracker.StoryID{}
		for _, c := range p.Backlog[it.From:it.To] {
			ids = append(ids, c.ID)
		}
		r.Iterations = append(r.Iterations, iterationRecord{recordSpan(it.Span), it.Capacity, it.Points, it.Accepted, ids})
	}
	for _, release := range p.Releases {
		due := time.Time{}
		if release.Deadline != nil {
			due = *release.Deadline
		}
		r.Releases = append(r.Releases, releaseRecord{release.ID, release.Name, date(release.Projected), date(due), release.Late()})
	}
	for _, past := range p.Done {
		r.Done = append(r.Done, pastRecord{recordSpan(past.Span), past.Points, past.Stories})
	}
	return r
}

func recordSpan(s plan.Span) spanRecord {
	return spanRecord{s.Number, date(s.Start), date(s.LastDay()), s.Weeks, s.Strength}
}

func percent(share float64) int { return int(math.Round(100 * share)) }

func (c commands) plan() *cobra.Command {
	var velocity int
	cmd := &cobra.Command{
		Use: "plan", Short: "Show what is planned for which iteration",
		Long: `Show the stories of the Backlog by the iteration that they are planned for, from
Current on, and when releases are expected. Empty iterations are left out.

Velocity is the average of what was accepted in the last done iterations. --velocity
plans with another one, and saves nothing.`,
		Example: "storydesk project plan --velocity 12", Args: usage.Takes(),
	}
	cmd.RunE = c.InProject(func(ctx context.Context, s *opened, _ []string) error {
		if cmd.Flags().Changed("velocity") && (velocity < 1 || velocity > tracker.MaxVelocity) {
			return tracker.Invalid("velocity", "a velocity is 1 to %d points", tracker.MaxVelocity)
		}
		p, err := s.Service.Projects.Plan(ctx, s.Project.ID, velocity)
		if err != nil {
			return err
		}
		return output.Full(c.Printer(), output.Presenter[plan.Plan]{Record: recordPlan}, p, planSheet(p))
	})
	cmd.Flags().IntVar(&velocity, "velocity", 0, "plan as if this were the velocity")
	return cmd
}

func planSheet(p plan.Plan) output.Sheet {
	planning := "automatic"
	if p.Project.Manual {
		planning = "manual"
	}
	velocity := tracker.Counted(p.Velocity, "point", "points")
	if p.Velocity != p.Measured {
		velocity += fmt.Sprintf(" (what if; measured: %d)", p.Measured)
	}
	s := output.Sheet{Title: p.Project.Name, Fields: []output.Field{
		{"velocity", velocity}, {"volatility", fmt.Sprintf("%d %%", percent(p.Volatility))}, {"planning", planning},
	}}
	for i, it := range p.Iterations {
		name := fmt.Sprintf("%d", it.Number)
		if i == 0 {
			name += " · Current"
		}
		heading := fmt.Sprintf("%s · %s · %s of %d points", name, it.Dates(p.At), tracker.FormatPoints(it.Points), it.Capacity)
		s.Sections = append(s.Sections, output.Field{heading, planLines(p, it)})
	}
	return s
}

// planLines are the stories of an iteration, one a line.
func planLines(p plan.Plan, it plan.Iteration) string {
	if it.From == it.To {
		return "nothing planned"
	}
	releases := map[tracker.StoryID]plan.Release{}
	for _, r := range p.Releases {
		releases[r.ID] = r
	}
	var b strings.Builder
	for _, c := range p.Backlog[it.From:it.To] {
		points := "-"
		if c.Estimate != nil {
			points = tracker.FormatPoints(*c.Estimate)
		}
		fmt.Fprintf(&b, "%-7s %3s  %-10s %s%s\n", c.ID, points, c.State, c.Name, due(releases[c.ID], p.At))
	}
	return b.String()
}

// due says by when a release is due, and whether it will be late.
func due(r plan.Release, now time.Time) string {
	switch {
	case r.Deadline == nil:
		return ""
	case r.Late():
		return " · due " + plan.Day(*r.Deadline, now) + " · late"
	}
	return " · due " + plan.Day(*r.Deadline, now)
}
