package list

// List is a cursor, marks and a window over a Source. Make one with [New].
type List[K comparable] struct {
	window
	marks[K]
	source Source[K]
	cursor int // index of the selected row, -1 without one
	key    K   // its key
	drawn  drawing[K]
}

// New makes an empty list.
func New[K comparable]() *List[K] {
	none := Items[K]{}
	return &List[K]{source: none, window: window{rows: none}, marks: newMarks(none), cursor: -1}
}

// SetItems is SetSource with the rows at hand.
func (l *List[K]) SetItems(items []Item[K]) { l.SetSource(Items[K](items)) }

// SetSource replaces the rows. The cursor stays on its key and at its place on
// the screen; when the key is gone it goes to the nearest row that was drawn
// below it, else above it, and else stays where it was. Marks stay, those of
// rows that are gone too. Call it also when the rows of the present source changed.
func (l *List[K]) SetSource(source Source[K]) {
	had, was := l.cursor >= 0, l.cursor
	l.replace(source)
	if had {
		l.cursor = l.survivor()
		l.top += l.cursor - was
	} else {
		l.cursor = 0
	}
	l.settle(1, 0)
}

func (l *List[K]) replace(source Source[K]) {
	l.source, l.rows = source, source
	l.over(source)
}

// survivor returns the index where the cursor belongs in a new source.
func (l *List[K]) survivor() int {
	if i := indexOf(l.source, l.key); i >= 0 {
		return i
	}
	order := map[K]int{}
	for i, key := range l.drawn.around(l.key) {
		order[key] = i
	}
	best, at := len(order), l.cursor
	for i := range l.source.Len() {
		if n, ok := order[l.source.At(i).Key]; ok && n < best {
			best, at = n, i
		}
	}
	return at
}

// Len returns how many rows there are, captions included.
func (l *List[K]) Len() int { return l.source.Len() }

// Selected returns the key that the cursor is on, and false without one.
func (l *List[K]) Selected() (key K, ok bool) { return l.key, l.cursor >= 0 }

// Index returns the cursor's index in the source, -1 without one.
func (l *List[K]) Index() int { return l.cursor }

// ToggleMark marks or unmarks the selected row, which is where a later range
// starts.
func (l *List[K]) ToggleMark() {
	if key, ok := l.Selected(); ok {
		l.toggle(key)
	}
}

// MarkRange marks the rows from the last one that was toggled to the selected
// one. Without such a row it marks the selected one.
func (l *List[K]) MarkRange() {
	if l.cursor >= 0 {
		l.extend(l.cursor)
	}
}

// settle makes the invariants hold after the cursor or the rows changed: the
// cursor goes to the nearest selectable row, looking first the way it moved,
// and the window follows it so that spare rows stay visible beyond it.
func (l *List[K]) settle(direction, spare int) {
	l.cursor = nearest(l.source, min(max(l.cursor, 0), l.source.Len()-1), direction)
	if l.cursor < 0 {
		var none K
		l.key = none
		l.moveTo(l.top)
		return
	}
	l.key = l.source.At(l.cursor).Key
	l.follow(l.cursor, spare)
}
