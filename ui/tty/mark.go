package tty

import (
	"bytes"
	"strconv"
)

// An application program command carries a mark through the renderer, which
// hands on nothing else that could move the cursor, nor counts it as text.
// https://ecma-international.org/publications-and-standards/standards/ecma-48/
const (
	markBegins = "\x1b_storydesk:"
	markEnds   = "\x1b\\"
)

// Mark returns what stands before or after text whose width terminals disagree
// about: it becomes a number of blanks, in the colours of the place, and then a
// move to a column, counted from 0. Before the text it clears the room that is
// reserved and goes back to its beginning; after it, it goes to the end.
func Mark(blanks, column int) string {
	return markBegins + strconv.Itoa(blanks) + ";" + strconv.Itoa(column+1) + markEnds
}

// appendMoves appends s with its marks turned into what they stand for.
func appendMoves(to, s []byte) []byte {
	for {
		before, rest, marked := bytes.Cut(s, []byte(markBegins))
		to = append(to, before...)
		if !marked {
			return to
		}
		mark, rest, _ := bytes.Cut(rest, []byte(markEnds))
		first, column, _ := bytes.Cut(mark, []byte(";"))
		blanks, _ := strconv.Atoi(string(first)) // a mark is of our own making
		to = append(to, bytes.Repeat([]byte(" "), max(0, blanks))...)
		to = append(to, "\x1b["...)
		to = append(to, column...)
		to = append(to, 'G')
		s = rest
	}
}
