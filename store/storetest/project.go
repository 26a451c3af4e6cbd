package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func testProjects(t *testing.T, s *suite) {
	b := s.project("beta")
	a := s.project("Alpha")
	same(t, "version of a new project", a.Version, int64(1))
	same(t, "by name", get(s, tracker.Reader.Projects), []tracker.Project{a, b})
	s.refused(tracker.CodeInvalid, "name", func(w tracker.Writer) error {
		p := tracker.NewProject("ALPHA ")
		return w.AddProject(&p)
	})

	stale := a
	a.Name, a.PointScale, a.EstimateAll, a.IterationWeeks = "Über", []float64{0, 0.5, 8}, true, 4
	a.WeekStart, a.TimeZone, a.InitialVelocity, a.VelocityAveragedOver = time.Saturday, "Europe/Berlin", 12, 2
	a.StartDate, a.Manual, a.DoneShown = epoch().Truncate(24*time.Hour), true, 5
	a.Overrides = []tracker.IterationOverride{{Number: 3, Weeks: 2, Strength: 50}, {Number: 7, Strength: 0}}
	a.UpdatedAt = at(time.Hour)
	s.write(func(w tracker.Writer) error { return w.SaveProject(&a) })
	same(t, "version of a saved project", a.Version, int64(2))
	same(t, "saved project", get(s, func(r tracker.Reader) (tracker.Project, error) { return r.Project(a.ID) }), a)

	s.refused(tracker.CodeConflict, "", func(w tracker.Writer) error { return w.SaveProject(&stale) })
	s.refused(tracker.CodeInvalid, "name", func(w tracker.Writer) error {
		taken := b
		taken.Name = "üBER"
		return w.SaveProject(&taken)
	})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		return w.SaveProject(&tracker.Project{ID: 99, Version: 1})
	})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Project(99)
		return err
	})
}
