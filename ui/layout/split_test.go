package layout

import (
	"slices"
	"testing"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
)

// TestBoardLayoutFillsItsRoom sweeps sizes and states: the parts that are shown
// fill the room without overlapping, and the focused one is among them.
func TestBoardLayoutFillsItsRoom(t *testing.T) {
	var views []View
	table := Parts()
	for set := 1; set < 1<<len(table); set++ {
		var shown []intent.PaneName
		for i, p := range table {
			if set&(1<<i) != 0 {
				shown = append(shown, p.Name)
			}
		}
		for _, focus := range shown {
			for _, wide := range []Shares{nil, {focus: maxShare}, {focus: 1, intent.PaneBacklog: 1}} {
				views = append(views, View{Table: table, Focus: focus, Column: shown[len(shown)-1], Shown: shown, Shares: wide})
			}
		}
	}
	for w := 40; w <= 240; w++ {
		for _, v := range views {
			checkLayout(t, draw.Rect{X: 3, Y: 1, W: w, H: 20}, v)
		}
	}
}

func checkLayout(t *testing.T, room draw.Rect, v View) {
	t.Helper()
	l := Split(room, v)
	at, top := room.X, room.Y
	if !l.Strip.Empty() {
		top++
	}
	for _, p := range l.Parts {
		want := draw.Rect{X: at, Y: top, W: p.Rect.W, H: room.Y + room.H - top}
		if p.Rect != want || p.Rect.W < MinPart || !slices.Contains(v.Shown, p.Name) {
			t.Fatalf("%d columns, %+v: %s stands at %+v, want %+v", room.W, v, p.Name, p.Rect, want)
		}
		at += p.Rect.W
	}
	if at != room.X+room.W {
		t.Fatalf("%d columns, %+v: the parts end at %d", room.W, v, at)
	}
	if !slices.ContainsFunc(l.Parts, func(p Placed) bool { return p.Name == v.Focus }) {
		t.Fatalf("%d columns, %+v: the focused part is not shown", room.W, v)
	}
	if missing := len(l.Parts) < len(v.Shown); missing == (l.Strip.Empty() && l.Tab == "") {
		t.Fatalf("%d columns, %+v: %d parts are shown, the rest is not named", room.W, v, len(l.Parts))
	}
}
