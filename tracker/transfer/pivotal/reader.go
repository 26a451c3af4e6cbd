package pivotal

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
	"storydesk/tracker/transfer/rows"
)

// reading is one pass through an export.
type reading struct {
	export *Export
	found  func(transfer.Finding)
	// lines are where ids stood, placed the attachments that have a row.
	lines  map[int64]int
	placed map[string]bool
}

// Read implements transfer.Reader.
func (e *Export) Read(each func(transfer.Record) error, found func(transfer.Finding)) error {
	r := &reading{export: e, found: found, lines: map[int64]int{}, placed: map[string]bool{}}
	if e.in != nil {
		for _, f := range e.in.Noted {
			found(f)
		}
	}
	if err := rowsOf(*e.main, found, func(t *rows.Reader) error { return r.stories(t, each) }); err != nil {
		return err
	}
	r.leftFiles()
	if e.history == nil {
		return nil
	}
	return rowsOf(*e.history, found, func(t *rows.Reader) error { return r.activities(t, each) })
}

// rowsOf opens a table.
func rowsOf(f archive.File, found func(transfer.Finding), read func(*rows.Reader) error) (err error) {
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer func() {
		if closed := in.Close(); err == nil && closed != nil {
			err = transfer.Unreadable(transfer.Place{File: archive.Shown(f.Path)}, "%w", closed)
		}
	}()
	t, err := rows.New(in, archive.Shown(f.Path), found)
	if err != nil {
		return err
	}
	return read(t)
}

// stories reads the table of stories and epics.
func (r *reading) stories(t *rows.Reader, each func(transfer.Record) error) error {
	first, err := t.Heading()
	if err != nil {
		return err
	}
	h, err := r.export.header(first, r.found)
	if err != nil {
		return err
	}
	p := &parser{header: h, found: r.found, blockedBy: blockedBy()}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		p.begin(row)
		record, ok := p.record()
		if !ok || r.repeated(p, record) {
			continue
		}
		r.attach(record)
		if err := each(record); err != nil {
			return err
		}
	}
}

// repeated reports whether a row's id stood in a row before.
func (r *reading) repeated(p *parser, record transfer.Record) bool {
	id := int64(0)
	if record.Story != nil {
		id = record.Story.ID
	} else {
		id = -record.Epic.ID // epics are numbered apart
	}
	if id == 0 {
		return false
	}
	if line := r.lines[id]; line > 0 {
		p.complain(colID, "%d stands in line %d already; this row is left out", max(id, -id), line)
		return true
	}
	r.lines[id] = p.row.Place(0).Line
	return false
}

// attach gives a story or epic the files of its folder.
func (r *reading) attach(record transfer.Record) {
	if r.export.in == nil {
		return
	}
	if record.Story != nil && record.Story.ID != 0 {
		record.Story.Attachments = r.in(archive.StoryFolder(record.Story.ID))
	}
	if record.Epic != nil && record.Epic.ID != 0 {
		record.Epic.Attachments = r.in(archive.EpicFolder(record.Epic.ID))
	}
}

func (r *reading) in(folder string) []transfer.Attachment {
	list := r.export.in.In(folder)
	for _, a := range list {
		r.placed[a.Path] = true
	}
	return list
}

// leftFiles tells of files whose story or epic is not in the table.
func (r *reading) leftFiles() {
	if r.export.in == nil {
		return
	}
	for _, a := range r.export.in.Rest(func(path string) bool { return r.placed[path] }) {
		r.found(transfer.Finding{Place: transfer.Place{File: archive.Shown(a.Path)}, Message: "no row has the number of this file's folder; the file is left out"})
	}
}

// The headings of a history, in the order of historyRow.
func historyHeadings() []string {
	return []string{"ID", "Type", "Message", "Performed By", "Occurred At"}
}

// activities reads the table of the history.
func (r *reading) activities(t *rows.Reader, each func(transfer.Record) error) error {
	first, err := t.Heading()
	if err != nil {
		return err
	}
	known := historyHeadings()
	at := make([]int, len(known))
	for i, name := range known {
		at[i] = slices.IndexFunc(first.Cells, func(cell string) bool { return strings.EqualFold(strings.TrimSpace(cell), name) })
		if at[i] < 0 {
			return transfer.Unreadable(first.Place(0), "the first line of the history names no column %s", name)
		}
	}
	names := make([]string, len(first.Cells))
	for i, cell := range first.Cells {
		names[i] = strings.Clone(cell)
		if !slices.Contains(at, i) && cell != "" {
			r.found(transfer.Finding{Place: first.Place(i), Heading: names[i], Message: "Tracker's history has no such column, or it stands there twice; it is left out"})
		}
	}
	for {
		row, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if a, ok := r.activity(row, at, names); ok {
			if err := each(transfer.Record{Activity: &a}); err != nil {
				return err
			}
		}
	}
}

// activity reads a row of the history.
func (r *reading) activity(row rows.Row, at []int, names []string) (transfer.Activity, bool) {
	cell := func(i int) string {
		if at[i] >= len(row.Cells) {
			return ""
		}
		return row.Cells[at[i]]
	}
	complain := func(i int, message string) {
		r.found(transfer.Finding{Place: row.Place(i), Heading: nameOf(names, i), Message: message})
	}
	for i, text := range row.Cells {
		if text != "" && !slices.Contains(at, i) {
			complain(i, "no column takes "+quoted(text))
		}
	}
	a := transfer.Activity{Type: cell(1), Message: unguard(cell(2)), By: unguard(strings.TrimSpace(cell(3))), Row: row.Place(0)}
	id, err := strconv.ParseInt(strings.TrimSpace(cell(0)), 10, 64)
	if err != nil || id <= 0 {
		complain(at[0], quoted(cell(0))+" is not the number of a story; this change is left out")
		return a, false
	}
	a.Of = id
	when, ok := parseTime(strings.TrimSpace(cell(4)))
	if !ok {
		complain(at[4], quoted(cell(4))+" is not a time; this change is left out")
		return a, false
	}
	a.At = when
	return a, true
}

func nameOf(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return ""
}

// quoted writes what a cell holds, shortened.
func quoted(cell string) string {
	const most = 40
	if runes := []rune(cell); len(runes) > most {
		cell = string(runes[:most]) + "…"
	}
	return fmt.Sprintf("%q", cell)
}
