package ui

import (
	"slices"
	"testing"

	"storydesk/tracker"
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

func TestPlaceBetween(t *testing.T) {
	card := func(id tracker.StoryID, s tracker.State) *tracker.Card { return &tracker.Card{ID: id, State: s} }
	accepted, started, unstarted, ice := card(1, tracker.Accepted), card(2, tracker.Started), card(3, tracker.Unstarted), card(4, tracker.Unscheduled)
	for _, c := range []struct {
		name         string
		above, below *tracker.Card
		group        tracker.Group
		want         tracker.Place
		refused      bool
	}{
		{"above one of its group", nil, unstarted, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog, Before: 3}, false},
		{"below one of its group", unstarted, nil, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog, After: 3}, false},
		{"the first of its group", started, nil, tracker.GroupUnstarted, tracker.Place{Column: tracker.Backlog}, false},
		{"started work below accepted", accepted, unstarted, tracker.GroupInProgress, tracker.Place{Column: tracker.Backlog}, false},
		{"what is not started above started work", nil, started, tracker.GroupUnstarted, tracker.Place{}, true},
		{"started work below what is not", unstarted, nil, tracker.GroupInProgress, tracker.Place{}, true},
		{"an empty Icebox", nil, nil, tracker.GroupIcebox, tracker.Place{Column: tracker.Icebox}, false},
		{"in the Icebox", ice, nil, tracker.GroupIcebox, tracker.Place{Column: tracker.Icebox, After: 4}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, reason := placeBetween(c.above, c.below, c.group)
			if got != c.want || (reason != "") != c.refused {
				t.Errorf("placeBetween = %+v, %q; want %+v, refused %v", got, reason, c.want, c.refused)
			}
		})
	}
}
