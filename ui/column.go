package ui

import (
	"fmt"
	"slices"

	"storydesk/ui/list"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// row is one line of a column: what a column must know of it.
type row[K comparable] interface {
	// rowKey is the row's identity; the zero value belongs to the drop line.
	rowKey() K
	// rowVersion changes whenever the row would be drawn differently.
	rowVersion() uint64
}

// filter is which rows a column shows, and what of them stands out.
type filter[R any] struct {
	// query is the filter as it was typed, empty for none.
	query string
	// keep lets rows through, nil all of them.
	keep func(r *R) bool
	// highlights are the offsets of the characters of a name that answer the
	// query; nil where none do.
	highlights func(name string) []int
}

// column is a list of the board: its rows, those that the filter shows, and
// where something would be dropped.
type column[K comparable, R row[K]] struct {
	name paneName
	list *list.List[K]
	all  []R
	// shown are the indices in all of the rows that are shown.
	shown  []int32
	filter filter[R]
	// hide leaves rows out besides the filter; nil leaves none out. hidden
	// counts them.
	hide   func(R) bool
	hidden int
	// dropAt is the index in shown before which the drop line stands, -1 for none.
	dropAt int
	// inset stands under one of the rows, nil for none.
	inset *inset[K]
	// dimmed are the rows that are being moved, tinted the one that has just
	// been, the zero value for none.
	dimmed []K
	tinted K
	// look is folded into all rows' versions: what they look like besides
	// themselves, such as the minute for ages.
	look uint64
	// lit is folded in too, for what the filter highlights.
	lit uint64
}

func newColumn[K comparable, R row[K]](name paneName) *column[K, R] {
	return &column[K, R]{name: name, list: list.New[K](), dropAt: -1}
}

// Len counts the rows that are shown, the drop line included.
func (c *column[K, R]) Len() int {
	n := len(c.shown)
	if c.inset != nil && c.inset.at >= 0 {
		n += len(c.inset.lines)
	}
	if c.dropAt >= 0 {
		n++
	}
	return n
}

// At tells of the i-th row that is shown.
func (c *column[K, R]) At(i int) list.Item[K] {
	if line, ok := c.insetLine(i); ok {
		return list.Item[K]{Key: c.inset.key(line), Version: c.inset.version, Caption: true}
	}
	r, ok := c.row(i)
	if !ok {
		return list.Item[K]{}
	}
	key := r.rowKey()
	version := r.rowVersion() ^ c.look<<40 ^ c.lit
	switch c.ground(key) {
	case theme.Dimmed:
		version = mix(version, "dimmed")
	case theme.Tinted:
		version = mix(version, "tinted")
	default:
	}
	return list.Item[K]{Key: key, Version: version}
}

// ground is what lies under a row that is not selected.
func (c *column[K, R]) ground(key K) theme.Ground {
	var none K
	switch {
	case slices.Contains(c.dimmed, key):
		return theme.Dimmed
	case key == c.tinted && key != none:
		return theme.Tinted
	}
	return theme.Plain
}

// row returns the i-th row that is shown; false at the drop line and at the inset.
func (c *column[K, R]) row(i int) (r R, ok bool) {
	if _, inset := c.insetLine(i); inset {
		return r, false
	}
	i -= c.insetAbove(i)
	if c.dropAt >= 0 && i >= c.dropAt {
		i--
		if i < c.dropAt {
			return r, false
		}
	}
	if i < 0 || i >= len(c.shown) {
		return r, false
	}
	return c.all[c.shown[i]], true
}

// set replaces the rows. The drop line stays above the row that it was above,
// else below the one that it was below.
func (c *column[K, R]) set(rows []R) {
	above, below := c.shownKey(c.dropAt-1), c.shownKey(c.dropAt)
	c.all = rows
	c.keepMarks()
	c.pickShown()
	if c.dropAt >= 0 {
		if i := c.indexOf(below); i >= 0 {
			c.dropAt = i
		} else if i := c.indexOf(above); i >= 0 {
			c.dropAt = i + 1
		}
	}
	c.renew()
}

// marks are the marked rows, shown or not.
func (c *column[K, R]) marks() []K {
	var keys []K
	for i := range c.all {
		if key := c.all[i].rowKey(); c.list.Marked(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// markFact says how many rows are marked, empty for none. Those
// that are not shown are not acted on.
func (c *column[K, R]) markFact() string {
	switch shown, all := c.list.MarkCount(), c.list.AllMarks(); {
	case all == 0:
		return ""
	case shown < all:
		return fmt.Sprintf("%s/%s marked", text.Count(shown), text.Count(all))
	default:
		return text.Count(all) + " marked"
	}
}

// keepMarks takes the marks away of rows that are gone.
func (c *column[K, R]) keepMarks() {
	here := make(map[K]bool)
	for _, r := range c.all {
		if key := r.rowKey(); c.list.Marked(key) {
			here[key] = true
		}
	}
	c.list.KeepMarks(func(key K) bool { return here[key] })
}

// shownKey is the key of the i-th row, the drop line left out; the zero value
// beyond the ends.
func (c *column[K, R]) shownKey(i int) (key K) {
	if i >= 0 && i < len(c.shown) {
		key = c.all[c.shown[i]].rowKey()
	}
	return key
}

// show shows only rows that a filter lets through.
func (c *column[K, R]) show(f filter[R]) {
	c.filter, c.lit = f, 0
	if f.highlights != nil {
		c.lit = mix(0, f.query)
	}
	c.narrow()
}

// narrow shows the rows that the filter lets through.
func (c *column[K, R]) narrow() {
	c.pickShown()
	c.renew()
}

func (c *column[K, R]) pickShown() {
	c.shown, c.hidden = c.shown[:0], 0
	for i := range c.all {
		switch r := &c.all[i]; {
		case c.hide != nil && c.hide(*r):
			c.hidden++
		case c.filter.keep == nil || c.filter.keep(r):
			c.shown = append(c.shown, int32(i))
		}
	}
}

// renew tells the list that the rows changed.
func (c *column[K, R]) renew() {
	if c.dropAt >= 0 {
		c.dropAt = min(c.dropAt, len(c.shown))
	}
	if c.inset != nil {
		c.inset.at = c.indexOf(c.inset.under)
	}
	c.list.SetSource(c)
}

// highlights are the offsets in a name of what the filter looks for.
func (c *column[K, R]) highlights(name string) []int {
	if c.filter.highlights == nil {
		return nil
	}
	return c.filter.highlights(name)
}

// selected is the row that the cursor is on.
func (c *column[K, R]) selected() (R, bool) { return c.row(c.list.Index()) }

// find returns a row by its key, shown or not.
func (c *column[K, R]) find(key K) (r R, ok bool) {
	for _, r := range c.all {
		if r.rowKey() == key {
			return r, true
		}
	}
	return r, false
}

// reveal selects the topmost of some rows, and clears a filter that hides one of
// them; false when none is there.
func (c *column[K, R]) reveal(keys ...K) bool {
	here := 0
	for i := range c.all {
		if slices.Contains(keys, c.all[i].rowKey()) {
			here++
		}
	}
	top, shown := c.topmost(keys)
	if shown < here {
		c.show(filter[R]{})
		top, shown = c.topmost(keys)
	}
	if shown == 0 {
		return false
	}
	if at, ok := c.list.Selected(); ok && at == top {
		return true
	}
	return c.list.SelectKey(top)
}

// topmost is the first of some rows that is shown, and how many of them are.
func (c *column[K, R]) topmost(keys []K) (top K, shown int) {
	for _, at := range c.shown {
		if key := c.all[at].rowKey(); slices.Contains(keys, key) {
			if shown == 0 {
				top = key
			}
			shown++
		}
	}
	return top, shown
}

// markOnly marks several rows and no others; a single one needs no mark.
func (c *column[K, R]) markOnly(keys []K) {
	if len(keys) < 2 {
		return
	}
	c.list.ClearMarks()
	for _, key := range keys {
		c.list.Mark(key, true)
	}
	c.keepMarks()
}

// move does an action that moves the cursor; false for all others.
func (c *column[K, R]) move(id actionID) bool {
	switch id {
	case actDown:
		c.list.Move(1)
	case actUp:
		c.list.Move(-1)
	case actTop:
		c.list.Top()
	case actBottom:
		c.list.Bottom()
	case actHalfDown:
		c.list.Half(1)
	case actHalfUp:
		c.list.Half(-1)
	case actPageDown:
		c.list.Page(1)
	case actPageUp:
		c.list.Page(-1)
	default:
		return false
	}
	return true
}

// line puts the drop line before the at-th row that is shown; -1 takes it
// away. The window stays where it is as long as the line is in it.
func (c *column[K, R]) line(at int) {
	c.dropAt = min(at, len(c.shown))
	if c.dropAt < 0 {
		c.list.SetSource(c)
		return
	}
	var dropLine K
	c.list.PickIn(c, dropLine)
}

// lineAtEdge is where the drop line stands on the first line of the window, or
// on its last one when edge is positive.
func (c *column[K, R]) lineAtEdge(edge int) int {
	first, end := c.list.Visible()
	switch {
	case edge < 0:
		return first
	case end < c.Len():
		return max(first, end-1)
	}
	return len(c.shown)
}

// indexOf is the place of a row among those shown, -1 when it is not there.
func (c *column[K, R]) indexOf(key K) int {
	for i, at := range c.shown {
		if c.all[at].rowKey() == key {
			return i
		}
	}
	return -1
}
