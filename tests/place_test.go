package tests

import (
	"strings"
	"testing"
)

// Stories find their place by m and arrows, by J and K; u takes it back.
func TestPlaceByKeys(t *testing.T) {
	t.Parallel()
	x, list := withStories(t, 140)
	x.press("3", "g", "m")
	x.sees("S-3 → Icebox, where it is")
	x.press("down", "down")
	x.sees("S-3 → Icebox, above S-1", "━━▶ here")
	x.press("up", "down", "enter")
	x.sees("S-3 moved")
	if got := names(list("icebox")); got != "Banana, Apple, Cherry" {
		t.Fatalf("the Icebox holds %s", got)
	}
	x.press("m", "left", "G")
	x.sees("S-3 → Backlog, at the end")
	x.press("esc")
	x.loses("━━▶")
	x.press("J")
	x.until("Apple below Cherry", func(screen string) bool {
		return strings.Index(screen, "Cherry") < strings.Index(screen, "Apple")
	})
	x.press("K", "K")
	x.until("Apple above Banana", func(screen string) bool {
		return strings.Index(screen, "Apple") < strings.Index(screen, "Banana")
	})
	// The rows change places before that is saved.
	x.until("the order is saved", func(string) bool { return names(list("icebox")) == "Apple, Banana, Cherry" })
	x.press("u")
	x.sees("Undone:")
	if got := names(list("icebox")); got != "Banana, Apple, Cherry" {
		t.Errorf("after undo the Icebox holds %s", got)
	}
}

// A range and all rows are marked. A drag that rests at the edge of a column
// scrolls it to its end, and one that a dialogue interrupts drops nothing.
func TestMarkAllAndScrollAtTheEdge(t *testing.T) {
	t.Parallel()
	x, list := withStories(t, 140)
	x.press("1", "g", " ", "j", "j", "v")
	x.sees("4 marked")
	x.press("esc")
	x.loses("marked")
	x.press("ctrl+a", "i")
	x.sees("53 tickets: one story or one each?")
	x.press("e")
	x.sees("53 stories created from 53 tickets", " 56 ")
	x.press("3", "g")
	x.until("the new stories", func(screen string) bool {
		return strings.Contains(screen, "✉ 1") && !strings.Contains(screen, "Cherry")
	})
	x.press("G")
	x.sees("★  – Cherry")
	held := x.over("Cherry").down()
	held = held.drag(pointer{x, held.x, 2})
	x.sees("S-1 → Icebox, above S-5   release drops")
	held.up()
	x.sees("S-1 moved")
	if stories := list("icebox"); len(stories) != 56 || stories[0].Name != "Cherry" {
		t.Fatalf("the Icebox holds %s", names(stories))
	}

	// The row comes to its new place after the move was said.
	x.until("Cherry at the top", func(screen string) bool {
		return strings.Contains(strings.Split(screen, "\n")[2], "Cherry")
	})
	held = x.over("Cherry")
	away := pointer{x, held.x, held.y + 5}
	held.down().drag(away)
	x.sees("━━▶ here")
	x.press("\x1b[O") // the window loses the keyboard
	x.loses("━━▶")
	away.up()
	x.press("\x1b[I", "P"+held.bytes(0, 'M')+away.bytes(32, 'M')) // the projects come after the drag has begun
	x.sees("Open a project")
	away.up()
	x.press("esc")
	x.loses("Open a project")
	if got := list("icebox")[0].Name; got != "Cherry" {
		t.Errorf("a drag that was interrupted dropped: %s is the first", got)
	}
}
