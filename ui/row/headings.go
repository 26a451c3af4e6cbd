package row

import (
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
)

// Plans lay out the columns of the parts of the board.
type Plans struct {
	Tickets, Answer *Planner[TicketFacts]
	Stories         map[intent.PaneName]*Planner[StoryFacts]
	Epics           *Planner[EpicFacts]
}

// NewPlans makes the plans with the columns that the user chose, by the names of parts.
func NewPlans(chosen map[string][]string) Plans {
	p := Plans{
		NewTicketPlanner(chosen[string(intent.PaneTickets)]), NewTicketPlanner(chosen[string(intent.PaneAnswer)]), map[intent.PaneName]*Planner[StoryFacts]{}, NewEpicPlanner(),
	}
	for _, part := range layout.Parts() {
		if part.Cards != nil {
			p.Stories[part.Name] = NewStoryPlanner(chosen[string(part.Name)])
		}
	}
	return p
}

// roomForHeading is how many rows a part has at least where a line of them is given to
// the headings.
const roomForHeading = 6

// DrawHeading draws the headings of the plan made last where its columns need them, and
// returns the room of the rows.
func DrawHeading[F comparable](c *draw.Canvas, r draw.Rect, p *Planner[F]) draw.Rect {
	if !p.Headed() || r.H < roomForHeading {
		return r
	}
	c.Put(r.X, r.Y, r.W, p.Heading(c.Theme))
	return draw.Rect{X: r.X, Y: r.Y + 1, W: r.W, H: r.H - 1}
}
