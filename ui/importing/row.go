package importing

import (
	"fmt"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/ui/draw"
	"storydesk/ui/table"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// line is a row of the report. Its text is sanitised.
type line struct {
	// key is its number from 1.
	key  int
	role theme.Role
	text string
	// person is whom the row is about, zero for nobody.
	person transfer.Person
}

// RowKey implements table.Row.
func (l line) RowKey() int { return l.key }

// RowVersion implements table.Row.
func (l line) RowVersion() uint64 {
	return table.Version([...]uint64{table.Text(l.text), uint64(l.role)})
}

// part is the rows under a caption.
type part struct {
	caption string
	rows    []line
}

// lines lay a report out: counts, what changes here, and what cannot be placed.
func lines(r transfer.Report, t told) []part {
	parts := []part{{"Stories and what belongs to them", counts(r)}}
	var notes []line
	for _, c := range r.Settled {
		notes = append(notes, line{role: theme.Text, text: draw.Line(c.Field + " " + c.Old + " → " + c.New)})
	}
	if len(notes) > 0 {
		parts = append(parts, part{"Settings that the project takes over", notes})
	}
	if people := peopleLines(r.People); len(people) > 0 {
		parts = append(parts, part{"People", people})
	}
	for _, list := range []struct {
		caption string
		role    theme.Role
		texts   []string
	}{
		{fmt.Sprintf("Changed stories · %s", text.Count(r.Counts[transfer.Stories].Changed)), theme.Text, t.changes},
		{fmt.Sprintf("Without a place · %s", text.Count(r.Findings)), theme.Warning, t.findings},
	} {
		rows := make([]line, len(list.texts))
		for i, words := range list.texts {
			rows[i] = line{role: list.role, text: words}
		}
		if len(rows) > 0 {
			parts = append(parts, part{list.caption, rows})
		}
	}
	if t.more > 0 {
		parts = append(parts, part{"More", []line{{role: theme.Muted, text: text.Count(t.more) + " more; `storydesk import FILE --dry-run` lists all"}}})
	}
	return parts
}

// counts is the table of what becomes of each kind.
func counts(r transfer.Report) []line {
	all := append([][]string{transfer.Headings()}, r.Table()...)
	if len(all) == 1 {
		return []line{{role: theme.Muted, text: "the file holds nothing"}}
	}
	last := len(all[0]) - 1
	widths := make([]int, len(all[0]))
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	rows := make([]line, len(all))
	for i, row := range all {
		cells := []string{text.Pad(row[last], widths[last])}
		for c, cell := range row[:last] {
			cells = append(cells, text.PadLeft(cell, widths[c]))
		}
		rows[i] = line{role: theme.Text, text: strings.Join(cells, "  ")}
	}
	rows[0].role, rows[0].text = theme.Muted, strings.ToLower(rows[0].text)
	return rows
}

// peopleLines are those of people who are not written as in the file, or who may be
// somebody else, and how many are new besides.
func peopleLines(people []transfer.Person) []line {
	var rows []line
	fresh := 0
	for _, p := range people {
		switch {
		case p.Name != p.Here:
			rows = append(rows, line{role: theme.Text, text: draw.Line(p.Name + " is " + p.Here), person: p})
		case len(p.Alike) > 0:
			rows = append(rows, line{role: theme.Warning, text: draw.Line(p.Name + " is new, or " + tracker.OneOf(p.Alike)), person: p})
		case p.New:
			fresh++
		}
	}
	if fresh > 0 {
		rows = append(rows, line{role: theme.Muted, text: tracker.Counted(fresh, "name", "names") + " that the project does not have yet"})
	}
	return rows
}
