package row

import (
	"slices"

	"storydesk/tracker/search"
	"storydesk/ui/table"
)

// StoryFacts are what the rows of a part tell, and how wide they tell it.
type StoryFacts struct {
	edge edge
	// Order is what the part is sorted by, empty where that is no column.
	Order search.StoryOrder
	// Minute is the present, in minutes since 1970, for the ages of what waits.
	Minute int64
}

// StoryFactsOf returns what the rows of one part tell, which [Aligned] has measured.
func StoryFactsOf(rows []Story) StoryFacts {
	if len(rows) == 0 {
		return StoryFacts{}
	}
	return StoryFacts{edge: rows[0].edge}
}

// sortedBy is the column that shows what stories are sorted by, empty for none.
func (f StoryFacts) sortedBy() Column {
	switch f.Order {
	case search.StoriesByOrganizations:
		return ColOrganisations
	case search.StoriesByTickets:
		return ColTickets
	case search.StoriesByWaiting:
		return ColWaiting
	case search.StoriesByBoard:
	}
	return ""
}

// UsualStoryColumns are the columns of stories in their usual order.
func UsualStoryColumns() []Column {
	return []Column{ColType, ColEstimate, ColName, ColNext, ColOwner, ColTickets}
}

// NewStoryPlanner makes the planner of a part with stories.
func NewStoryPlanner(chosen []string) *Planner[StoryFacts] {
	return &Planner[StoryFacts]{Chosen: Columns(chosen), make: planStories}
}

// Cells of columns whose width does not depend on the rows.
const (
	estimateCells = 2
	stateCells    = len("unscheduled")
	labelCells    = 16
	demandCells   = 4
)

// planStories gives the columns room as long as the name keeps enough.
func planStories(width int, chosen []Column, f StoryFacts) *Plan {
	if len(chosen) == 0 {
		chosen = UsualStoryColumns()
	}
	sorted := f.sortedBy()
	if sorted != "" && !slices.Contains(chosen, sorted) {
		chosen = append(slices.Clone(chosen), sorted)
	}
	widths := map[Column]int{}
	room := width
	take := func(c Column, cells, name int) {
		if _, has := widths[c]; !has && slices.Contains(chosen, c) && cells > 0 && room-cells-1 >= name {
			widths[c], room = cells, room-cells-1
		}
	}
	take(ColType, 1, 0)
	take(ColEstimate, estimateCells, 0)
	if sorted == ColOrganisations || sorted == ColWaiting {
		take(sorted, demandCells, 8)
	}
	take(ColNext, f.edge.next, 8)
	if f.edge.tickets > 0 {
		take(ColTickets, f.edge.tickets+2, 8)
	}
	if f.edge.owners > 0 {
		take(ColOwner, f.edge.owners+1, 10)
	}
	take(ColNumber, f.edge.number, 12)
	take(ColState, stateCells, 12)
	take(ColLabels, labelCells, 12)
	take(ColOrganisations, demandCells, 12)
	take(ColWaiting, demandCells, 12)
	var columns []planned
	headed := false
	for _, c := range chosen {
		w, has := widths[c]
		if !has && c != ColName {
			continue
		}
		l := planned{Column: c, width: w, right: c == ColEstimate || c == ColOrganisations || c == ColWaiting, heading: storyHeading(c), sorted: c == sorted}
		headed = headed || c == ColState || c == ColLabels || c == ColNumber || c == ColOrganisations || c == ColWaiting
		columns = append(columns, l)
	}
	plan := newPlan(columns, ColName, width, 0)
	plan.Headed = headed
	if plan.has(ColWaiting) {
		plan.minute = f.Minute
		plan.Version = table.Version([...]uint64{plan.Version, uint64(f.Minute)}) //nolint:gosec // only compared
	}
	return plan
}

// storyHeading is what stands above a column of stories.
func storyHeading(c Column) string {
	switch c {
	case ColEstimate:
		return "pt"
	case ColName:
		return "name"
	case ColNumber:
		return "no."
	case ColState:
		return "state"
	case ColLabels:
		return "labels"
	case ColNext:
		return "next"
	case ColOwner:
		return " by"
	case ColOrganisations:
		return "org."
	case ColWaiting:
		return "wait"
	default:
		return ""
	}
}

// indexOf is the place of a column, -1 where the plan has none.
func (p *Plan) indexOf(c Column) int {
	return slices.IndexFunc(p.columns, func(own planned) bool { return own.Column == c })
}

// widthOf is the width of a column, 0 where the plan has none.
func (p *Plan) widthOf(c Column) int {
	if i := p.indexOf(c); i >= 0 {
		return p.columns[i].width
	}
	return 0
}

// nextBesideName reports whether the next actions stand behind the name, whose room
// they may take.
func (p *Plan) nextBesideName() bool {
	i := p.indexOf(ColNext)
	return i > 0 && i == p.title+1 && p.title >= 0
}
