package ui

import (
	"slices"
	"testing"

	"storydesk/tracker"
)

// TestBoardLayoutFillsItsRoom sweeps sizes and states: the parts that are shown
// fill the room without overlapping, and the focused one is among them.
func TestBoardLayoutFillsItsRoom(t *testing.T) {
	var views []boardView
	table := boardParts()
	for set := 1; set < 1<<len(table); set++ {
		var shown []paneName
		for i, p := range table {
			if set&(1<<i) != 0 {
				shown = append(shown, p.name)
			}
		}
		for _, focus := range shown {
			for _, wide := range []shares{nil, {focus: maxShare}, {focus: 1, paneBacklog: 1}} {
				views = append(views, boardView{table: table, focus: focus, column: shown[len(shown)-1], shown: shown, shares: wide})
			}
		}
	}
	for w := minWidth; w <= 240; w++ {
		for _, v := range views {
			checkLayout(t, rect{3, 1, w, 20}, v)
		}
	}
}

func checkLayout(t *testing.T, room rect, v boardView) {
	t.Helper()
	l := layoutBoard(room, v)
	at, top := room.x, room.y
	if !l.strip.empty() {
		top++
	}
	for _, p := range l.parts {
		want := rect{at, top, p.rect.w, room.y + room.h - top}
		if p.rect != want || p.rect.w < minPart || !slices.Contains(v.shown, p.name) {
			t.Fatalf("%d columns, %+v: %s stands at %+v, want %+v", room.w, v, p.name, p.rect, want)
		}
		at += p.rect.w
	}
	if at != room.x+room.w {
		t.Fatalf("%d columns, %+v: the parts end at %d", room.w, v, at)
	}
	if l.part(v.focus).empty() {
		t.Fatalf("%d columns, %+v: the focused part is not shown", room.w, v)
	}
	if missing := len(l.parts) < len(v.shown); missing == (l.strip.empty() && l.tab == "") {
		t.Fatalf("%d columns, %+v: %d parts are shown, the rest is not named", room.w, v, len(l.parts))
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

func TestCoveringCutsWhatLiesBelow(t *testing.T) {
	line := splice(nil, span{0, 10, "0123456789"})
	line = splice(line, span{3, 4, "abcd"})
	got := ""
	for _, s := range line {
		got += s.text
	}
	if got != "012abcd789" {
		t.Errorf("covered line is %q", got)
	}
	// Half of a wide character cannot be drawn.
	line = splice(splice(nil, span{0, 6, "漢字漢"}), span{1, 2, "ab"})
	got = ""
	for _, s := range line {
		got += s.text
	}
	if got != " ab 漢" {
		t.Errorf("covered wide characters are %q", got)
	}
}
