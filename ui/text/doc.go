// Package text measures, cuts, pads and wraps text for a grid of cells.
//
// Invariants:
//   - Its input holds no control characters and no escape sequences, except
//     the line feeds that [Wrap] breaks at.
//   - Text is never changed but where it is cut.
//   - Widths are in cells, counted per grapheme cluster; nothing is ever cut
//     inside a cluster.
//   - Terminals disagree about the width of some clusters: Indic conjuncts and
//     vowel signs, Thai and Lao SARA AM, half-width kana with sound marks, joined
//     and variant emoji. Some count code points, some clusters; those that
//     report mode 2027 count clusters, but not all alike. Each has the larger
//     width reserved, and [Anchored] keeps what follows in its place.
package text
