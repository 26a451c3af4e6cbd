package projects

import (
	"reflect"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/stories"
)

// change is a change of a project's settings.
type change struct{ was, is tracker.Project }

// String implements stories.NamedChange.
func (c *change) String() string { return "project " + c.is.Name }

// Did implements stories.NamedChange.
func (c *change) Did() string { return "changed" }

// TakeBack implements stories.NamedChange.
func (c *change) TakeBack(w tracker.Writer) (stories.NamedChange, error) {
	now, err := w.Project(c.is.ID)
	if err != nil {
		return nil, err
	}
	if !same(now, c.is) {
		return nil, tracker.Errorf(tracker.CodeRefused, "project %s has changed since", now.Name)
	}
	back := c.was
	back.Version = now.Version
	if err := w.SaveProject(&back); err != nil {
		return nil, err
	}
	return &change{now, back}, nil
}

// same reports whether two versions of a project differ in none of its settings.
func same(a, b tracker.Project) bool {
	for _, p := range []*tracker.Project{&a, &b} {
		p.Version, p.CreatedAt, p.UpdatedAt, p.StartDate = 0, time.Time{}, time.Time{}, p.StartDate.UTC()
		p.PointScale, p.Overrides = append([]float64{}, p.PointScale...), append([]tracker.IterationOverride{}, p.Overrides...)
	}
	return reflect.DeepEqual(a, b)
}
