package columns

import (
	"slices"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/row"
)

// Selection is the cursor and the marks in the columns: which rows an action is
// done to.
type Selection struct{ *Columns }

// NoneSelected says that there is no row to do an action to.
const NoneSelected = "nothing is selected here"

// focus are the rows of the focused part.
func (s Selection) focus() Rows { return s.Rows(s.View.Focus) }

// Story is the selected story, false on tickets and epics.
func (s Selection) Story() (tracker.Card, bool) {
	c := s.Focused()
	if c == nil {
		return tracker.Card{}, false
	}
	r, ok := c.Selected()
	return r.Card, ok
}

// Ticket is the selected ticket, false in a column of stories.
func (s Selection) Ticket() (row.Ticket, bool) {
	c := s.TicketsOf(s.View.Focus)
	if c == nil {
		return row.Ticket{}, false
	}
	return c.Selected()
}

// Panel is the focused part of tickets, that of the view where stories have the focus.
func (s Selection) Panel() *TicketColumn {
	if c := s.TicketsOf(s.View.Focus); c != nil {
		return c
	}
	return s.Tickets
}

// Key is the key of the row with the cursor, nil where there is none.
func (s Selection) Key() any {
	if t, ok := s.Ticket(); ok {
		return t.ID
	}
	if c, ok := s.Story(); ok {
		return c.ID
	}
	if e, ok := s.Epic(); ok {
		return e.Epic.ID
	}
	return nil
}

// Subjects are the stories that an action is done to: the marked ones, else the
// selected one. None on the tickets.
func (s Selection) Subjects() []tracker.Card {
	if cards := s.MarkedStories(); len(cards) > 0 {
		return cards
	}
	if c, ok := s.Story(); ok {
		return []tracker.Card{c}
	}
	return nil
}

// MarkedStories are the marked stories of the focused column from top to bottom.
// What a filter hides is not acted on.
func (s Selection) MarkedStories() []tracker.Card {
	c := s.Focused()
	if c == nil || c.List.MarkCount() == 0 {
		return nil
	}
	cards := make([]tracker.Card, 0, c.List.MarkCount())
	for _, at := range c.Shown {
		if r := &c.All[at]; c.List.Marked(r.Card.ID) {
			cards = append(cards, r.Card)
		}
	}
	return cards
}

// Chosen are the marked tickets, else one that is selected.
func (s Selection) Chosen(t row.Ticket) []tracker.TicketID {
	if marks := s.Panel().List.Marks(); len(marks) > 0 {
		return marks
	}
	return []tracker.TicketID{t.ID}
}

// RowsOf are the rows of some tickets.
func (s Selection) RowsOf(tickets []tracker.TicketID) []row.Ticket {
	rows, c := make([]row.Ticket, 0, len(tickets)), s.Panel()
	for _, id := range tickets {
		if row, ok := c.Find(id); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// LinkedOf are those of some tickets that have a story.
func (s Selection) LinkedOf(tickets []tracker.TicketID) []row.Ticket {
	return slices.DeleteFunc(s.RowsOf(tickets), func(t row.Ticket) bool { return t.Linked.ID == 0 })
}

// CursorLine is the line of a part's rows on which its cursor is drawn.
func (s Selection) CursorLine(part intent.PaneName) int { return s.Rows(part).CursorLine() }

// Count is how many rows the focused part shows.
func (s Selection) Count() int { return s.focus().Count() }

// Move moves the cursor and reports whether it is on a story.
func (s Selection) Move(id intent.ActionID) bool {
	s.focus().Move(id)
	return s.Focused() != nil
}

// Pick selects a row of the focused part and reports whether that shows stories.
func (s Selection) Pick(key any) bool {
	switch key := key.(type) {
	case tracker.TicketID:
		s.Panel().List.Pick(key)
	case tracker.StoryID:
		if c := s.Focused(); c != nil {
			c.List.Pick(key)
			return true
		}
	case tracker.EpicID:
		s.Epics.List.Pick(key)
	}
	return false
}

// Reach focuses the part of a row and selects the row, clearing a filter that hides
// it. It reports whether the row is there.
func (s Selection) Reach(row intent.SelectRow) bool {
	s.Focus(row.Part)
	s.Pick(row.Key)
	switch key := row.Key.(type) {
	case tracker.TicketID:
		return s.Panel().Reveal(key)
	case tracker.StoryID:
		c := s.Focused()
		return c != nil && s.Reveal(c, key)
	}
	return false
}

// Reveal selects the topmost of some stories in a part. What a search does not
// find is not in its part.
func (s Selection) Reveal(c *StoryColumn, ids ...tracker.StoryID) bool {
	if !s.Record(c.Name).Searched {
		return c.Reveal(ids...)
	}
	top, shown := c.Topmost(ids)
	return shown > 0 && c.List.SelectKey(top)
}

// SelectStory selects a story where it stands and returns its column, nil when
// it is in none.
func (s Selection) SelectStory(id tracker.StoryID) *StoryColumn {
	var found *StoryColumn
	for _, c := range s.Drops() {
		if c.Reveal(id) {
			found = c
			if s.Focused() == nil {
				s.View.Column = c.Name
			}
		}
	}
	return found
}

// Keep returns what selects the row again that is selected now.
func (s Selection) Keep() (restore func()) { return s.focus().Keep() }

// Scroll moves a part by rows, down when positive.
func (s Selection) Scroll(part intent.PaneName, rows int) { s.Rows(part).Scroll(rows) }

// Mark does an action that marks rows of the focused part.
func (s Selection) Mark(id intent.ActionID) { s.focus().Mark(id) }

// Marks counts the marked rows of the focused part.
func (s Selection) Marks() int { return s.focus().MarkCount() }

// ClearMarks removes the marks of the focused part.
func (s Selection) ClearMarks() { s.focus().ClearMarks() }

// Unmark removes the marks of what something was done to.
func (s Selection) Unmark(tickets []tracker.TicketID, stories []tracker.StoryID) {
	for _, id := range tickets {
		s.Tickets.List.Mark(id, false)
		s.Answer.List.Mark(id, false)
	}
	for _, c := range s.Stories {
		for _, id := range stories {
			c.List.Mark(id, false)
		}
	}
}

// NewPlace is where a new story goes: above the selected story where that is in the
// Icebox or not started yet in the Backlog, else to the top of what is not started,
// and from all other panes to the top of the Icebox. first is true on a first start, where
// nothing is shown.
func (s Selection) NewPlace(first bool) (to tracker.Place) {
	focus := s.View.Focus
	to.Column = tracker.Icebox
	if focus == intent.PaneBacklog && !first {
		to.Column = tracker.Backlog
	}
	c, ok := s.Story()
	if group := c.State.Group(); ok && s.Drop(focus) != nil && (group == tracker.GroupIcebox || group == tracker.GroupUnstarted) {
		to.Before = c.ID
	}
	return to
}
