// Package draw puts text, boxes and regions for the mouse on the cells of a
// frame.
//
// Invariants:
//   - What is drawn later covers what lies below, and so do its regions.
//   - Nothing is drawn outside of the frame, and no half of a wide character.
package draw
