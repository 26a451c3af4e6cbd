// Package report is the screen of a project's figures: each as a chart, or as a table that
// a screen reader can follow.
//
// Invariants:
//   - Figures are read and computed beside the program; what comes of an older request is
//     not shown.
package report
