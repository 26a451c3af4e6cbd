package stories

import (
	"context"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/person"
)

// Edit changes the same fields of stories, either of all of them or of none;
// nothing is sent. A type that carries no points drops the estimate, and one that
// is no release the deadline. An edit with a base is of one story. CodeInvalid or
// CodeConflict, with the field.
func (s *Service) Edit(ctx context.Context, ids []tracker.StoryID, e tracker.StoryEdit) ([]tracker.Story, error) {
	return s.changeStories(ctx, anyVersion(ids), s.editing(e))
}

func (s *changes) editing(e tracker.StoryEdit) edit {
	return func(w tracker.Writer, c *edited, p tracker.Project) error {
		c.verb = "edited"
		e.Apply(&c.after)
		if !tracker.Estimatable(c.after.Type, p) {
			c.after.Estimate = nil
		}
		if e.Base == nil && e.Since == nil {
			return nil
		}
		base := c.before
		if e.Base != nil {
			base = s.history.whole(*e.Base)
		}
		activities, err := w.Activities(c.before.ID)
		if err != nil {
			return err
		}
		return e.Overtaken(base, c.before, c.after, activities)
	}
}

// Names lists the people who are known and the labels that a project's stories carry, in
// alphabetical order; the acting user stands first. They are what people choose
// among; anything else can be written too.
func (s *queries) Names(ctx context.Context, project tracker.ProjectID) (people, labels []string, err error) {
	people = append(people, s.Actor())
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		known, err := r.People()
		if err != nil {
			return err
		}
		for _, p := range known {
			people = append(people, p.Name)
		}
		cards, err := r.Cards(project)
		for _, c := range cards {
			labels = append(labels, c.Labels...)
		}
		return err
	})
	slices.SortFunc(people[1:], func(a, b string) int { return strings.Compare(person.Fold(a), person.Fold(b)) })
	slices.Sort(labels)
	return tracker.CleanNames(people), slices.Compact(labels), err
}
