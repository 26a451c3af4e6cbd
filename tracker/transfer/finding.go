package transfer

import (
	"cmp"
	"fmt"
	"io"

	"storydesk/tracker"
)

// Place is where something stands in a file.
type Place struct {
	// File is its name.
	File string
	// Line and Column count from 1, the column in bytes; 0 where there are none.
	Line, Column int
}

// String writes a place as compilers do: file:line:column.
func (p Place) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Finding is something that a reader could not place as it stands.
type Finding struct {
	Place
	// Heading names the column of the table, empty where it is about a row or a file.
	Heading string
	// Message says what there is and what became of it.
	Message string
}

// String writes the finding in a line.
func (f Finding) String() string {
	if f.Heading == "" {
		return f.Place.String() + ": " + f.Message
	}
	return f.Place.String() + ": " + f.Heading + ": " + f.Message
}

// Unreadable makes the error of a file that cannot be read, CodeInvalid, field "file".
func Unreadable(at Place, format string, args ...any) error {
	return tracker.Invalid("file", "%s: %w", cmp.Or(at.String(), "the file"), fmt.Errorf(format, args...))
}

// Reader reads a file's records, one after the other, until an error.
type Reader interface {
	// Read hands each record to each, and each finding to found. It fails with the
	// error of each, and with CodeInvalid and a sentence with the place where the file
	// cannot be read.
	Read(each func(Record) error, found func(Finding)) error
	// Open opens the content of an attachment of a record, one with a path. The caller
	// closes it. It fails, and its content too, as Read does.
	Open(a Attachment) (io.ReadCloser, error)
}
