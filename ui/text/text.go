package text

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// ellipsis marks where text was cut. It is one cell wide.
const ellipsis = "…"

// Width returns how many cells are reserved for s.
func Width(s string) int {
	if n := ascii(s); n == len(s) {
		return n
	}
	cells := 0
	for s != "" {
		cluster, n := next(s)
		s = s[len(cluster):]
		cells += n
	}
	return cells
}

// Cut returns the longest start of s that takes at most width cells, and the
// cells that it takes.
func Cut(s string, width int) (head string, cells int) {
	if n := ascii(s); n == len(s) || n > width {
		n = max(min(n, width), 0)
		return s[:n], n
	}
	end := 0
	for end < len(s) {
		cluster, n := next(s[end:])
		if cells+n > width {
			break
		}
		end += len(cluster)
		cells += n
	}
	return s[:end], cells
}

// Truncate returns s if it takes at most width cells, else as much of it as
// fits with an ellipsis at its end.
func Truncate(s string, width int) string {
	if width <= 0 {
		return ""
	}
	whole, _ := Cut(s, width)
	if len(whole) == len(s) {
		return s
	}
	head, _ := Cut(whole, width-1)
	return head + ellipsis
}

// Pad returns s followed by the spaces that make it width cells. What is wider
// already is returned as it is.
func Pad(s string, width int) string {
	return s + Spaces(width-Width(s))
}

// PadLeft returns s after the spaces that make it width cells, for numbers.
func PadLeft(s string, width int) string {
	return Spaces(width-Width(s)) + s
}

// Fit returns s truncated or padded to exactly width cells.
func Fit(s string, width int) string {
	return Pad(Truncate(s, width), width)
}

// Spaces returns n spaces, none when n is negative.
func Spaces(n int) string {
	const spaces = "                                                                                "
	if n <= 0 {
		return ""
	}
	if n <= len(spaces) {
		return spaces[:n]
	}
	return strings.Repeat(" ", n)
}

// ascii returns the length of the printable ASCII that s starts with.
func ascii(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return i
		}
	}
	return len(s)
}

// next returns the first cluster of s and the cells that are reserved for it: as
// many as it takes where terminals count most.
func next(s string) (cluster string, cells int) {
	// An ASCII character is a cluster if another one follows: no mark can join it.
	if s[0] >= ' ' && s[0] <= '~' && (len(s) == 1 || s[1] <= '~') {
		return s[:1], 1
	}
	cluster, cells = ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	if len(cluster) > 1 {
		cells = max(cells, ansi.StringWidthWc(cluster))
	}
	return cluster, cells
}

// Next returns the first cluster of s, which is not empty.
func Next(s string) (cluster string) {
	cluster, _ = next(s)
	return cluster
}
