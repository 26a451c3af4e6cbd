package text

import "strings"

// between stands between the cells of a row.
const between = " | "

// Align pads the cells of tables so that their columns stand below each other:
// of neighbouring lines with as many cells. What would get wider than width
// stays as it is, and so does what is indented: it is code.
func Align(lines []string, width int) []string {
	aligned := make([]string, 0, len(lines))
	for len(lines) > 0 {
		n := tableLines(lines)
		aligned = append(aligned, alignTable(lines[:n], width)...)
		lines = lines[n:]
	}
	return aligned
}

// cellsOf counts the cells of a line, 0 where it is no row of a table.
func cellsOf(line string) int {
	if strings.HasPrefix(line, "    ") || !strings.Contains(line, between) {
		return 0
	}
	return strings.Count(line, between) + 1
}

// tableLines counts the lines that are one table at the beginning, 1 where none
// is.
func tableLines(lines []string) int {
	n := 1
	for cells := cellsOf(lines[0]); cells > 0 && n < len(lines) && cellsOf(lines[n]) == cells; {
		n++
	}
	return n
}

func alignTable(lines []string, width int) []string {
	if len(lines) < 2 {
		return lines
	}
	widths := make([]int, cellsOf(lines[0]))
	for _, l := range lines {
		for i, cell := range strings.Split(l, between) {
			widths[i] = max(widths[i], Width(cell))
		}
	}
	total := Width(between) * (len(widths) - 1)
	for _, w := range widths {
		total += w
	}
	if total > width {
		return lines
	}
	rows := make([]string, len(lines))
	for n, l := range lines {
		cells := strings.Split(l, between)
		for i := range len(cells) - 1 {
			cells[i] += Spaces(widths[i] - Width(cells[i]))
		}
		rows[n] = strings.Join(cells, between)
	}
	return rows
}
