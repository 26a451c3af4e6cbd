// Package table keeps rows in columns that can be filtered, marked and dropped
// into, and draws those that are visible.
//
// Invariants:
//   - A row is known by its key, never by its index.
//   - A row is drawn anew only when its version, the column's look or its marks
//     change.
package table
