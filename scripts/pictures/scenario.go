package main

import "slices"

// The board's size in cells, and its height when a story shows all it has.
const boardWidth, boardHeight, storyHeight = 140, 30, 50

// The story of the demo that the pictures show, and the ticket of it whose customer
// has written again.
const (
	shownStory  = "S-8"
	shownTicket = "#1042"
)

// settled waits until the demo's comments have reached their tickets, all but the one
// whose ticket is closed, and so many tickets are new.
func settled(unseen string) []step {
	return []step{
		sees("◷20 waiting"), sees(unseen), passes(),
		sees("!1 parked"), loses("waiting"), loses("sending"), press("✓ 0s ago", "r"), sees(unseen),
	}
}

// board is the board with the cursor on a ticket that has a story.
func board(picture string) []step {
	return slices.Concat(settled("52 · 3 new"), []step{
		press("▌ O #1044", "j", "j", "j", "j"),
		press("▌ O "+shownTicket, "j", "j"),
		sees("╭─ " + shownTicket), sees("Conversation 6"),
		take(picture),
	})
}

// The moving picture's size in cells, and what becomes of a ticket in it.
const (
	filmWidth, filmHeight = 112, 24
	filmTicket            = "#1041"
)

// decision is a ticket that is dragged into the Backlog, its story that is started, and the
// private comment of that, confirmed.
func decision(picture string) []step {
	return slices.Concat(settled("52 · 4 new"), []step{
		point(filmTicket, 14), shoot(1.6),
		hold(), drag(6, 1), shoot(0.25), drag(18, 0), shoot(0.25),
		dragTo("Upgrade…"), sees(filmTicket + " → Backlog"), still(1.6),
		release("created from " + filmTicket), shoot(1.8),
		pointOn("Partial", "Start"), shoot(0.7), click("is started"), shoot(1.8),
		passes(), loses("◷1 waiting"), loses("sending"), shoot(1.2),
		press("sent · audit", "d"), shoot(3.5),
		show(picture),
	})
}

// morning goes on from the board: a comment on the story, what became of the comments,
// and the same board on a small terminal.
func morning() []step {
	return append(board("board.svg"),
		press("▌★  2 Refund page", "2", "g"),
		press("▌★  2 Export CSV", "j"),
		press("2 organisations wait", "enter"),
		resize(boardWidth, storyHeight, "── History"),
		press("New comment", "c"),
		press("a fix follows.", "It is the last page only: a fix follows."),
		press("Comments 2", "ctrl+s"), sees("waiting"), passes(),
		loses("waiting"), loses("sending"),
		take("story.svg"),
		press("2 Backlog", "esc"), loses("┏━ "+shownStory),
		press("Deliveries", "d"),
		resize(120, 24, "┗━"),
		take("deliveries.svg"),
		press("2 Backlog", "esc"),
		resize(80, 24, "⊘ Reject Accept"),
		take("narrow.svg"),
	)
}
