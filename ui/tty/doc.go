// Package tty stands between the board and the terminal.
//
// Invariants:
//   - Writing never blocks for longer than patience, whether the terminal
//     reads or not. What it has not read yet is written when it does.
//   - A ctrl+c that is pressed is always read as one, also within a paste
//     whose end never came.
//   - The end of the input is reported once.
//   - A size is never larger than maxWidth × maxHeight.
//   - A mark made by [Mark] becomes blanks and a move to a column: what the
//     terminal makes of the text behind it cannot move what follows.
package tty
