package board

import (
	"slices"

	"storydesk/tracker"
	"storydesk/ui/board/columns"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/present"
	"storydesk/ui/text"
)

// titles name the parts of the board and count what is in them.
type titles struct {
	columns *columns.Columns
	panel   *panel
	// points are those of the Backlog.
	points func() float64
}

// name is a part's key and name.
func (t *titles) name(part intent.PaneName) string {
	return t.columns.Digit(part) + " " + t.columns.Record(part).Title
}

// facts count a part's rows in so many cells: all of them, with what is hidden and why.
func (t *titles) facts(part intent.PaneName, room int) string {
	if part == intent.PaneTickets {
		return t.panel.facts(room)
	}
	rows, c := t.columns.Rows(part), t.columns.Of(part)
	count := countOf(rows)
	if c == nil {
		return draw.JoinFacts(" · ", rows.MarkFact(), count)
	}
	switch {
	case c.Filter.Query != "":
	case t.columns.Record(part).Searched:
		count = ""
	}
	if marks := c.MarkFact(); marks != "" {
		return draw.JoinFacts(" · ", marks, count)
	}
	if part != intent.PaneBacklog || c.Filter.Query != "" {
		return count
	}
	sum := t.points()
	points := tracker.FormatPoints(sum) + " pts"
	if sum == 1 {
		points = "1 pt"
	}
	return present.StoryCount(len(c.All)) + " · " + points
}

// countOf counts the rows of a part, those that a filter shows apart.
func countOf(c columns.Rows) string {
	shown, all := c.Counts()
	if c.Query() != "" {
		return text.Count(shown) + " of " + text.Count(all)
	}
	return text.Count(all)
}

// marked says how many rows of a part are marked, and whether a filter hides some.
func (t *titles) marked(part intent.PaneName) (fact string, filtered bool) {
	c := t.columns.Rows(part)
	shown, all := c.Counts()
	return c.MarkFact(), shown < all
}

// strip names parts by their keys, from left to right with their names and
// then their counts as long as there is room; the focused part comes first.
func (t *titles) strip(parts []intent.PaneName, room int) []string {
	labels := make([]string, len(parts))
	set := func(i int, facts ...string) {
		label := " " + draw.JoinFacts(" ", facts...) + " "
		if longer := text.Width(label) - text.Width(labels[i]); longer <= room {
			labels[i], room = label, room-longer
		}
	}
	for i, part := range parts {
		set(i, t.columns.Digit(part))
	}
	focused := slices.Index(parts, t.columns.View.Focus)
	set(focused, t.name(t.columns.View.Focus), t.count(t.columns.View.Focus))
	for i, part := range parts {
		if i != focused {
			set(i, t.name(part))
		}
	}
	for i, part := range parts {
		if text.Width(labels[i]) > text.Width(t.columns.Digit(part))+2 {
			set(i, t.name(part), t.count(part))
		}
	}
	return labels
}

// count is how many rows a part has, those that a search finds where it searches.
func (t *titles) count(part intent.PaneName) string {
	shown, all := t.columns.Rows(part).Counts()
	if t.columns.Record(part).Searched {
		return text.Count(shown)
	}
	return text.Count(all)
}

// full is a part's title with its filter, as much of that as leaves room.
func (t *titles) full(part intent.PaneName, room int) string {
	name := t.ordered(part)
	if query := t.columns.Query(part); query != "" {
		return text.Truncate(name+" /"+present.Cell(query), max(room, text.Width(name)))
	}
	return name
}

// ordered is a part's name with the order that was chosen for it.
func (t *titles) ordered(part intent.PaneName) string {
	name := t.name(part)
	if part == intent.PaneTickets {
		name += present.OrderFact(t.panel.order)
	}
	if part == intent.PaneDemand {
		name += present.DemandFact(t.columns.Demand)
	}
	return name
}
