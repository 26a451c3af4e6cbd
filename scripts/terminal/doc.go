// Package terminal runs a program on a pseudo-terminal and holds its screen,
// so that tests and pictures see what a person would see.
//
// Invariants:
//   - The program is driven by the bytes that a terminal sends for a key, and
//     is known from its screen alone.
//   - A wait is for a state, never for a time: it ends as soon as the screen is as it should be, and
//     fails with the screen in the error when the time is over.
//   - The screen belongs to the emulator and is read under a lock; what is
//     handed out is a copy.
package terminal
