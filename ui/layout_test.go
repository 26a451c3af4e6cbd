package ui

import (
	"testing"

	"storydesk/tracker"
)

// TestBoardLayoutFillsItsRoom sweeps sizes and states: the parts that are shown
// fill the room without overlapping, and the focused one is among them.
func TestBoardLayoutFillsItsRoom(t *testing.T) {
	for w := minWidth; w <= 240; w++ {
		for _, v := range []boardView{
			{focus: paneTickets, column: paneBacklog}, {focus: paneTickets, column: paneIcebox},
			{focus: paneBacklog, column: paneBacklog}, {focus: paneIcebox, column: paneIcebox},
			{focus: paneBacklog, column: paneBacklog, noTickets: true}, {focus: paneIcebox, column: paneIcebox, noTickets: true},
			{focus: paneTickets, column: paneBacklog, shares: shares{1, maxShare, 1}}, {focus: paneIcebox, column: paneIcebox, shares: even()},
		} {
			room := rect{3, 1, w, 20}
			l := layoutBoard(room, v)
			cells := 0
			for _, part := range []rect{l.strip, l.tickets, l.backlog, l.icebox} {
				if !part.empty() {
					cells += part.w * part.h
				}
			}
			if cells != room.w*room.h {
				t.Fatalf("%d columns, %+v: the parts cover %d of %d cells: %+v", w, v, cells, room.w*room.h, l)
			}
			for _, part := range l.shown() {
				if at := l.part(part); at.w < minPart || at.x < room.x || at.x+at.w > room.x+room.w {
					t.Fatalf("%d columns, %+v: %s stands at %+v", w, v, part, *at)
				}
			}
			if l.part(v.focus).empty() {
				t.Fatalf("%d columns, %+v: the focused part is not shown", w, v)
			}
			if v.noTickets && !l.tickets.empty() {
				t.Fatalf("%d columns: hidden tickets are shown", w)
			}
		}
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
