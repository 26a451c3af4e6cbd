package project

import (
	"time"

	"storydesk/tracker"
	"storydesk/ui/cli/output"
)

type projectRecord struct {
	ID                   tracker.ProjectID `json:"id"`
	Name                 string            `json:"name"`
	PointScale           []float64         `json:"point_scale"`
	EstimateAll          bool              `json:"estimate_all"`
	IterationWeeks       int               `json:"iteration_weeks"`
	WeekStart            string            `json:"week_start"`
	TimeZone             string            `json:"time_zone"`
	InitialVelocity      int               `json:"initial_velocity"`
	VelocityAveragedOver int               `json:"velocity_averaged_over"`
	StartDate            *string           `json:"start_date"`
	AutomaticPlanning    bool              `json:"automatic_planning"`
	DoneShown            int               `json:"done_shown"`
	Overrides            []overrideRecord  `json:"iteration_overrides"`
	CreatedAt            *time.Time        `json:"created_at"`
	UpdatedAt            *time.Time        `json:"updated_at"`
	UsedByCommands       bool              `json:"used_by_commands"`
}

type overrideRecord struct {
	Number int `json:"number"`
	// Weeks is absent where the length is the project's.
	Weeks    *int `json:"weeks"`
	Strength int  `json:"strength"`
}

// editedRecord is a project with what its change does to the plan.
type editedRecord struct {
	projectRecord
	Effect []string `json:"effect"`
}

func recordProject(p listedProject) any { return recordOf(p) }

func recordOf(p listedProject) projectRecord {
	overrides := make([]overrideRecord, len(p.Overrides))
	for i, o := range p.Overrides {
		overrides[i] = overrideRecord{o.Number, output.OrNull(o.Weeks), o.Strength}
	}
	return projectRecord{
		ID: p.ID, Name: p.Name, PointScale: p.PointScale, EstimateAll: p.EstimateAll, IterationWeeks: p.IterationWeeks,
		WeekStart: weekday(p.WeekStart), TimeZone: p.TimeZone, InitialVelocity: p.InitialVelocity, VelocityAveragedOver: p.VelocityAveragedOver,
		StartDate: date(p.StartDate), AutomaticPlanning: !p.Manual, DoneShown: p.DoneShown, Overrides: overrides,
		CreatedAt: output.Stamp(p.CreatedAt), UpdatedAt: output.Stamp(p.UpdatedAt), UsedByCommands: p.used,
	}
}

// date is a day in JSON, null for none.
func date(day time.Time) *string {
	if day.IsZero() {
		return nil
	}
	return output.OrNull(day.Format(time.DateOnly))
}
