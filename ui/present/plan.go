package present

import (
	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// Planned says for when a story is planned, and remembers that until there is another
// plan.
type Planned struct {
	made  *tracker.Card
	story tracker.StoryID
	words string
}

// For says for when a story is planned, empty where it is in no plan.
func (p *Planned) For(story tracker.StoryID, by plan.Plan) string {
	if made := madeOf(by); made != p.made || p.story != story {
		*p = Planned{made, story, planned(story, by)}
	}
	return p.words
}

// madeOf tells plans apart: each is made of stories that were read for it.
func madeOf(p plan.Plan) *tracker.Card {
	if len(p.Backlog) == 0 {
		return nil
	}
	return &p.Backlog[0]
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
