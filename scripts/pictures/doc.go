// Command pictures draws the pictures of the board that stand in docs: it plays
// a morning's work on the real program with `storydesk demo` and writes what the
// screen shows as SVG. Run it from the top folder: go run ./scripts/pictures.
//
// Invariants:
//   - A picture is what the program showed, cell by cell: nothing is painted in
//     by hand, and nothing of the machine is on it.
//   - Every step waits for what the step before it brings.
//   - Columns stand straight whatever font the reader has: each run of text has
//     its place and its length, wide characters and symbols have a cell of their
//     own, and lines are drawn, not written.
//   - The same screen gives the same bytes. Ages on it differ from run to run.
package main
