package columns

import "storydesk/ui/table"

// rowsOf are the rows of one part.
type rowsOf[K comparable, R table.Row[K]] struct{ *table.Column[K, R] }

// Query is the filter as it was typed, empty for none.
func (c rowsOf[K, R]) Query() string { return c.Filter.Query }

// Counts returns how many rows are shown, and how many there are.
func (c rowsOf[K, R]) Counts() (shown, all int) { return len(c.Shown), len(c.All) }

// CursorLine is the line of the rows on which the cursor is drawn.
func (c rowsOf[K, R]) CursorLine() int { return c.List.Line() }

// Count is how many lines are shown.
func (c rowsOf[K, R]) Count() int { return c.List.Len() }

// Keep returns what selects the row again that is selected now.
func (c rowsOf[K, R]) Keep() (restore func()) {
	key, _ := c.List.Selected()
	return func() { c.List.SelectKey(key) }
}

// Scroll moves the rows, down when positive.
func (c rowsOf[K, R]) Scroll(rows int) { c.List.ScrollBy(rows) }

// MarkCount counts the marked rows that are shown.
func (c rowsOf[K, R]) MarkCount() int { return c.List.MarkCount() }

// ClearMarks removes all marks.
func (c rowsOf[K, R]) ClearMarks() { c.List.ClearMarks() }
