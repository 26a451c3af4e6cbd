// Package keymap is the table of actions: what there is to do, in which scopes,
// by which keys, and what help says of it. Each screen brings its part of the
// table.
//
// Invariants:
//   - Keys, footer, help, palette and the documentation's tables come from one record.
//   - No chosen key means two things on one screen, and nothing becomes a trap:
//     what is needed to leave has a key.
package keymap
