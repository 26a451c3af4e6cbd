package board

import (
	"fmt"
	"slices"
	"strconv"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/layout"
	"storydesk/ui/row"
	"storydesk/ui/table"
)

// storyColumn is a part of the board that shows stories.
type storyColumn = table.Column[tracker.StoryID, row.Story]

// columns are the parts of the board with their rows, and which of them are shown
// and focused. They know nothing of where the rows come from.
type columns struct {
	// view says which parts are shown, and which is focused.
	view    layout.View
	tickets *table.Column[tracker.TicketID, row.Ticket]
	// stories are the parts that show stories, by their names.
	stories map[intent.PaneName]*storyColumn
	// hidesLinked leaves tickets that have a story out.
	hidesLinked bool
}

// newColumns makes the parts without rows.
func newColumns() *columns {
	c := &columns{
		view: layout.NewView(), tickets: table.NewColumn[tracker.TicketID, row.Ticket](intent.PaneTickets),
		stories: make(map[intent.PaneName]*storyColumn),
	}
	for _, p := range c.view.Table {
		if p.Cards != nil {
			c.stories[p.Name] = table.NewColumn[tracker.StoryID, row.Story](p.Name)
		}
	}
	c.tickets.Hide = func(t row.Ticket) bool { return c.hidesLinked && t.Linked.ID != 0 }
	return c
}

// hideLinked leaves tickets that have a story out, or shows them again.
func (c *columns) hideLinked(on bool) {
	c.hidesLinked = on
	c.tickets.Narrow()
}

// focused is the focused part of stories, nil on the tickets.
func (c *columns) focused() *storyColumn { return c.of(c.view.Focus) }

// of is a part of stories by its name, nil for the tickets.
func (c *columns) of(part intent.PaneName) *storyColumn { return c.stories[part] }

// drops are the parts where a story stands in one place only, and where it can be
// put into another.
func (c *columns) drops() []*storyColumn {
	var list []*storyColumn
	for _, p := range c.view.Table {
		if p.Column != "" {
			list = append(list, c.stories[p.Name])
		}
	}
	return list
}

// drop is a part into which a story can be put, nil for all others.
func (c *columns) drop(part intent.PaneName) *storyColumn {
	if c.record(part).Column == "" {
		return nil
	}
	return c.stories[part]
}

// record is the table's record of a part.
func (c *columns) record(part intent.PaneName) layout.Part {
	if i := c.index(part); i >= 0 {
		return c.view.Table[i]
	}
	return layout.Part{}
}

// digit is the key that leads to a part.
func (c *columns) digit(part intent.PaneName) string { return strconv.Itoa(1 + c.index(part)) }

func (c *columns) index(part intent.PaneName) int {
	return slices.IndexFunc(c.view.Table, func(p layout.Part) bool { return p.Name == part })
}

// read are the parts whose stories are read: those where stories stand and can be
// put, whether they are shown or not, and all others that are shown.
func (c *columns) read() []layout.Part {
	return slices.DeleteFunc(slices.Clone(c.view.Table), func(p layout.Part) bool {
		return p.Cards == nil || p.Column == "" && !c.view.Shows(p.Name)
	})
}

// addsOptional reports whether a part is shown that is not always read and was not
// among those shown before.
func (c *columns) addsOptional(before []intent.PaneName) bool {
	return slices.ContainsFunc(c.view.Table, func(p layout.Part) bool {
		return p.Optional && c.view.Shows(p.Name) && !slices.Contains(before, p.Name)
	})
}

// home is the part where a story stands in its column, and where what is not in
// the board's columns would go first.
func (c *columns) home(story tracker.StoryID) intent.PaneName {
	for _, col := range c.drops() {
		if _, ok := col.Find(story); ok {
			return col.Name
		}
	}
	if c.drop(c.view.Column) != nil {
		return c.view.Column
	}
	return intent.PaneBacklog
}

// none says why a part shows no stories.
func (c *columns) none(part intent.PaneName, keys keymap.Map) string {
	record := c.record(part)
	named := make([]any, len(record.Keys))
	for i, k := range record.Keys {
		named[i] = keys.Key(k.Scope, k.ID)
	}
	return fmt.Sprintf(record.None, named...)
}

// cannotHide says why a part cannot be hidden.
func (c *columns) cannotHide(part intent.PaneName) string {
	if len(c.view.Parts()) < 2 && c.view.Shows(part) {
		return "the last pane cannot be hidden"
	}
	return ""
}

// focus focuses a part; one that was hidden is shown again.
func (c *columns) focus(part intent.PaneName) {
	c.view = c.view.With(part)
	c.view.Focus = part
	if part != intent.PaneTickets {
		c.view.Column = part
	}
}

// besideFocus is the part that stands by steps beside the focused one, around the
// ends where that is asked for.
func (c *columns) besideFocus(by int, around bool) intent.PaneName {
	parts := c.view.Parts()
	i := slices.Index(parts, c.view.Focus) + by
	if around {
		i = (i + len(parts)) % len(parts)
	}
	return parts[max(0, min(i, len(parts)-1))]
}

// searches reports whether a part shows only what its filter finds.
func (c *columns) searches(part intent.PaneName) bool { return c.record(part).Searched }

// query is the filter of a part as it was typed, empty for none.
func (c *columns) query(part intent.PaneName) string {
	if stories := c.of(part); stories != nil {
		return stories.Filter.Query
	}
	return c.tickets.Filter.Query
}
