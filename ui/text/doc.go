// Package text measures, cuts, pads and wraps text for a grid of cells.
//
// Invariants:
//   - Its input holds no control characters and no escape sequences, except
//     the line feeds that [Wrap] breaks at.
//   - Widths are in cells, counted per grapheme cluster; nothing is ever cut
//     inside a cluster.
//   - Renderers count cells in two ways: by cluster, or by code point where the
//     terminal does not report mode 2027. They disagree about a few clusters.
//     [Row] replaces those; what a Row says has one width in both ways. Text
//     that stands beside something else on its line goes through Row first.
package text
