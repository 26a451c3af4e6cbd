package report

import (
	"time"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/ui/cli/output"
	"storydesk/ui/figure"
	"storydesk/ui/present"
)

// record is a figure as JSON. Its rows are also its CSV.
type record interface{ rows() any }

// iterationRecord is an iteration's part of a row. Finish is its last day.
type iterationRecord struct {
	Number   int    `json:"number"`
	Start    string `json:"start"`
	Finish   string `json:"finish"`
	Weeks    int    `json:"weeks"`
	Strength int    `json:"strength"`
	Current  bool   `json:"current"`
}

type velocityRecord struct {
	ProjectID tracker.ProjectID `json:"project_id"`
	Project   string            `json:"project"`
	Velocity  int               `json:"velocity"`
	// Volatility is in percent.
	Volatility float64       `json:"volatility"`
	Iterations []velocityRow `json:"iterations"`
}

type velocityRow struct {
	iterationRecord
	Points   float64 `json:"points"`
	Stories  int     `json:"stories"`
	Velocity int     `json:"velocity"`
}

type plannedRecord struct {
	ProjectID  tracker.ProjectID `json:"project_id"`
	Project    string            `json:"project"`
	Iterations []plannedRow      `json:"iterations"`
}

type plannedRow struct {
	iterationRecord
	Planned  float64 `json:"planned_points"`
	Accepted float64 `json:"accepted_points"`
}

type cycleRecord struct {
	ProjectID tracker.ProjectID `json:"project_id"`
	Project   string            `json:"project"`
	Stories   int               `json:"stories"`
	// Unknown counts the stories without activity that tells when they were started.
	Unknown int        `json:"stories_without_history"`
	States  []cycleRow `json:"states"`
}

// cycleRow is a state, "all" for all together; times are null without stories.
type cycleRow struct {
	State   string   `json:"state"`
	Stories int      `json:"stories"`
	Median  *float64 `json:"median_seconds"`
	P85     *float64 `json:"p85_seconds"`
}

type burnUpRecord struct {
	ProjectID tracker.ProjectID `json:"project_id"`
	Project   string            `json:"project"`
	// Of Release and Label one is null.
	Release     *tracker.StoryID `json:"release"`
	Label       *string          `json:"label"`
	Name        string           `json:"name"`
	Done        bool             `json:"done"`
	Projected   *string          `json:"projected"`
	Deadline    *string          `json:"deadline"`
	Late        bool             `json:"late"`
	Unplanned   int              `json:"stories_in_icebox"`
	Unestimated int              `json:"stories_without_estimate"`
	Iterations  []burnUpRow      `json:"iterations"`
}

type burnUpRow struct {
	// Of names the release or label in each row of the CSV.
	Of string `json:"name"`
	iterationRecord
	Planned         bool    `json:"planned"`
	Accepted        float64 `json:"accepted_points"`
	Scope           float64 `json:"points"`
	AcceptedStories int     `json:"accepted_stories"`
	ScopeStories    int     `json:"stories"`
}

type rejectionsRecord struct {
	ProjectID tracker.ProjectID `json:"project_id"`
	Project   string            `json:"project"`
	Rejected  int               `json:"rejected"`
	Accepted  int               `json:"accepted"`
	// Rate is a share of 1, null without a decision.
	Rate       *float64       `json:"rate"`
	Iterations []rejectionRow `json:"iterations"`
}

type rejectionRow struct {
	iterationRecord
	Rejected int      `json:"rejected"`
	Accepted int      `json:"accepted"`
	Rate     *float64 `json:"rate"`
}

type ticketsRecord struct {
	ProjectID  tracker.ProjectID `json:"project_id"`
	Project    string            `json:"project"`
	Stories    int               `json:"stories"`
	Tickets    int               `json:"tickets"`
	Closed     int               `json:"closed"`
	Iterations []ticketRow       `json:"iterations"`
}

type ticketRow struct {
	iterationRecord
	Stories int `json:"stories"`
	Tickets int `json:"tickets"`
	Closed  int `json:"closed"`
}

func (r velocityRecord) rows() any   { return r.Iterations }
func (r plannedRecord) rows() any    { return r.Iterations }
func (r cycleRecord) rows() any      { return r.States }
func (r burnUpRecord) rows() any     { return r.Iterations }
func (r rejectionsRecord) rows() any { return r.Iterations }
func (r ticketsRecord) rows() any    { return r.Iterations }

// recordOf is a figure's record.
func recordOf(kind figure.Kind, h *figures.History, r figures.Range, of figures.Subject) (record, error) {
	id, project := h.Plan.Project.ID, h.Plan.Project.Name
	switch kind {
	case figure.Velocity:
		v := h.Velocity(r)
		return velocityRecord{id, project, v.Now, 100 * v.Volatility, present.Each(v.Rows, func(row figures.VelocityRow) velocityRow {
			return velocityRow{iteration(row.Iteration), row.Points, row.Stories, row.Velocity}
		})}, nil
	case figure.Planned:
		return plannedRecord{id, project, present.Each(h.Planned(r).Rows, func(row figures.PlannedRow) plannedRow {
			return plannedRow{iteration(row.Iteration), row.Planned, row.Accepted}
		})}, nil
	case figure.Cycle:
		c := h.CycleTime(r)
		return cycleRecord{id, project, c.Stories, c.Unknown, present.Each(append(c.Stays, c.Total), cycleOf)}, nil
	case figure.BurnUp:
		b, err := h.BurnUp(of, r)
		return burnUpOf(h, b), err
	case figure.Rejections:
		list := h.Rejections(r)
		return rejectionsRecord{id, project, list.Total.Rejected, list.Total.Accepted, rate(list.Total), present.Each(list.Rows, func(row figures.RejectionRow) rejectionRow {
			return rejectionRow{iteration(row.Iteration), row.Rejected, row.Accepted, rate(row)}
		})}, nil
	case figure.Tickets:
	}
	t := h.Tickets(r)
	return ticketsRecord{id, project, t.Total.Stories, t.Total.Tickets, t.Total.Closed, present.Each(t.Rows, func(row figures.TicketRow) ticketRow {
		return ticketRow{iteration(row.Iteration), row.Stories, row.Tickets, row.Closed}
	})}, nil
}

func iteration(it figures.Iteration) iterationRecord {
	return iterationRecord{it.Number, it.Start.Format(time.DateOnly), it.LastDay().Format(time.DateOnly), it.Weeks, it.Strength, it.Current}
}

func cycleOf(s figures.Stay) cycleRow {
	state := string(s.State)
	if state == "" {
		state = "all"
	}
	if s.Stories == 0 {
		return cycleRow{State: state}
	}
	median, most := s.Median.Seconds(), s.P85.Seconds()
	return cycleRow{state, s.Stories, &median, &most}
}

func burnUpOf(h *figures.History, b figures.BurnUp) burnUpRecord {
	return burnUpRecord{
		ProjectID: h.Plan.Project.ID, Project: h.Plan.Project.Name, Release: output.OrNull(b.Release), Label: output.OrNull(b.Label), Name: b.Name, Done: b.Done,
		Projected: date(b.Projected), Deadline: date(b.Deadline), Late: b.Late(), Unplanned: b.Unplanned, Unestimated: b.Unestimated,
		Iterations: present.Each(b.Rows, func(row figures.BurnUpRow) burnUpRow {
			return burnUpRow{b.Name, iteration(row.Iteration), row.Planned, row.Accepted, row.Scope, row.AcceptedStories, row.ScopeStories}
		}),
	}
}

func date(day *time.Time) *string {
	if day == nil {
		return nil
	}
	return output.OrNull(day.Format(time.DateOnly))
}

// rate is null where there was no decision.
func rate(r figures.RejectionRow) *float64 {
	if r.Rejected+r.Accepted == 0 {
		return nil
	}
	share := r.Rate()
	return &share
}
