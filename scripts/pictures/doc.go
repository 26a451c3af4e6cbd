// Command pictures draws the pictures of the board that stand in docs: it plays
// a morning's work on the real program with `storydesk demo` and writes what the
// screen shows as SVG, one of them moving. Run it from the top folder: go run ./scripts/pictures.
//
// Invariants:
//   - A picture is what the program showed, cell by cell: nothing is painted in
//     by hand, and nothing of the machine is on it.
//   - Every step waits for what the step before it brings.
//   - Columns stand straight whatever font the reader has: each run of text has
//     its place and its length, wide characters and symbols have a cell of their
//     own, and lines are drawn, not written.
//   - The same screen gives the same bytes. The demo is that of package program, whose clock
//     is told when to go, so that a picture is the same on every day; -check compares new
//     ones with those in docs.
//   - The moving picture is screens of a session one after the other. The mouse's pointer
//     alone is drawn by this command, where the program was told that it is.
package main
