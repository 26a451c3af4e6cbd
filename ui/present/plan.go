package present

import (
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// Planned says for when a story is planned, and remembers that until there is another
// plan.
type Planned struct {
	made  time.Time
	story tracker.StoryID
	words string
}

// For says for when a story is planned, empty where it is in no plan.
func (p *Planned) For(story tracker.StoryID, by plan.Plan) string {
	if !p.made.Equal(by.At) || p.story != story {
		*p = Planned{by.At, story, planned(story, by)}
	}
	return p.words
}

func planned(story tracker.StoryID, by plan.Plan) string {
	it, ok := by.For(story)
	switch {
	case !ok:
		return ""
	case it.Number == by.Current().Number:
		return "planned for Current, " + it.Dates(by.At)
	}
	return "planned for " + it.Dates(by.At)
}
