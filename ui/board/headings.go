package board

import (
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/row"
)

// plans lay out the columns of the parts.
type plans struct {
	tickets *row.Planner[row.TicketFacts]
	stories map[intent.PaneName]*row.Planner[row.StoryFacts]
}

// newPlans makes the plans with the columns that the user chose, by the names of parts.
func newPlans(chosen map[string][]string) plans {
	p := plans{row.NewTicketPlanner(chosen[string(intent.PaneTickets)]), map[intent.PaneName]*row.Planner[row.StoryFacts]{}}
	for _, part := range layout.Parts() {
		if part.Cards != nil {
			p.stories[part.Name] = row.NewStoryPlanner(chosen[string(part.Name)])
		}
	}
	return p
}

// roomForHeading is how many rows a part has at least where a line of them is given to
// the headings.
const roomForHeading = 6

// drawHeading draws the headings of the plan made last where its columns need them, and
// returns the room of the rows.
func drawHeading[F comparable](c *draw.Canvas, r draw.Rect, p *row.Planner[F]) draw.Rect {
	if !p.Headed() || r.H < roomForHeading {
		return r
	}
	c.Put(r.X, r.Y, r.W, p.Heading(c.Theme))
	return draw.Rect{X: r.X, Y: r.Y + 1, W: r.W, H: r.H - 1}
}
