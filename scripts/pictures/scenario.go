package main

import (
	"fmt"
	"slices"
)

// The board's size in cells, and its height when a story shows all it has.
const boardWidth, boardHeight, storyHeight = 140, 30, 50

// triage brings tickets into the columns, those of the Backlog from the last
// to the first.
func triage() []step {
	steps := []step{sees("#1048")}
	choices := []struct{ subject, key string }{
		{"Dark mode for reports", "i"},
		{"SCIM", "i"},
		{"Invitation e-mails", "i"},
		{"Webhook is sent twice", "i"},
		{"Push notifications", "i"},
		{"Balance sheet", "i"},
		{"Avatar upload", "i"},
		{"Session ends", "b"},
		{"Direct debit", "b"},
		{"VAT number", "b"},
		{"Widget shows", "b"},
		{"Credit notes", "b"},
		{"Refund page", "b"},
		{"Profit and loss", "b"},
		{"Charged twice", "b"},
		{"Login loops", "b"},
		{"Read-only role", "b"},
		{"App crashes", "b"},
	}
	for i, c := range choices {
		steps = append(steps,
			press("1 of 53", "/", c.subject, "enter"),
			press(fmt.Sprintf("S-%d created", i+1), c.key),
			press("━ 53 ━", "esc"),
		)
	}
	// Two tickets of one cause make one story.
	return append(steps,
		press("▌N #1048", "g"),
		press("▌N #1047", "j"),
		press("1 marked", "space"),
		press("▌O #1042", "j", "j", "j", "j"),
		press("2 marked", "space"),
		press("one story or one each", "b"),
		press("S-19 created", "o"),
		sees("●  · Export fails"), // its row, which the cursor is to go to
	)
}

// work estimates and starts stories, and goes back to the first.
func work() []step {
	return []step{
		press("▌●  · Export fails", "2", "g"),
		press("S-19 is started", "s"),
		press("▌●  · App crashes", "j"),
		press("S-18 is started", "s"),
		press("S-18 is finished", "s"),
		press("▌★  – Read-only role", "j"),
		press("Points of S-17", "p"),
		press("★  3 Read-only role", "3"),
		press("S-17 is started", "s"),
		press("▌●  · Login loops", "j"),
		press("▌●  · Charged twice", "j"),
		press("▌★  – Profit and loss", "j"),
		press("Points of S-14", "p"),
		press("★  2 Profit and loss", "2"),
		press("▌●  · Export fails", "g"),
	}
}

// board is the board when the comments have reached their tickets.
func board(picture string) []step {
	return slices.Concat(triage(), work(), []step{
		loses("S-17 is started"), loses("waiting"), loses("sending"),
		take(picture),
	})
}

// morning goes on from the board: a comment on the first story, what became of
// the comments, and the same board on a small terminal.
func morning() []step {
	return append(board("board.svg"),
		press("2 organisations wait", "enter"),
		resize(boardWidth, storyHeight, "── History"),
		press("New comment", "c"),
		press("last page.", "Found it: the cursor closes before the last page."),
		press("Comments 1", "ctrl+s"),
		seesTwice("✓ #1047"), seesTwice("✓ #1042"), loses("waiting"), loses("sending"),
		take("story.svg"),
		press("2 Backlog", "esc"), loses("┏━ S-19"),
		press("Deliveries", "d"),
		resize(100, 14, "┗━"),
		take("deliveries.svg"),
		press("2 Backlog", "esc"),
		resize(80, 24, "Charged twice for… Start"),
		take("narrow.svg"),
	)
}
