// Package columns keeps the parts of the board: their rows, which of them are shown and
// focused, and the cursor and the marks in each.
//
// Invariants:
//   - It knows nothing of where the rows come from, and draws nothing.
//   - A row is known by its key, never by its place.
package columns

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/row"
	"storydesk/ui/table"
)

// TicketColumn is a part of the board that shows tickets.
type TicketColumn = table.Column[tracker.TicketID, row.Ticket]

// StoryColumn is a part of the board that shows stories.
type StoryColumn = table.Column[tracker.StoryID, row.Story]

// EpicColumn is the part of the board that shows epics.
type EpicColumn = table.Column[tracker.EpicID, row.Epic]

// Rows are those of a part, whatever they are.
type Rows interface {
	Query() string
	Counts() (shown, all int)
	Count() int
	CursorLine() int
	Move(id intent.ActionID) bool
	Mark(id intent.ActionID) bool
	MarkFact() string
	MarkCount() int
	ClearMarks()
	Keep() (restore func())
	Scroll(rows int)
}

// Columns are the parts of the board with their rows, and which of them are shown
// and focused. They know nothing of where the rows come from.
type Columns struct {
	// View says which parts are shown, and which is focused.
	View layout.View
	// Tickets are those of the shown integration's view, Answer those of its account that
	// are to be answered.
	Tickets, Answer *TicketColumn
	// Stories are the parts that show stories, by their names.
	Stories map[intent.PaneName]*StoryColumn
	Epics   *EpicColumn
	// Demand is the order of the stories that tickets ask for.
	Demand search.StoryOrder
	// HidesLinked leaves tickets that have a story out, ShowsAside shows those that
	// were dismissed or snoozed.
	HidesLinked, ShowsAside bool
}

// New makes the parts without rows.
func New() *Columns {
	c := &Columns{
		View:    layout.NewView(),
		Tickets: table.NewColumn[tracker.TicketID, row.Ticket](intent.PaneTickets),
		Answer:  table.NewColumn[tracker.TicketID, row.Ticket](intent.PaneAnswer),
		Epics:   table.NewColumn[tracker.EpicID, row.Epic](intent.PaneEpics),
		Stories: make(map[intent.PaneName]*StoryColumn),
	}
	for _, p := range c.View.Table {
		if p.Cards != nil {
			c.Stories[p.Name] = table.NewColumn[tracker.StoryID, row.Story](p.Name)
		}
	}
	c.Tickets.Hide = func(t row.Ticket) bool {
		return c.HidesLinked && t.Linked.ID != 0 || t.Ticket != nil && t.Ticket.Aside != nil && !c.ShowsAside
	}
	return c
}

// HideLinked leaves tickets that have a story out, or shows them again.
func (c *Columns) HideLinked(on bool) {
	c.HidesLinked = on
	c.Tickets.Narrow()
}

// Focused is the focused part of stories, nil on tickets and epics.
func (c *Columns) Focused() *StoryColumn { return c.Of(c.View.Focus) }

// Of is a part of stories by its name, nil for all others.
func (c *Columns) Of(part intent.PaneName) *StoryColumn { return c.Stories[part] }

// Rows are those of a part by its name.
func (c *Columns) Rows(part intent.PaneName) Rows {
	if stories := c.Of(part); stories != nil {
		return rowsOf[tracker.StoryID, row.Story]{stories}
	}
	if tickets := c.TicketsOf(part); tickets != nil {
		return rowsOf[tracker.TicketID, row.Ticket]{tickets}
	}
	return rowsOf[tracker.EpicID, row.Epic]{c.Epics}
}

// Epic is the selected epic, false in all other parts.
func (c *Columns) Epic() (row.Epic, bool) {
	if !c.Record(c.View.Focus).Epics {
		return row.Epic{}, false
	}
	return c.Epics.Selected()
}

// TicketsOf is a part of tickets by its name, nil for all others.
func (c *Columns) TicketsOf(part intent.PaneName) *TicketColumn {
	for _, tickets := range [...]*TicketColumn{c.Tickets, c.Answer} {
		if tickets.Name == part {
			return tickets
		}
	}
	return nil
}

// Drops are the parts where a story stands in one place only, and where it can be
// put into another.
func (c *Columns) Drops() []*StoryColumn {
	var list []*StoryColumn
	for _, p := range c.View.Table {
		if p.Column != "" {
			list = append(list, c.Stories[p.Name])
		}
	}
	return list
}

// Drop is a part into which a story can be put, nil for all others.
func (c *Columns) Drop(part intent.PaneName) *StoryColumn {
	if c.Record(part).Column == "" {
		return nil
	}
	return c.Stories[part]
}

// Record is the table's record of a part.
func (c *Columns) Record(part intent.PaneName) layout.Part {
	if i := c.index(part); i >= 0 {
		return c.View.Table[i]
	}
	return layout.Part{}
}

// Digit is the key that leads to a part.
func (c *Columns) Digit(part intent.PaneName) string { return strconv.Itoa(1 + c.index(part)) }

func (c *Columns) index(part intent.PaneName) int {
	return slices.IndexFunc(c.View.Table, func(p layout.Part) bool { return p.Name == part })
}

// ToRead are the parts whose stories are read: those where stories stand and can be
// put, whether they are shown or not, and all others that are shown.
func (c *Columns) ToRead() []layout.Part {
	return slices.DeleteFunc(slices.Clone(c.View.Table), func(p layout.Part) bool {
		return p.Cards == nil || p.Column == "" && !c.View.Shows(p.Name)
	})
}

// AddsOptional reports whether a part is shown that is not always read and was not
// among those shown before.
func (c *Columns) AddsOptional(before []intent.PaneName) bool {
	return slices.ContainsFunc(c.View.Table, func(p layout.Part) bool {
		return p.Optional && c.View.Shows(p.Name) && !slices.Contains(before, p.Name)
	})
}

// Home is the part where a story stands in its column, and where what is not in
// the board's columns would go first.
func (c *Columns) Home(story tracker.StoryID) intent.PaneName {
	for _, col := range c.Drops() {
		if _, ok := col.Find(story); ok {
			return col.Name
		}
	}
	if c.Drop(c.View.Column) != nil {
		return c.View.Column
	}
	return intent.PaneBacklog
}

// None says why a part shows no stories.
func (c *Columns) None(part intent.PaneName, keys keymap.Map) string {
	record := c.Record(part)
	named := make([]any, len(record.Keys))
	for i, k := range record.Keys {
		named[i] = keys.Key(k.Scope, k.ID)
	}
	return fmt.Sprintf(record.None, named...)
}

// CannotHide says why a part cannot be hidden.
func (c *Columns) CannotHide(part intent.PaneName) string {
	if len(c.View.Parts()) < 2 && c.View.Shows(part) {
		return "the last pane cannot be hidden"
	}
	return ""
}

// Focus focuses a part; one that was hidden is shown again.
func (c *Columns) Focus(part intent.PaneName) {
	c.View = c.View.With(part)
	c.View.Focus = part
	if part != intent.PaneTickets {
		c.View.Column = part
	}
}

// BesideFocus is the part that stands by steps beside the focused one, around the
// ends where that is asked for.
func (c *Columns) BesideFocus(by int, around bool) intent.PaneName {
	parts := c.View.Parts()
	i := slices.Index(parts, c.View.Focus) + by
	if around {
		i = (i + len(parts)) % len(parts)
	}
	return parts[max(0, min(i, len(parts)-1))]
}

// Searches reports whether a part shows only what its filter finds.
func (c *Columns) Searches(part intent.PaneName) bool { return c.Record(part).Searched }

// Query is the filter of a part as it was typed, empty for none.
func (c *Columns) Query(part intent.PaneName) string { return c.Rows(part).Query() }

// Known are the people and labels of all stories, by which a search is completed.
func (c *Columns) Known() search.Known {
	people, labels := map[string]bool{}, map[string]bool{}
	for _, column := range c.Stories {
		for i := range column.All {
			card := &column.All[i].Card
			for _, owner := range card.Owners {
				people[owner] = true
			}
			for _, label := range card.Labels {
				labels[label] = true
			}
		}
	}
	return search.Known{People: slices.Sorted(maps.Keys(people)), Labels: slices.Sorted(maps.Keys(labels))}
}

// CardAt is the card at a place among the rows shown, nil beyond the ends.
func CardAt(c *StoryColumn, at int) *tracker.Card {
	if at < 0 || at >= len(c.Shown) {
		return nil
	}
	return &c.All[c.Shown[at]].Card
}
