package search

import (
	"fmt"
	"slices"
	"strings"
)

// Table returns the language as Markdown tables for the documentation: what can be typed,
// and all terms with what they search and what values they take.
func Table() string {
	var b strings.Builder
	b.WriteString("| search | what it finds |\n|---|---|\n")
	for _, row := range Guide() {
		fmt.Fprintf(&b, "| `%s` | %s |\n", cell(row[0]), cell(row[1]))
	}
	b.WriteString("\n| term | of | values |\n|---|---|---|\n")
	for _, f := range allFields() {
		fmt.Fprintf(&b, "| `%s:` | %s | %s |\n", f.name, f.searched(), f.listed())
	}
	return b.String()
}

// searched says what the field is one of.
func (f searchField) searched() string {
	var of []string
	for _, kind := range []Kind{Tickets, Stories, Epics, Deliveries} {
		if slices.Contains(f.kinds, kind) {
			of = append(of, string(kind))
		}
	}
	return strings.Join(of, ", ")
}

// listed is what stands in the column of values.
func (f searchField) listed() string {
	if f.values == nil {
		return cell(f.means)
	}
	values := "`" + strings.Join(f.values, "` `") + "`"
	if f.named {
		values += `, or a status of the account's own in quotes`
	}
	return values
}

// cell makes a text one of a table.
func cell(s string) string { return strings.ReplaceAll(s, "|", `\|`) }
