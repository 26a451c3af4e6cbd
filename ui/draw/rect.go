package draw

// Rect is a rectangle of cells. One with no width or no height is not shown.
type Rect struct{ X, Y, W, H int }

// Empty reports whether there is no cell in it.
func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

func (r Rect) contains(x, y int) bool {
	return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H
}

// Inside cuts one cell off every side: the room inside a border.
func (r Rect) Inside() Rect {
	return Rect{r.X + 1, r.Y + 1, max(0, r.W-2), max(0, r.H-2)}
}

// Row is the i-th line of r.
func (r Rect) Row(i int) Rect { return Rect{r.X, r.Y + i, r.W, min(1, max(0, r.H-i))} }

// Centre returns a rectangle of at most w×h in the middle of r.
func (r Rect) Centre(w, h int) Rect {
	w, h = min(w, r.W), min(h, r.H)
	return Rect{r.X + (r.W-w)/2, r.Y + (r.H-h)/2, w, h}
}
