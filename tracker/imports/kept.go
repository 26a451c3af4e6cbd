package imports

import (
	"io"

	"storydesk/tracker/transfer"
)

const (
	// maxKept is how many bytes of a file's records are kept between its two readings,
	// about; larger files are read twice.
	maxKept = 32 << 20
	// recordSize is what a record takes besides its texts, about.
	recordSize = 1 << 10
)

// kept is a file whose records are kept from the first reading, so that the second one,
// while others wait with their changes, reads no file.
type kept struct {
	from    transfer.Reader
	records []transfer.Record
	size    int
	// whole is true once all records are kept.
	whole bool
}

// Open implements transfer.Reader.
func (k *kept) Open(a transfer.Attachment) (io.ReadCloser, error) { return k.from.Open(a) }

// Read implements transfer.Reader. It tells of findings in the first reading.
func (k *kept) Read(each func(transfer.Record) error, found func(transfer.Finding)) error {
	if k.whole {
		for _, r := range k.records {
			if err := each(r); err != nil {
				return err
			}
		}
		return nil
	}
	err := k.from.Read(func(r transfer.Record) error {
		k.keep(r)
		return each(r)
	}, found)
	k.whole = err == nil && k.size <= maxKept
	return err
}

// keep keeps a record, or gives all up where they are too many.
func (k *kept) keep(r transfer.Record) {
	if k.size > maxKept {
		return
	}
	if k.size += sizeOf(r); k.size > maxKept {
		k.records = nil
		return
	}
	k.records = append(k.records, r)
}

// sizeOf is how many bytes a record takes, about.
func sizeOf(r transfer.Record) int {
	size := recordSize
	switch {
	case r.Story != nil:
		size += len(r.Story.Name) + len(r.Story.Description) + sizeOfTalk(r.Story.Comments)
		for _, t := range r.Story.Tasks {
			size += len(t.Text)
		}
		for _, b := range r.Story.Blockers {
			size += len(b.Text)
		}
		size += sizeOfFiles(r.Story.Attachments)
	case r.Epic != nil:
		size += len(r.Epic.Name) + len(r.Epic.Description) + sizeOfTalk(r.Epic.Comments) + sizeOfFiles(r.Epic.Attachments)
	case r.Activity != nil:
		size += len(r.Activity.Message)
		for _, c := range r.Activity.Changes {
			size += len(c.Old) + len(c.New)
		}
	}
	return size
}

func sizeOfTalk(list []transfer.Comment) (size int) {
	for _, c := range list {
		size += len(c.Text)
	}
	return size
}

// fileSize is what an attachment takes besides its texts, about.
const fileSize = 256

func sizeOfFiles(list []transfer.Attachment) (size int) {
	for _, a := range list {
		size += fileSize + len(a.Name) + len(a.Path)
	}
	return size
}
