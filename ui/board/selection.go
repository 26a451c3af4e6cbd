package board

import (
	"slices"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/row"
)

// selection is the cursor and the marks in the columns: which rows an action is
// done to.
type selection struct{ *columns }

// story is the selected story, false on the tickets.
func (s selection) story() (tracker.Card, bool) {
	c := s.focused()
	if c == nil {
		return tracker.Card{}, false
	}
	r, ok := c.Selected()
	return r.Card, ok
}

// ticket is the selected ticket, false in a column of stories.
func (s selection) ticket() (row.Ticket, bool) {
	if s.view.Focus != intent.PaneTickets {
		return row.Ticket{}, false
	}
	return s.tickets.Selected()
}

// subjects are the stories that an action is done to: the marked ones, else the
// selected one. None on the tickets.
func (s selection) subjects() []tracker.Card {
	if cards := s.markedStories(); len(cards) > 0 {
		return cards
	}
	if c, ok := s.story(); ok {
		return []tracker.Card{c}
	}
	return nil
}

// markedStories are the marked stories of the focused column from top to bottom.
// What a filter hides is not acted on.
func (s selection) markedStories() []tracker.Card {
	c := s.focused()
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

// chosen are the marked tickets, else one that is selected.
func (s selection) chosen(t row.Ticket) []tracker.TicketID {
	if marks := s.tickets.List.Marks(); len(marks) > 0 {
		return marks
	}
	return []tracker.TicketID{t.ID}
}

// rowsOf are the rows of some tickets.
func (s selection) rowsOf(tickets []tracker.TicketID) []row.Ticket {
	rows := make([]row.Ticket, 0, len(tickets))
	for _, id := range tickets {
		if row, ok := s.tickets.Find(id); ok {
			rows = append(rows, row)
		}
	}
	return rows
}

// linkedOf are those of some tickets that have a story.
func (s selection) linkedOf(tickets []tracker.TicketID) []row.Ticket {
	return slices.DeleteFunc(s.rowsOf(tickets), func(t row.Ticket) bool { return t.Linked.ID == 0 })
}

// count is how many rows the focused part shows.
func (s selection) count() int {
	if c := s.focused(); c != nil {
		return c.List.Len()
	}
	return s.tickets.List.Len()
}

// move moves the cursor and reports whether it is on a story.
func (s selection) move(id intent.ActionID) bool {
	if c := s.focused(); c != nil {
		return c.Move(id)
	}
	s.tickets.Move(id)
	return false
}

// pick selects a row of the focused part and reports whether that shows stories.
func (s selection) pick(key any) bool {
	switch key := key.(type) {
	case tracker.TicketID:
		s.tickets.List.Pick(key)
	case tracker.StoryID:
		if c := s.focused(); c != nil {
			c.List.Pick(key)
			return true
		}
	}
	return false
}

// reach selects a row, clearing a filter that hides it, and reports whether it is
// there. Its part is shown already.
func (s selection) reach(row intent.SelectRow) bool {
	s.focus(row.Part)
	s.pick(row.Key)
	switch key := row.Key.(type) {
	case tracker.TicketID:
		return s.tickets.Reveal(key)
	case tracker.StoryID:
		c := s.focused()
		return c != nil && s.reveal(c, key)
	}
	return false
}

// reveal selects the topmost of some stories in a part. What a search does not
// find is not in its part.
func (s selection) reveal(c *storyColumn, ids ...tracker.StoryID) bool {
	if !s.record(c.Name).Searched {
		return c.Reveal(ids...)
	}
	top, shown := c.Topmost(ids)
	return shown > 0 && c.List.SelectKey(top)
}

// selectStory selects a story where it stands and returns its column, nil when
// it is in none.
func (s selection) selectStory(id tracker.StoryID) *storyColumn {
	var found *storyColumn
	for _, c := range s.drops() {
		if c.Reveal(id) {
			found = c
			if s.view.Focus == intent.PaneTickets {
				s.view.Column = c.Name
			}
		}
	}
	return found
}

// keep returns what selects the row again that is selected now.
func (s selection) keep() (restore func()) {
	if c := s.focused(); c != nil {
		key, _ := c.List.Selected()
		return func() { c.List.SelectKey(key) }
	}
	key, _ := s.tickets.List.Selected()
	return func() { s.tickets.List.SelectKey(key) }
}

// scroll moves a part by rows, down when positive.
func (s selection) scroll(part intent.PaneName, rows int) {
	if c := s.of(part); c != nil {
		c.List.ScrollBy(rows)
		return
	}
	s.tickets.List.ScrollBy(rows)
}

// mark does an action that marks rows of the focused part.
func (s selection) mark(id intent.ActionID) {
	if c := s.focused(); c != nil {
		c.Mark(id)
		return
	}
	s.tickets.Mark(id)
}

// marks counts the marked rows of the focused part.
func (s selection) marks() int {
	if c := s.focused(); c != nil {
		return c.List.MarkCount()
	}
	return s.tickets.List.MarkCount()
}

// clearMarks removes the marks of the focused part.
func (s selection) clearMarks() {
	if c := s.focused(); c != nil {
		c.List.ClearMarks()
		return
	}
	s.tickets.List.ClearMarks()
}

// unmark removes the marks of what something was done to.
func (s selection) unmark(tickets []tracker.TicketID, stories []tracker.StoryID) {
	for _, id := range tickets {
		s.tickets.List.Mark(id, false)
	}
	for _, c := range s.stories {
		for _, id := range stories {
			c.List.Mark(id, false)
		}
	}
}
