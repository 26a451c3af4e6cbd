package list

// Item is a row of a list.
type Item[K comparable] struct {
	// Key tells the row from every other one in the list, captions included.
	Key K
	// Version changes whenever the row would be drawn differently.
	Version uint64
	// Caption is true for a row that cannot be selected, such as a rule with
	// the name of a section.
	Caption bool
}

// Source holds the rows of a list in their order.
type Source[K comparable] interface {
	// Len returns how many rows there are.
	Len() int
	// At returns the row at i, from 0 on. It must be cheap.
	At(i int) Item[K]
}

// Items is a Source that holds its rows.
type Items[K comparable] []Item[K]

// Len returns how many rows there are.
func (s Items[K]) Len() int { return len(s) }

// At returns the row at i.
func (s Items[K]) At(i int) Item[K] { return s[i] }

const (
	// scrollOff is how many rows stay visible beyond the cursor.
	scrollOff = 2
	// wheelStep is how many rows one notch of the wheel scrolls.
	wheelStep = 3
)

// List is a cursor, marks and a window over a Source. Make one with [New].
type List[K comparable] struct {
	source Source[K]
	cursor int // index of the selected row, -1 without one
	key    K   // its key
	top    int // index of the first visible row
	height int // rows of the window when it was last drawn
	marks  map[K]struct{}
	// marked are the marks of rows in the source, while counted is true.
	marked  []K
	counted bool
	anchor  K // where a range of marks starts
	shown   []K
	rows    cache[K]
	lines   []string
	blank   string // an empty line
	buf     []byte
}

// New makes an empty list.
func New[K comparable]() *List[K] {
	return &List[K]{source: Items[K]{}, cursor: -1, marks: map[K]struct{}{}}
}

// SetItems is SetSource with the rows at hand.
func (l *List[K]) SetItems(items []Item[K]) { l.SetSource(Items[K](items)) }

// SetSource replaces the rows. The cursor stays on its key and at its place on
// the screen; when the key is gone it goes to the nearest row that was drawn
// below it, else above it, and else stays where it was. Marks stay, those of
// rows that are gone too. Call it also when the rows of the present source changed.
func (l *List[K]) SetSource(source Source[K]) {
	had, was := l.cursor >= 0, l.cursor
	l.source, l.counted = source, false
	if had {
		l.cursor = l.survivor()
		l.top += l.cursor - was
	} else {
		l.cursor = 0
	}
	l.settle(1, 0)
}

// survivor returns the index where the cursor belongs in a new source.
func (l *List[K]) survivor() int {
	if i := l.index(l.key); i >= 0 {
		return i
	}
	rank := map[K]int{}
	for i, key := range l.neighbours() {
		rank[key] = i
	}
	best, at := len(rank), l.cursor
	for i := range l.source.Len() {
		if r, ok := rank[l.source.At(i).Key]; ok && r < best {
			best, at = r, i
		}
	}
	return at
}

// neighbours lists the keys that were drawn below the cursor and then those
// above it, the nearest first.
func (l *List[K]) neighbours() []K {
	place := -1
	for i, key := range l.shown {
		if key == l.key {
			place = i
		}
	}
	if place < 0 {
		return nil
	}
	keys := append([]K(nil), l.shown[place+1:]...)
	for i := place - 1; i >= 0; i-- {
		keys = append(keys, l.shown[i])
	}
	return keys
}

// Len returns how many rows there are, captions included.
func (l *List[K]) Len() int { return l.source.Len() }

// Selected returns the key that the cursor is on, and false without one.
func (l *List[K]) Selected() (key K, ok bool) { return l.key, l.cursor >= 0 }

// Index returns the cursor's index in the source, -1 without one.
func (l *List[K]) Index() int { return l.cursor }

// Visible returns the indices of the rows in the window: from first up to, not
// including, end.
func (l *List[K]) Visible() (first, end int) {
	return l.top, min(l.top+l.height, l.source.Len())
}

// IndexAt returns the index of the row that is drawn on line y of the window,
// and false when none is.
func (l *List[K]) IndexAt(y int) (i int, ok bool) {
	first, end := l.Visible()
	if y < 0 || first+y >= end {
		return 0, false
	}
	return first + y, true
}

// index returns the index of a key, -1 when it is not there.
func (l *List[K]) index(key K) int {
	for i := range l.source.Len() {
		if l.source.At(i).Key == key {
			return i
		}
	}
	return -1
}
