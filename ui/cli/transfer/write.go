package transfer

import (
	"context"
	"errors"
	"io"
	"time"

	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
	"storydesk/tracker/transfer/jsonlines"
	"storydesk/tracker/transfer/pivotal"
)

// write writes the project, and returns how many attachments the format has no content of.
func (c commands) write(ctx context.Context, s *opened, out io.Writer, format string) (left int, err error) {
	e := exporting{ctx: ctx, s: s, out: out, at: time.Now()}
	switch format {
	case formatLines:
		err = e.lines(out, false)
	case formatWhole:
		err = e.whole()
	case formatCSV:
		err = e.table()
	default:
		return 0, e.archive()
	}
	if format == formatWhole {
		return 0, err
	}
	return len(e.files), err
}

// exporting is one writing of a project.
type exporting struct {
	ctx context.Context //nolint:containedctx // it is that of one command
	s   *opened
	out io.Writer
	at  time.Time
	// files are the attachments that were met.
	files []transfer.Attachment
}

// each hands the records to do, and notes their attachments.
func (e *exporting) each(do func(transfer.Record) error) error {
	e.files = nil
	return e.s.Service.Imports.Export(e.ctx, e.s.Project.ID, func(r transfer.Record) error {
		switch {
		case r.Story != nil:
			e.files = append(e.files, r.Story.Attachments...)
		case r.Epic != nil:
			e.files = append(e.files, r.Epic.Attachments...)
		}
		return do(r)
	})
}

// lines writes JSON lines. Attachments have no path where their content is not with them.
func (e *exporting) lines(out io.Writer, whole bool) error {
	lines, err := jsonlines.NewWriter(out)
	if err != nil {
		return err
	}
	return errors.Join(e.each(func(r transfer.Record) error {
		if !whole {
			withoutPaths(r)
		}
		return lines.Write(r)
	}), lines.Close())
}

func withoutPaths(r transfer.Record) {
	switch {
	case r.Story != nil:
		clearPaths(r.Story.Attachments)
	case r.Epic != nil:
		clearPaths(r.Epic.Attachments)
	}
}

func clearPaths(list []transfer.Attachment) {
	for i := range list {
		list[i].Path = ""
	}
}

// whole writes a ZIP of JSON lines and attachments.
func (e *exporting) whole() error {
	to := archive.NewWriter(e.out, e.at)
	out, err := to.Create("project.jsonl")
	if err != nil {
		return err
	}
	if err := e.lines(out, true); err != nil {
		return err
	}
	return errors.Join(e.contents(to), to.Close())
}

// contents writes the attachments.
func (e *exporting) contents(to *archive.Writer) error {
	for _, a := range e.files {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		in, err := e.s.Service.Imports.Content(a)
		if err != nil {
			return err
		}
		if err := errors.Join(to.Attachment(a.Path, in), in.Close()); err != nil {
			return err
		}
	}
	return nil
}

// table writes Tracker's table.
func (e *exporting) table() error {
	shape, _, err := e.shape()
	if err != nil {
		return err
	}
	table, err := pivotal.NewWriter(e.out, shape)
	if err != nil {
		return err
	}
	return errors.Join(e.each(table.Write), table.Close())
}

// shape finds out how wide the table is, and the history.
func (e *exporting) shape() (shape pivotal.Shape, past []transfer.Activity, err error) {
	err = e.each(func(r transfer.Record) error {
		shape.Add(r)
		if r.Activity != nil {
			past = append(past, *r.Activity)
		}
		return nil
	})
	return shape, past, err
}

// archive writes Tracker's ZIP.
func (e *exporting) archive() error {
	shape, past, err := e.shape()
	if err != nil {
		return err
	}
	to := pivotal.NewArchive(e.out, e.s.Project.Name, e.at)
	table, err := to.Stories(shape)
	if err != nil {
		return err
	}
	if err := errors.Join(e.each(table.Write), table.Close()); err != nil {
		return err
	}
	return errors.Join(to.History(past), e.contents(to.Writer), to.Close())
}
