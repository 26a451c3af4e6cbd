package board

import (
	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/layout"
	"storydesk/ui/table"
)

// Sight is what the board shows, as plain values: what a driver of the program
// may look at besides the screen.
type Sight struct {
	// Focus is the focused part, Shown are those that are not hidden.
	Focus intent.PaneName
	Shown []intent.PaneName
	// Parts are all parts, shown or not.
	Parts map[intent.PaneName]PartSight
	// Panel is the integration whose tickets are shown, 0 for none; Integrations
	// is how many there are, and Fetch how its view was read last.
	Panel        tracker.IntegrationID
	Integrations int
	Fetch        tracker.Fetch
	// Widths are the parts' widths, in cells.
	Widths layout.Shares
	// HidesLinked is true where tickets that have a story are left out, Unfolded
	// while a story is open in place, Moving while something is being moved.
	HidesLinked, Unfolded, Moving bool
}

// PartSight is what a part of the board shows.
type PartSight struct {
	// Rows are the keys of its rows from the top, Selected is that of the row with
	// the cursor, nil where there is none.
	Rows     []any
	Selected any
	// First and End are the places in Rows of those that are in sight.
	First, End int
	// Marked are the keys of the marked rows, Tinted that of the row that has just
	// been moved, nil for none.
	Marked []any
	Tinted any
	// Drop is true while the drop line stands there.
	Drop bool
}

// Sight returns what the board shows.
func (b *Board) Sight() Sight {
	c := b.columns
	s := Sight{
		Focus: c.View.Focus, Shown: c.View.Shown, Parts: map[intent.PaneName]PartSight{intent.PaneTickets: sightOf(c.Tickets), intent.PaneAnswer: sightOf(c.Answer), intent.PaneEpics: sightOf(c.Epics)},
		Panel: b.panel.id, Integrations: len(b.panel.integrations), Fetch: b.panel.fetch, Widths: b.dividers.Widths(),
		HidesLinked: c.HidesLinked, Unfolded: b.unfolder.shows(), Moving: b.mover.Moving(),
	}
	for part, col := range c.Stories {
		s.Parts[part] = sightOf(col)
	}
	return s
}

// Settled reports whether everything that was asked for has been read.
func (b *Board) Settled() bool {
	return b.preferred && b.reader.settled() && !b.Busy() && b.revealer.revealing == nil && b.previewer.settled()
}

func sightOf[K comparable, R table.Row[K]](c *table.Column[K, R]) PartSight {
	s := PartSight{Rows: make([]any, len(c.Shown)), Drop: c.DropAt >= 0}
	for i, row := range c.Shown {
		s.Rows[i] = c.All[row].RowKey()
	}
	for _, key := range c.List.Marks() {
		s.Marked = append(s.Marked, key)
	}
	if none := *new(K); c.Tinted != none {
		s.Tinted = c.Tinted
	}
	if key, ok := c.List.Selected(); ok {
		s.Selected = key
	}
	first, end := c.List.Visible()
	s.First, s.End = c.RowsAbove(first), c.RowsAbove(end)
	if _, inside := c.InsetLine(first); inside {
		s.First-- // what is open under a row is the row, too
	}
	return s
}
