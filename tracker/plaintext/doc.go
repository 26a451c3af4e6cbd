// Package plaintext makes text from strangers safe to draw, log or copy.
//
// Anyone with an e-mail address can write what a ticket says. Terminals obey
// escape sequences wherever they stand, and neither a renderer nor a stripper
// of colours removes all of them. [Line] and [Block] return text that is
// nothing but text.
//
// Invariants of every result:
//   - It is valid UTF-8. Each run of invalid bytes becomes one U+FFFD, and so
//     does every character that Unicode does not call graphic.
//   - It holds no control character (but the line feeds of a Block), no escape
//     sequence nor its payload, no bidirectional control, no invisible format
//     character. U+200C stays, for the scripts that need it; U+200D stays
//     on a letter of a script whose letters join, and between two symbols, where
//     it makes one emoji of them.
//   - A base carries at most [MaxMarks] combining marks; a line never starts
//     with one.
//   - It is no longer than [MaxLine] characters or [MaxBlock] bytes; what was
//     longer ends in "…".
//   - Made safe again, it stays as it is. Clean text is returned as it came,
//     without allocation.
package plaintext
