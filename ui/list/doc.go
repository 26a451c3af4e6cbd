// Package list shows a window onto many rows, of which only those in the
// window are ever drawn.
//
// Invariants:
//   - Rows are known by key, never by index: the cursor, the marks and the
//     drawn rows survive sorting, filtering and refreshing.
//   - The cursor is on a selectable row whenever there is one, and inside the
//     window. Moving it keeps up to two rows to spare on either side.
//   - A row is drawn again only when its key, version, width, flags or theme
//     generation differ; at most four windows of drawn rows are cached.
//   - A List belongs to one goroutine.
package list
