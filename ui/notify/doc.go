// Package notify finds what has happened to the tickets of views, and announces it by
// the terminal's bell or a notification of the desktop.
//
// Invariants:
//   - What was there at the start is never announced, nor what is loaded later of a
//     view that was read in part.
//   - What happens in one reading is announced once, however much it is.
//   - Texts of strangers are short, are one line and hold no control characters.
package notify
