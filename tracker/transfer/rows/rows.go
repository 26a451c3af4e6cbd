package rows

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
)

// Limits of what is read as a table.
const (
	// maxRow is the longest row in bytes. Tracker's longest possible texts are far
	// below; a quote that does not end would take in the rest of the file.
	maxRow = 16 << 20
	// maxColumns is the largest number of cells in a row.
	maxColumns = 20000
)

// Reader reads a table row by row.
type Reader struct {
	file  string
	csv   *csv.Reader
	limit *limited
	found func(transfer.Finding)
	// last is the line of the last row that was read.
	last int
}

// Row is one row of a table. It is void after the next one has been read.
type Row struct {
	// Cells are what it holds; there may be fewer than headings, or more.
	Cells []string
	of    *Reader
}

// New returns a reader of the table that in holds, the file's name for its places.
func New(in io.Reader, file string, found func(transfer.Finding)) (*Reader, error) {
	r := &Reader{file: file, found: found}
	text, err := decode(in, func(line, column int, message string) {
		found(transfer.Finding{Place: transfer.Place{File: file, Line: line, Column: column}, Message: message})
	})
	if err != nil {
		return nil, r.explain(err)
	}
	buffered := bufio.NewReaderSize(text, 64<<10)
	head, err := buffered.Peek(32 << 10)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
		return nil, r.explain(err)
	}
	r.limit = &limited{in: buffered}
	r.csv = csv.NewReader(r.limit)
	r.csv.Comma = separator(head)
	r.csv.FieldsPerRecord = -1
	r.csv.ReuseRecord = true
	return r, nil
}

// Next reads a row; io.EOF after the last one. Other errors are CodeInvalid and say
// where the file cannot be read.
func (r *Reader) Next() (Row, error) {
	r.limit.begin = r.csv.InputOffset()
	cells, err := r.csv.Read()
	switch {
	case errors.Is(err, io.EOF):
		return Row{}, io.EOF
	case err != nil:
		return Row{}, r.explain(err)
	case len(cells) > maxColumns:
		return Row{}, r.unreadable(r.place(0), "the row has %d cells, more than a table can have (%d)", len(cells), maxColumns)
	}
	row := Row{Cells: cells, of: r}
	r.last = r.place(0).Line
	for i, cell := range cells {
		if strings.IndexByte(cell, 0) >= 0 {
			cells[i] = strings.ReplaceAll(cell, "\x00", "")
			r.found(transfer.Finding{Place: r.place(i), Message: "NUL characters in the cell were left out"})
		}
	}
	return row, nil
}

// Heading reads the first row. Old Macintosh line ends are refused by name, for the
// whole file is one row then.
func (r *Reader) Heading() (Row, error) {
	row, err := r.Next()
	switch {
	case errors.Is(err, io.EOF):
		return row, r.unreadable(transfer.Place{File: r.file}, "the file is empty")
	case err != nil:
		return row, err
	}
	for i, cell := range row.Cells {
		if strings.ContainsRune(cell, '\r') {
			return row, r.unreadable(r.place(i),
				"lines end with CR alone, as on old Macintosh computers. Save the file with LF or CRLF line ends")
		}
	}
	return row, nil
}

// Place is where a cell stands, counted from 0. A cell that is missing stands at the
// beginning of its row.
func (row Row) Place(cell int) transfer.Place {
	if cell < 0 || cell >= len(row.Cells) {
		cell = 0
	}
	return row.of.place(cell)
}

func (r *Reader) place(cell int) transfer.Place {
	line, column := r.csv.FieldPos(cell)
	return transfer.Place{File: r.file, Line: line, Column: column}
}

func (r *Reader) unreadable(at transfer.Place, format string, args ...any) error {
	return transfer.Unreadable(at, format, args...)
}

// explain says where and why a file cannot be read.
func (r *Reader) explain(err error) error {
	var known *tracker.Error
	if errors.As(err, &known) {
		return err
	}
	at := transfer.Place{File: r.file}
	var bad *csv.ParseError
	if !errors.As(err, &bad) {
		at.Line = r.last
		return r.unreadable(at, "%w", err)
	}
	at.Line, at.Column = bad.Line, bad.Column
	switch {
	case errors.Is(err, csv.ErrBareQuote):
		return r.unreadable(at, "a quote stands inside a cell that does not begin with one. Put the cell in quotes and double those within")
	case errors.Is(err, csv.ErrQuote) && bad.StartLine != bad.Line:
		return r.unreadable(at, "a quote is followed by text, or missing. The row begins in line %d; quotes within a cell have to be doubled", bad.StartLine)
	case errors.Is(err, csv.ErrQuote):
		return r.unreadable(at, "a quote is followed by text, or missing; quotes within a cell have to be doubled")
	}
	return r.unreadable(at, "%w", bad.Err)
}

// limited fails when a row is longer than maxRow.
type limited struct {
	in io.Reader
	// begin is where the row begins that is being read, passed how much was read.
	begin, passed int64
}

// Read implements io.Reader.
func (l *limited) Read(p []byte) (int, error) {
	if l.passed-l.begin > maxRow {
		return 0, tooLong{}
	}
	n, err := l.in.Read(p)
	l.passed += int64(n)
	return n, err
}

type tooLong struct{}

// Error implements error.
func (tooLong) Error() string {
	return "a row is longer than 16 MB; most likely the quote at the end of a cell is missing"
}

// separator is what separates the cells of the first line.
func separator(head []byte) rune {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	counts := map[rune]int{}
	quoted := false
	for _, r := range string(line) {
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[r]++
		}
	}
	best := ','
	for _, other := range ";\t" {
		if counts[other] > counts[best] {
			best = other
		}
	}
	return best
}
