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

// indexOf returns the index of a key, -1 when it is not there.
func indexOf[K comparable](s Source[K], key K) int {
	for i := range s.Len() {
		if s.At(i).Key == key {
			return i
		}
	}
	return -1
}

// nearest returns the selectable row nearest to i, -1 when there is none. It
// looks first where direction points.
func nearest[K comparable](s Source[K], i, direction int) int {
	step := 1
	if direction < 0 {
		step = -1
	}
	for _, step := range []int{step, -step} {
		for at := i; at >= 0 && at < s.Len(); at += step {
			if !s.At(at).Caption {
				return at
			}
		}
	}
	return -1
}
