package list

import "testing"

func TestWindowFollows(t *testing.T) {
	for name, test := range map[string]struct {
		top, height, row, spare, want int
	}{
		"a row inside":                {0, 5, 2, 2, 0},
		"a row below":                 {0, 5, 5, 2, 3},
		"a row above":                 {6, 5, 5, 2, 3},
		"the first row":               {6, 5, 0, 2, 0},
		"the last row":                {0, 5, 9, 2, 5},
		"without rows to spare":       {0, 5, 5, 0, 1},
		"a window too low to spare":   {0, 2, 4, 2, 3},
		"before it was drawn":         {0, 0, 4, 2, 4},
		"a window higher than a list": {0, 20, 9, 2, 0},
	} {
		t.Run(name, func(t *testing.T) {
			w := window{rows: make(Items[int], 10), top: test.top, height: test.height}
			w.follow(test.row, test.spare)
			if w.top != test.want {
				t.Errorf("the window begins at %d, want %d", w.top, test.want)
			}
		})
	}
}

func TestWindowOfFewerRows(t *testing.T) {
	w := window{rows: make(Items[int], 10), height: 4}
	w.moveTo(99)
	if first, end := w.Visible(); first != 6 || end != 10 {
		t.Errorf("rows %d to %d are visible, want 6 to 10", first, end)
	}
	w.rows = make(Items[int], 3)
	w.moveTo(w.top)
	if first, end := w.Visible(); first != 0 || end != 3 {
		t.Errorf("rows %d to %d are visible, want 0 to 3", first, end)
	}
	if i, ok := w.IndexAt(3); ok {
		t.Errorf("row %d is on a line below the last", i)
	}
}
