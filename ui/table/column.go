package table

import (
	"fmt"
	"math/bits"
	"slices"

	"storydesk/ui/intent"
	"storydesk/ui/list"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Mark does an action that marks rows; false for all others.
func (c *Column[K, R]) Mark(id intent.ActionID) bool {
	switch id {
	case intent.ActMark:
		c.List.ToggleMark()
		c.List.Move(1)
	case intent.ActMarkRange:
		c.List.MarkRange()
	case intent.ActMarkAll:
		c.List.MarkAll()
	default:
		return false
	}
	return true
}

// Row is one line of a column: what a column must know of it.
type Row[K comparable] interface {
	// RowKey is the row's identity; the zero value belongs to the drop line.
	RowKey() K
	// RowVersion changes whenever the row would be drawn differently.
	RowVersion() uint64
}

// Filter is which rows a column shows, and what of them stands out.
type Filter[R any] struct {
	// Query is the filter as it was typed, empty for none.
	Query string
	// Keep lets rows through, nil all of them.
	Keep func(r *R) bool
	// Highlights are the offsets of the characters of a name that answer the
	// query; nil where none do.
	Highlights func(name string) []int
}

// Column is a list of rows: all of them, those that the filter shows, and where
// something would be dropped.
type Column[K comparable, R Row[K]] struct {
	Name intent.PaneName
	List *list.List[K]
	All  []R
	// Shown are the indices in all of the rows that are shown.
	Shown  []int32
	Filter Filter[R]
	// Hide leaves rows out besides the filter; nil leaves none out. hidden
	// counts them.
	Hide   func(R) bool
	Hidden int
	lines[K]
	// Dimmed are the rows that are being moved, tinted the one that has just
	// been, the zero value for none.
	Dimmed []K
	Tinted K
	// Look is folded into all rows' versions: what they look like besides
	// themselves, such as the minute for ages.
	Look uint64
	// lit is folded in too, for what the filter highlights.
	lit uint64
}

// NewColumn makes a column without rows.
func NewColumn[K comparable, R Row[K]](name intent.PaneName) *Column[K, R] {
	return &Column[K, R]{Name: name, List: list.New[K](), lines: lines[K]{DropAt: -1}}
}

// Len counts the rows that are shown, the drop line and captions included.
func (c *Column[K, R]) Len() int {
	n := len(c.Shown) + len(c.sections.shown)
	if c.Inset != nil && c.Inset.At >= 0 {
		n += len(c.Inset.Lines)
	}
	if c.DropAt >= 0 {
		n++
	}
	return n
}

// At returns the i-th row that is shown.
func (c *Column[K, R]) At(i int) list.Item[K] {
	if _, section := c.bare(i); section != nil {
		return list.Item[K]{Key: section.Key, Version: section.Version, Caption: true}
	}
	if line, ok := c.InsetLine(i); ok {
		return list.Item[K]{Key: c.Inset.Key(line), Version: c.Inset.Version, Caption: true}
	}
	r, ok := c.Row(i)
	if !ok {
		return list.Item[K]{}
	}
	key := r.RowKey()
	version := r.RowVersion() ^ bits.RotateLeft64(c.Look, 40) ^ c.lit
	if ground := c.Ground(key); ground != theme.Plain {
		version = Version([2]uint64{version, uint64(ground)})
	}
	return list.Item[K]{Key: key, Version: version}
}

// Ground is what lies under a row that is not selected.
func (c *Column[K, R]) Ground(key K) theme.Ground {
	var none K
	switch {
	case slices.Contains(c.Dimmed, key):
		return theme.Dimmed
	case key == c.Tinted && key != none:
		return theme.Tinted
	}
	return theme.Plain
}

// Row returns the row at index i of the list; false at the drop line, at the inset and
// at a caption.
func (c *Column[K, R]) Row(i int) (r R, ok bool) {
	if i < 0 {
		return r, false
	}
	above := c.InsetAbove(i)
	i, section := c.bare(i)
	if _, inset := c.insetLine(i); inset || section != nil {
		return r, false
	}
	i -= above
	if c.DropAt >= 0 && i >= c.DropAt {
		i--
		if i < c.DropAt {
			return r, false
		}
	}
	if i < 0 || i >= len(c.Shown) {
		return r, false
	}
	return c.All[c.Shown[i]], true
}

// Set replaces the rows, with captions above runs of them in their order. The drop line stays above the row that it was above,
// else below the one that it was below.
func (c *Column[K, R]) Set(rows []R, captioned ...Section[K]) {
	above, below := c.ShownKey(c.DropAt-1), c.ShownKey(c.DropAt)
	c.All, c.sections.all = rows, captioned
	c.KeepMarks()
	c.pickShown()
	if c.DropAt >= 0 {
		if i := c.IndexOf(below); i >= 0 {
			c.DropAt = i
		} else if i := c.IndexOf(above); i >= 0 {
			c.DropAt = i + 1
		}
	}
	c.Renew()
}

// Marks are the marked rows, shown or not.
func (c *Column[K, R]) Marks() []K {
	var keys []K
	for i := range c.All {
		if key := c.All[i].RowKey(); c.List.Marked(key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// MarkFact says how many rows are marked, empty for none. Those
// that are not shown are not acted on.
func (c *Column[K, R]) MarkFact() string {
	switch shown, all := c.List.MarkCount(), c.List.AllMarks(); {
	case all == 0:
		return ""
	case shown < all:
		return fmt.Sprintf("%s/%s marked", text.Count(shown), text.Count(all))
	default:
		return text.Count(all) + " marked"
	}
}

// KeepMarks unmarks the rows that are gone.
func (c *Column[K, R]) KeepMarks() {
	here := make(map[K]bool)
	for _, r := range c.All {
		if key := r.RowKey(); c.List.Marked(key) {
			here[key] = true
		}
	}
	c.List.KeepMarks(func(key K) bool { return here[key] })
}

// ShownKey is the key of the i-th row, the drop line left out; the zero value
// beyond the ends.
func (c *Column[K, R]) ShownKey(i int) (key K) {
	if i >= 0 && i < len(c.Shown) {
		key = c.All[c.Shown[i]].RowKey()
	}
	return key
}

// Show shows only rows that a filter lets through.
func (c *Column[K, R]) Show(f Filter[R]) {
	c.Filter, c.lit = f, 0
	if f.Highlights != nil {
		c.lit = Text(f.Query)
	}
	c.Narrow()
}

// Narrow shows the rows that the filter lets through.
func (c *Column[K, R]) Narrow() {
	c.pickShown()
	c.Renew()
}

func (c *Column[K, R]) pickShown() {
	c.Shown, c.Hidden = c.Shown[:0], 0
	for i := range c.All {
		switch r := &c.All[i]; {
		case c.Hide != nil && c.Hide(*r):
			c.Hidden++
		case c.Filter.Keep == nil || c.Filter.Keep(r):
			c.Shown = append(c.Shown, int32(i))
		}
	}
	c.sections.pick(c.Shown, len(c.Shown) < len(c.All))
}

// Renew tells the list that the rows changed.
func (c *Column[K, R]) Renew() {
	if c.DropAt >= 0 {
		c.DropAt = min(c.DropAt, len(c.Shown))
	}
	if c.Inset != nil {
		c.Inset.At = c.IndexOf(c.Inset.Under)
	}
	c.List.SetSource(c)
}

// Highlights are the offsets in a name of what the filter looks for.
func (c *Column[K, R]) Highlights(name string) []int {
	if c.Filter.Highlights == nil {
		return nil
	}
	return c.Filter.Highlights(name)
}

// Selected is the row that the cursor is on.
func (c *Column[K, R]) Selected() (R, bool) { return c.Row(c.List.Index()) }

// Find returns a row by its key, shown or not.
func (c *Column[K, R]) Find(key K) (r R, ok bool) {
	for _, r := range c.All {
		if r.RowKey() == key {
			return r, true
		}
	}
	return r, false
}

// Reveal selects the topmost of some rows, and clears a filter that hides one of
// them; false when none is there.
func (c *Column[K, R]) Reveal(keys ...K) bool {
	here := 0
	for i := range c.All {
		if slices.Contains(keys, c.All[i].RowKey()) {
			here++
		}
	}
	top, shown := c.Topmost(keys)
	if shown < here {
		c.Show(Filter[R]{})
		top, shown = c.Topmost(keys)
	}
	if shown == 0 {
		return false
	}
	if at, ok := c.List.Selected(); ok && at == top {
		return true
	}
	return c.List.SelectKey(top)
}

// Topmost is the first of some rows that is shown, and how many of them are.
func (c *Column[K, R]) Topmost(keys []K) (top K, shown int) {
	for _, at := range c.Shown {
		if key := c.All[at].RowKey(); slices.Contains(keys, key) {
			if shown == 0 {
				top = key
			}
			shown++
		}
	}
	return top, shown
}

// MarkOnly marks several rows and no others; a single one needs no mark.
func (c *Column[K, R]) MarkOnly(keys []K) {
	if len(keys) < 2 {
		return
	}
	c.List.ClearMarks()
	for _, key := range keys {
		c.List.Mark(key, true)
	}
	c.KeepMarks()
}

// Move does an action that moves the cursor; false for all others.
func (c *Column[K, R]) Move(id intent.ActionID) bool {
	switch id {
	case intent.ActDown:
		c.List.Move(1)
	case intent.ActUp:
		c.List.Move(-1)
	case intent.ActTop:
		c.List.Top()
	case intent.ActBottom:
		c.List.Bottom()
	case intent.ActHalfDown:
		c.List.Half(1)
	case intent.ActHalfUp:
		c.List.Half(-1)
	case intent.ActPageDown:
		c.List.Page(1)
	case intent.ActPageUp:
		c.List.Page(-1)
	default:
		return false
	}
	return true
}

// Line puts the drop line before the at-th row that is shown; -1 takes it
// away. The window stays where it is as long as the line is in it.
func (c *Column[K, R]) Line(at int) {
	c.DropAt = min(at, len(c.Shown))
	if c.DropAt < 0 {
		c.List.SetSource(c)
		return
	}
	var dropLine K
	c.List.PickIn(c, dropLine)
}

// LineAtEdge is where the drop line stands on the first line of the window, or
// on its last one when edge is positive.
func (c *Column[K, R]) LineAtEdge(edge int) int {
	first, end := c.List.Visible()
	switch {
	case edge < 0:
		at, _ := c.bare(first)
		return at
	case end < c.Len():
		at, _ := c.bare(max(first, end-1))
		return at
	}
	return len(c.Shown)
}

// IndexOf is the place of a row among those shown, -1 when it is not there.
func (c *Column[K, R]) IndexOf(key K) int {
	for i, at := range c.Shown {
		if c.All[at].RowKey() == key {
			return i
		}
	}
	return -1
}
