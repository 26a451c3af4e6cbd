package stories

import (
	"context"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/alike"
)

// Alike lists the stories of a project that are not accepted and whose names
// are like one of some names, the likest first, without the given ones.
func (s *queries) Alike(ctx context.Context, project tracker.ProjectID, names []string, without ...tracker.StoryID) ([]tracker.Card, error) {
	var cards []tracker.Card
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		cards, err = r.Cards(project)
		return err
	})
	if err != nil {
		return nil, err
	}
	cards = slices.DeleteFunc(cards, func(c tracker.Card) bool { return c.State == tracker.Accepted || slices.Contains(without, c.ID) })
	return alike.Closest(cards, func(c *tracker.Card) string { return c.Name }, names), nil
}
