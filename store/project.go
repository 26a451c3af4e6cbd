package store

import (
	"fmt"

	"storydesk/store/query"
	"storydesk/tracker"
)

const projectColumns = `name, point_scale, estimate_all, iteration_weeks, week_start, time_zone,
	initial_velocity, velocity_averaged_over, start_date, manual_planning, done_shown, iteration_overrides, created_at, updated_at`

func projectFields(p *tracker.Project) []any {
	return []any{
		&p.Name, array[float64]{&p.PointScale}, &p.EstimateAll, &p.IterationWeeks, &p.WeekStart, &p.TimeZone,
		&p.InitialVelocity, &p.VelocityAveragedOver, instant{&p.StartDate}, &p.Manual, &p.DoneShown, array[tracker.IterationOverride]{&p.Overrides},
		instant{&p.CreatedAt}, instant{&p.UpdatedAt},
	}
}

const selectProject = "SELECT id, version, " + projectColumns + " FROM project "

func projectRow(p *tracker.Project) []any {
	return append([]any{&p.ID, &p.Version}, projectFields(p)...)
}

// Projects implements tracker.Reader.
func (r *reader) Projects() ([]tracker.Project, error) {
	return query.All(r.Session, "the projects", projectRow, selectProject+"ORDER BY name_key")
}

// Project implements tracker.Reader.
func (r *reader) Project(id tracker.ProjectID) (tracker.Project, error) {
	if err := lockProject(r, id); err != nil {
		return tracker.Project{}, err
	}
	if asked := r.held.takeProject(id); asked != nil {
		return query.Only(r.Session, projectName(id), projectRow, asked)
	}
	return query.One(r.Session, projectName(id), projectRow, selectProject+"WHERE id = ?", id)
}

// AddProject implements tracker.Writer.
func (w *projectWriter) AddProject(p *tracker.Project) error {
	id, err := w.Insert("a project", "project", projectColumns+", name_key", append(projectFields(p), nameKey(p.Name)))
	if err != nil {
		return query.NameTaken("a project", p.Name, err)
	}
	p.ID, p.Version = tracker.ProjectID(id), 1
	return nil
}

// SaveProject implements tracker.Writer.
func (w *projectWriter) SaveProject(p *tracker.Project) error {
	w.held.takeProject(p.ID)
	w.held.forgetIntegrations() // they tell its name
	err := w.Save(projectName(p.ID), "project", int64(p.ID), &p.Version,
		projectColumns+", name_key", append(projectFields(p), nameKey(p.Name)))
	return query.NameTaken("a project", p.Name, err)
}

func projectName(id tracker.ProjectID) string { return fmt.Sprintf("project %d", id) }
