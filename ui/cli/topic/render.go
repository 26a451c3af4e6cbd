package topic

import (
	"regexp"
	"strings"

	"charm.land/lipgloss/v2"
	"charm.land/lipgloss/v2/table"

	"storydesk/ui/text"
)

// The widths between which a page is set, and how far code stands in.
const (
	narrowest, widest = 40, 100
	indent            = "    "
	// columns is how many a table can have that is set narrower than it is.
	columns = 3
)

// Render returns a page in Markdown as plain text of at most a width.
func Render(page string, width int) string {
	r := renderer{width: min(max(width, narrowest), widest)}
	lines := strings.Split(page, "\n")
	for len(lines) > 0 {
		n := r.block(lines)
		lines = lines[n:]
	}
	return strings.TrimRight(r.out.String(), "\n") + "\n"
}

// renderer writes a page block by block.
type renderer struct {
	width int
	out   strings.Builder
}

// block writes the block that begins at the first line and returns how many lines it has.
func (r *renderer) block(lines []string) int {
	first := lines[0]
	switch {
	case strings.TrimSpace(first) == "" || strings.HasPrefix(first, "<!--"):
		return 1
	case strings.HasPrefix(first, "#"):
		r.paragraph(strings.ToUpper(plain(strings.TrimLeft(first, "# "))), "", "")
		return 1
	case strings.HasPrefix(first, "```"):
		return r.code(lines)
	case strings.HasPrefix(first, "|"):
		return r.table(lines)
	}
	n := 1
	for n < len(lines) && !begins(lines[n]) {
		n++
	}
	mark := item.FindString(first)
	r.paragraph(inline(strings.TrimPrefix(strings.Join(trimmed(lines[:n]), " "), mark)), mark, strings.Repeat(" ", len(mark)))
	if mark != "" && n < len(lines) && item.MatchString(lines[n]) {
		r.closeUp()
	}
	return n
}

// item is how an item of a list begins.
var item = regexp.MustCompile(`^(- |\d+\. )`)

// begins reports whether a line begins a block, or is empty.
func begins(line string) bool {
	return strings.TrimSpace(line) == "" || item.MatchString(line) || strings.HasPrefix(line, "|") ||
		strings.HasPrefix(line, "#") || strings.HasPrefix(line, "```") || strings.HasPrefix(line, "<!--")
}

func trimmed(lines []string) []string {
	short := make([]string, len(lines))
	for i, line := range lines {
		short[i] = strings.TrimSpace(line)
	}
	return short
}

// paragraph writes text in lines, the first after one mark, the others after another, and
// an empty line.
func (r *renderer) paragraph(s, first, others string) {
	before := first
	for _, line := range text.Wrap(s, r.width-len(others)) {
		r.out.WriteString(strings.TrimRight(before+line, " ") + "\n")
		before = others
	}
	r.out.WriteString("\n")
}

// closeUp takes the last empty line back.
func (r *renderer) closeUp() {
	whole := strings.TrimSuffix(r.out.String(), "\n")
	r.out.Reset()
	r.out.WriteString(whole)
}

// code writes a block of code as it is and returns how many lines it has.
func (r *renderer) code(lines []string) int {
	n := 1
	for n < len(lines) && !strings.HasPrefix(lines[n], "```") {
		r.out.WriteString(strings.TrimRight(indent+lines[n], " ") + "\n")
		n++
	}
	r.out.WriteString("\n")
	return n + 1
}

// table writes a table and returns how many lines it has.
func (r *renderer) table(lines []string) int {
	n := 0
	var rows [][]string
	for ; n < len(lines) && strings.HasPrefix(lines[n], "|"); n++ {
		if n != 1 { // the rule below the headings
			rows = append(rows, cells(lines[n]))
		}
	}
	t := table.New().Headers(rows[0]...).Rows(rows[1:]...).Wrap(true).
		Border(lipgloss.Border{Top: "─", Middle: "─"}).BorderTop(false).BorderBottom(false).BorderLeft(false).BorderRight(false).
		BorderColumn(false).BorderHeader(true).
		StyleFunc(func(_, col int) lipgloss.Style {
			if col < len(rows[0])-1 {
				return lipgloss.NewStyle().PaddingRight(2)
			}
			return lipgloss.NewStyle()
		})
	switch natural := lipgloss.Width(t.String()); {
	case natural > r.width && len(rows[0]) > columns:
		r.records(rows)
		return n
	case natural > r.width:
		t = t.Width(r.width)
	}
	for line := range strings.SplitSeq(t.String(), "\n") {
		r.out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	r.out.WriteString("\n")
	return n
}

// TablesAsCode returns a page whose tables are set for a width, as blocks of code.
func TablesAsCode(page string, width int) string {
	lines := strings.Split(page, "\n")
	var out strings.Builder
	for len(lines) > 0 {
		if !strings.HasPrefix(lines[0], "|") {
			out.WriteString(lines[0] + "\n")
			lines = lines[1:]
			continue
		}
		r := renderer{width: width}
		lines = lines[r.table(lines):]
		out.WriteString("```\n" + strings.TrimRight(r.out.String(), "\n") + "\n```\n")
	}
	return out.String()
}

// records writes a table for which there is no room row by row.
func (r *renderer) records(rows [][]string) {
	for _, row := range rows[1:] {
		r.paragraph(row[0], "", "")
		r.closeUp()
		for i, c := range row {
			if i > 0 && c != "" {
				r.paragraph(rows[0][i]+": "+c, indent, indent+"  ")
				r.closeUp()
			}
		}
	}
	r.out.WriteString("\n")
}

// cells returns the cells of a table's line.
func cells(line string) []string {
	const bar = "\x00"
	line = strings.Trim(strings.ReplaceAll(strings.TrimSpace(line), `\|`, bar), "|")
	var found []string
	for c := range strings.SplitSeq(line, "|") {
		found = append(found, strings.ReplaceAll(plain(strings.TrimSpace(c)), bar, "|"))
	}
	return found
}

var (
	// link is a link, or code, in which there is none.
	link     = regexp.MustCompile("`[^`]*`|" + `\[([^\]]*)\]\(([^)\s]+)\)`)
	emphasis = regexp.MustCompile(`\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*`)
)

// inline returns a text without marks for links and emphasis. Code stays between its
// backquotes, and is as it is.
func inline(s string) string {
	parts := strings.Split(s, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = emphasis.ReplaceAllString(parts[i], "$1$2")
	}
	return WithoutLinks(strings.Join(parts, "`"))
}

// WithoutLinks returns Markdown in which links are words that say where they lead.
func WithoutLinks(s string) string {
	return link.ReplaceAllStringFunc(s, func(whole string) string {
		found := link.FindStringSubmatch(whole)
		if found[2] == "" {
			return whole
		}
		return target(found[1], found[2])
	})
}

// target names where a link leads after its words: another topic, an address, or nothing
// where only a reader of the files can follow it.
func target(words, to string) string {
	page, _, _ := strings.Cut(to, "#")
	switch name, isPage := strings.CutSuffix(page, ".md"); {
	case strings.Contains(to, "://") && to != words:
		return words + " (" + to + ")"
	case isPage && !strings.Contains(name, "/"):
		return words + " (`storydesk help " + name + "`)"
	}
	return words
}

// plain is inline without backquotes, for where they are not needed to see what is code.
func plain(s string) string { return strings.ReplaceAll(inline(s), "`", "") }
