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
	CreatedAt            *time.Time        `json:"created_at"`
	UpdatedAt            *time.Time        `json:"updated_at"`
	UsedByCommands       bool              `json:"used_by_commands"`
}

func recordProject(p listedProject) any {
	return projectRecord{
		ID: p.ID, Name: p.Name, PointScale: p.PointScale, EstimateAll: p.EstimateAll, IterationWeeks: p.IterationWeeks,
		WeekStart: weekday(p.WeekStart), TimeZone: p.TimeZone, InitialVelocity: p.InitialVelocity,
		VelocityAveragedOver: p.VelocityAveragedOver, CreatedAt: output.Stamp(p.CreatedAt), UpdatedAt: output.Stamp(p.UpdatedAt),
		UsedByCommands: p.used,
	}
}
