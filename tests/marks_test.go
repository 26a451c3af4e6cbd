package tests

import (
	"slices"
	"strings"
	"testing"
)

// Keys mark stories, one question starts them, and one undo takes them back.
func TestMarkedStoriesByKeys(t *testing.T) {
	x, list := withStories(t, 140)
	x.press("3", "g")
	x.sees("3 Icebox ━", "▌★  – Apple")
	x.press(" ", " ")
	x.sees("2 marked · 3")
	x.press("b")
	x.sees("Move 2 stories to the Backlog?", "y yes")
	x.press("y")
	x.sees("2 stories are in the Backlog · u undo")
	if got := names(list("backlog")); got != "Apple, Banana, Walnut" {
		t.Fatalf("the Backlog holds %s", got)
	}
	x.press("u")
	x.sees("Undone: 2 stories scheduled")
	if got := names(list("icebox")); got != "Apple, Banana, Cherry" {
		t.Errorf("after undo the Icebox holds %s", got)
	}

	// Several tickets become a story each.
	x.press("1", " ", " ", "i")
	x.sees("2 tickets: one story or one each?")
	x.press("e")
	x.sees("2 stories created from 2 tickets")
	icebox := list("icebox")
	if len(icebox) != 5 || slices.ContainsFunc(icebox[:2], func(s storyJSON) bool { return len(s.Tickets) != 1 }) {
		t.Errorf("the Icebox holds %+v", icebox)
	}
}

// The bytes of a mouse drag marked stories together into the other column.
func TestMouseDragsMarkedStories(t *testing.T) {
	x, list := withStories(t, 140)
	x.press("3", "g", " ", "j", " ")
	x.sees("2 marked · 3")
	held := x.over("Cherry").down().drag(x.over("Walnut"))
	x.sees("2 stories → Backlog, above S-4   release drops", "━━▶ here")
	x.press("esc")
	x.until("the end of the drag", func(screen string) bool { return !strings.Contains(screen, "━━▶") })
	held.up()
	x.sees("2 marked · 3")

	held = x.over("Apple").down().drag(x.over("Walnut"))
	x.sees("2 stories → Backlog, above S-4")
	held.up()
	x.sees("2 stories moved · u undo")
	if got := names(list("backlog")); got != "Apple, Cherry, Walnut" {
		t.Errorf("the Backlog holds %s", got)
	}
	if got := names(list("icebox")); got != "Banana" {
		t.Errorf("the Icebox holds %s", got)
	}
}
