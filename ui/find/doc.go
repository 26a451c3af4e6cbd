// Package find is the screen that searches the project's stories and tickets by what is
// written in them.
//
// Invariants:
//   - A search runs beside the program; a newer one ends it, and what comes of an older
//     one is not shown.
//   - Stories and tickets are shown as each of them is found.
package find
