package ui

import (
	"slices"
	"testing"

	"storydesk/ui/draw"
	"storydesk/ui/intent"
)

// TestBoardLayoutFillsItsRoom sweeps sizes and states: the parts that are shown
// fill the room without overlapping, and the focused one is among them.
func TestBoardLayoutFillsItsRoom(t *testing.T) {
	var views []boardView
	table := boardParts()
	for set := 1; set < 1<<len(table); set++ {
		var shown []intent.PaneName
		for i, p := range table {
			if set&(1<<i) != 0 {
				shown = append(shown, p.name)
			}
		}
		for _, focus := range shown {
			for _, wide := range []shares{nil, {focus: maxShare}, {focus: 1, intent.PaneBacklog: 1}} {
				views = append(views, boardView{table: table, focus: focus, column: shown[len(shown)-1], shown: shown, shares: wide})
			}
		}
	}
	for w := minWidth; w <= 240; w++ {
		for _, v := range views {
			checkLayout(t, draw.Rect{X: 3, Y: 1, W: w, H: 20}, v)
		}
	}
}

func checkLayout(t *testing.T, room draw.Rect, v boardView) {
	t.Helper()
	l := layoutBoard(room, v)
	at, top := room.X, room.Y
	if !l.strip.Empty() {
		top++
	}
	for _, p := range l.parts {
		want := draw.Rect{X: at, Y: top, W: p.rect.W, H: room.Y + room.H - top}
		if p.rect != want || p.rect.W < minPart || !slices.Contains(v.shown, p.name) {
			t.Fatalf("%d columns, %+v: %s stands at %+v, want %+v", room.W, v, p.name, p.rect, want)
		}
		at += p.rect.W
	}
	if at != room.X+room.W {
		t.Fatalf("%d columns, %+v: the parts end at %d", room.W, v, at)
	}
	if l.part(v.focus).Empty() {
		t.Fatalf("%d columns, %+v: the focused part is not shown", room.W, v)
	}
	if missing := len(l.parts) < len(v.shown); missing == (l.strip.Empty() && l.tab == "") {
		t.Fatalf("%d columns, %+v: %d parts are shown, the rest is not named", room.W, v, len(l.parts))
	}
}
