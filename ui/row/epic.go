package row

import (
	"fmt"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/ui/present"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Epic is an epic as its part of the board shows it.
type Epic struct {
	epic.Figures
	// Name is safe to be drawn.
	Name                        string
	done, stories, points, ends string
	version                     uint64
}

// NewEpic makes a row of an epic at a time.
func NewEpic(f epic.Figures, now time.Time) Epic {
	r := Epic{
		Figures: f, Name: present.Cell(f.Epic.Name), done: present.Percent(f.Share()), ends: strings.TrimPrefix(f.Ends(now), "by "),
		stories: fmt.Sprintf("%d/%d", f.Accepted, f.Stories),
		points:  tracker.FormatPoints(f.AcceptedPoints) + "/" + tracker.FormatPoints(f.Points),
	}
	r.version = table.Version([...]uint64{table.Text(r.Name), table.Text(r.done), table.Text(r.stories), table.Text(r.points), table.Text(r.ends)})
	return r
}

// RowKey implements table.Row.
func (r Epic) RowKey() tracker.EpicID { return r.Epic.ID }

// RowVersion implements table.Row.
func (r Epic) RowVersion() uint64 { return r.version }

// The columns of epics besides their name.
const (
	colDone   Column = "done"
	colBar    Column = "progress"
	colPoints Column = "points"
	colEnds   Column = "finish"
)

// EpicFacts are how wide the cells of epics are.
type EpicFacts struct{ stories, points, ends int }

// EpicFactsOf measures the rows of epics.
func EpicFactsOf(rows []Epic) (f EpicFacts) {
	for i := range rows {
		f.stories = max(f.stories, text.Width(rows[i].stories))
		f.points = max(f.points, text.Width(rows[i].points))
		f.ends = max(f.ends, text.Width(rows[i].ends))
	}
	return f
}

// NewEpicPlanner makes the planner of the part with epics.
func NewEpicPlanner() *Planner[EpicFacts] { return &Planner[EpicFacts]{make: planEpics} }

// barCells is how wide the progress bar is.
const barCells = 8

// planEpics gives the columns room as long as the name keeps enough: first how much is done
// and by when the rest is planned, then what that is made of, then the bar.
func planEpics(width int, _ []Column, f EpicFacts) *Plan {
	const leastName, doneCells = 14, len("100 %")
	room, widths := width, map[Column]int{}
	for _, c := range []planned{
		{Column: colDone, width: doneCells}, {Column: colEnds, width: max(f.ends, len("finish"))}, {Column: ColStories, width: max(f.stories, len("stories"))},
		{Column: colBar, width: barCells}, {Column: colPoints, width: max(f.points, len("points"))},
	} {
		if room-c.width-1 >= leastName {
			widths[c.Column], room = c.width, room-c.width-1
		}
	}
	columns := []planned{{Column: ColName, heading: "epic"}}
	for _, c := range []planned{
		{Column: colBar, heading: "progress"}, {Column: colDone, heading: "done", right: true},
		{Column: ColStories, heading: "stories", right: true}, {Column: colPoints, heading: "points", right: true}, {Column: colEnds, heading: "finish"},
	} {
		if c.width = widths[c.Column]; c.width > 0 {
			columns = append(columns, c)
		}
	}
	p := newPlan(columns, ColName, width, 0)
	p.Headed = len(columns) > 1
	return p
}

// Draw draws the row by a plan; the characters of the name at the offsets of matched stand
// out.
func (r Epic) Draw(w *theme.RowWriter, t *theme.Theme, plan *Plan, matched []int) {
	name := theme.Text
	if r.Done() {
		name = theme.Muted
	}
	for i, c := range plan.columns {
		if i > 0 {
			w.Space(1)
		}
		cell, role := "", theme.Muted
		switch c.Column {
		case ColName:
			w.FillMatched(name, r.Name, matched, plan.behind(i))
			w.SpaceTo(plan.behind(i))
			continue
		case colBar:
			full := Bar(r.Share(), c.width)
			w.Add(theme.Accent, strings.Repeat(t.Glyph(theme.GlyphFull), full))
			w.Add(theme.Muted, strings.Repeat(t.Glyph(theme.GlyphFree), c.width-full))
			continue
		case colDone:
			cell, role = r.done, name
		case ColStories:
			cell = r.stories
		case colPoints:
			cell = r.points
		case colEnds:
			cell = r.ends
		default: // no other was planned
		}
		if c.right {
			cell = text.PadLeft(text.Truncate(cell, c.width), c.width)
		}
		w.Add(role, text.Fit(cell, c.width))
	}
}

// Bar is how many of so many cells of a progress bar are full: none while nothing is done,
// and all only once everything is.
func Bar(share float64, cells int) int {
	full := int(share * float64(cells))
	if share > 0 && full == 0 {
		return 1
	}
	return full
}
