package jsonlines

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
)

const (
	// Format is how the first line names the format.
	Format = "storydesk"
	// Version is the newest version of the format.
	Version = 1
	// maxLine is the longest line in bytes.
	maxLine = 64 << 20
)

// Head is the first line.
type Head struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
}

// Writer writes records, one a line.
type Writer struct {
	out  *bufio.Writer
	json *json.Encoder
}

// NewWriter writes the first line.
func NewWriter(out io.Writer) (*Writer, error) {
	w := &Writer{out: bufio.NewWriterSize(out, 64<<10)}
	w.json = json.NewEncoder(w.out)
	w.json.SetEscapeHTML(false)
	return w, w.json.Encode(Head{Format, Version})
}

// Write adds a record.
func (w *Writer) Write(r transfer.Record) error { return w.json.Encode(r) }

// Close writes what is buffered.
func (w *Writer) Close() error { return w.out.Flush() }

// File is a file that can be read, once or more often.
type File struct {
	name string
	open func() (io.ReadCloser, error)
	// in holds the attachments, nil where the file stands alone.
	in *archive.Archive
}

var _ transfer.Reader = File{}

// OpenFile returns a file by its name. Whoever reads it opens it anew.
func OpenFile(name string, open func() (io.ReadCloser, error)) File {
	return File{name: name, open: open}
}

// OpenArchive returns the file in an archive. It fails with CodeInvalid for one that does
// not hold exactly one.
func OpenArchive(a *archive.Archive) (File, error) {
	if len(a.Tables) != 1 {
		return File{}, transfer.Unreadable(transfer.Place{File: a.Name},
			"it holds %d tables, of which %s and %s. Import them one by one", len(a.Tables), archive.Shown(a.Tables[0].Path), archive.Shown(a.Tables[1].Path))
	}
	return File{archive.Shown(a.Tables[0].Path), a.Tables[0].Open, a}, nil
}

// Open opens an attachment's content. The caller closes it.
func (f File) Open(a transfer.Attachment) (io.ReadCloser, error) {
	if f.in == nil {
		return nil, transfer.Unreadable(transfer.Place{File: a.Path}, "the content is not in %s", f.name)
	}
	return f.in.Open(a)
}

// Read implements transfer.Reader.
func (f File) Read(each func(transfer.Record) error, found func(transfer.Finding)) (err error) {
	in, err := f.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	r := &reading{in: bufio.NewReaderSize(in, 64<<10), at: transfer.Place{File: f.name}, found: found, archive: f.in, placed: map[string]bool{}}
	if f.in != nil {
		for _, noted := range f.in.Noted {
			found(noted)
		}
	}
	if err := r.head(); err != nil {
		return err
	}
	for {
		line, err := r.next()
		if errors.Is(err, io.EOF) {
			r.leftFiles()
			return nil
		}
		if err != nil {
			return err
		}
		record, ok, err := r.record(line)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if err := r.attach(record); err != nil {
			return err
		}
		if err := each(record); err != nil {
			return err
		}
	}
}

// reading is one pass through a file.
type reading struct {
	in    *bufio.Reader
	at    transfer.Place
	found func(transfer.Finding)
	line  []byte
	// archive holds the attachments, nil for none; placed are those that a line names.
	archive *archive.Archive
	placed  map[string]bool
}

// next reads the next line that is not empty.
func (r *reading) next() ([]byte, error) {
	for {
		r.at.Line, r.at.Column = r.at.Line+1, 0
		if err := r.whole(); err != nil {
			return nil, err
		}
		if r.at.Line == 1 {
			r.line = bytes.TrimPrefix(r.line, []byte("\ufeff"))
		}
		if len(bytes.TrimSpace(r.line)) > 0 {
			return r.line, nil
		}
	}
}

// whole reads a line with its end; io.EOF where there is none.
func (r *reading) whole() error {
	r.line = r.line[:0]
	for {
		piece, err := r.in.ReadSlice('\n')
		r.line = append(r.line, piece...)
		switch {
		case len(r.line) > maxLine:
			return transfer.Unreadable(r.at, "the line is longer than 64 MB")
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && !errors.Is(err, io.EOF):
			return transfer.Unreadable(r.at, "%w", err)
		case err != nil && len(r.line) == 0:
			return io.EOF
		}
		return nil
	}
}

// head reads the first line.
func (r *reading) head() error {
	line, err := r.next()
	if errors.Is(err, io.EOF) {
		return transfer.Unreadable(transfer.Place{File: r.at.File}, "the file is empty")
	}
	if err != nil {
		return err
	}
	var head Head
	switch bad := json.Unmarshal(line, &head); {
	case bad != nil || head.Format != Format:
		return transfer.Unreadable(r.at, `it is no export of storydesk: the first line is not {"format":"storydesk","version":1}`)
	case head.Version > Version:
		return transfer.Unreadable(r.at, "it has version %d of the format; this storydesk knows version %d. Update storydesk", head.Version, Version)
	}
	return nil
}

// record reads a line. Fields that the format does not have are told of, and ok is
// false where the line holds nothing that can be imported.
func (r *reading) record(line []byte) (record transfer.Record, ok bool, err error) {
	strict := json.NewDecoder(bytes.NewReader(line))
	strict.DisallowUnknownFields()
	if bad := strict.Decode(&record); bad != nil || strict.InputOffset() < int64(len(bytes.TrimRight(line, " \t\r\n"))) {
		record = transfer.Record{}
		if err := json.Unmarshal(line, &record); err != nil {
			return record, false, r.explain(err)
		}
		r.tell(strings.TrimPrefix(bad.Error(), "json: ") + "; it is left out")
	}
	if record.Story != nil {
		record.Story.At = r.at
		return record, r.check(record.Story), nil
	}
	if record.Epic != nil {
		record.Epic.At = r.at
	}
	if record.Activity != nil {
		record.Activity.Row = r.at
	}
	if record == (transfer.Record{}) {
		r.tell("the line holds no project, story, epic, activity or person; it is left out")
		return record, false, nil
	}
	return record, true, nil
}

// check tells of what no story can be, and puts in what a row without it would have.
func (r *reading) check(s *transfer.Story) bool {
	if tracker.Unseen(s.Name) {
		r.tell("the story has no name; it is left out")
		return false
	}
	if !slices.Contains(tracker.StoryTypes(), s.Type) {
		r.tell(fmt.Sprintf("%q is not a type of stories; the story becomes a feature", s.Type))
		s.Type = tracker.Feature
	}
	if !slices.Contains(tracker.States(), s.State) {
		r.tell(fmt.Sprintf("%q is not a state; the story becomes unscheduled", s.State))
		s.State = tracker.Unscheduled
	}
	return true
}

func (r *reading) tell(message string) { r.found(transfer.Finding{Place: r.at, Message: message}) }

// explain says where a line is no record.
func (r *reading) explain(err error) error {
	at := r.at
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at.Column = int(syntax.Offset)
		return transfer.Unreadable(at, "it is no JSON: %w", syntax)
	case errors.As(err, &kind):
		at.Column = int(kind.Offset)
		return transfer.Unreadable(at, "%s cannot be a %s", kind.Field, kind.Value)
	}
	return transfer.Unreadable(at, "%w", err)
}
