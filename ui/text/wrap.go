package text

import "strings"

// omitted stands for a cluster that is wider than a line.
const omitted = "·"

// Wrap breaks s into lines of at most width cells: at its line feeds, after
// spaces, beside wide characters, and inside words that are longer than a
// line. Spaces at a break are dropped; indentation stays. It returns at least
// one line. Clusters are counted by the wider of the two ways, so that no line
// is too long in either, nor after Row; a cluster wider than a whole line
// becomes "·".
func Wrap(s string, width int) []string {
	width = max(width, 1)
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		lines = wrapParagraph(lines, narrowed(paragraph, width), width)
	}
	return lines
}

func wrapParagraph(lines []string, s string, width int) []string {
	var (
		start, cells    int  // of the line that is being filled
		place, before   int  // the last place to break at, the cells before it
		i               int  // the cluster at hand
		inked           bool // something other than spaces stands on the line
		placeHere       = func() { place, before = i, cells }
		breakable, wide bool
	)
	for i < len(s) {
		cluster, n := next(s[i:])
		breakable, wide = cluster == " ", n > 1
		if wide && inked {
			placeHere()
		}
		if !breakable && cells+n > width && i > start {
			if place <= start {
				placeHere()
			}
			lines = append(lines, strings.TrimRight(s[start:place], " "))
			start, cells = place, cells-before
		}
		i += len(cluster)
		cells += n
		inked = inked || !breakable
		if inked && (breakable || wide) {
			placeHere()
		}
	}
	return append(lines, strings.TrimRight(s[start:], " "))
}

// narrowed replaces the clusters of s that are wider than a line.
func narrowed(s string, width int) string {
	if ascii(s) == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for s != "" {
		cluster, n := next(s)
		s = s[len(cluster):]
		if n > width {
			cluster = omitted
		}
		b.WriteString(cluster)
	}
	return b.String()
}
