// Package importing is the screen that brings a project in from a file: it asks for the
// file, shows what an import of it would do, and does it.
//
// Invariants:
//   - Files are read and stories are written beside the program.
//   - Whatever ends the screen or the program before an import is complete leaves nothing
//     of it behind.
package importing
