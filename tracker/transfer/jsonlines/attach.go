package jsonlines

import (
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
)

// attach says where the attachments of a record are. Those without a content lose their
// path, and all of them the folders in their names.
func (r *reading) attach(record transfer.Record) error {
	var list []transfer.Attachment
	switch {
	case record.Story != nil:
		list = record.Story.Attachments
	case record.Epic != nil:
		list = record.Epic.Attachments
	}
	for i := range list {
		a := &list[i]
		a.Name = transfer.PlainName(a.Name)
		if a.Path == "" || r.archive == nil {
			a.Path = ""
			continue
		}
		file, ok := r.archive.At(a.Path)
		switch {
		case !ok:
			r.tell("there is no file " + archive.Shown(a.Path) + " in " + r.archive.Name)
			a.Path = ""
		case file.Size != a.Size:
			return transfer.Unreadable(transfer.Place{File: archive.Shown(file.Path)}, "it has %d bytes, not the %d that line %d of %s says", file.Size, a.Size, r.at.Line, r.at.File)
		default:
			a.Path = file.Path
			r.placed[file.Path] = true
		}
	}
	return nil
}

// leftFiles tells of files that no line names.
func (r *reading) leftFiles() {
	if r.archive == nil {
		return
	}
	for _, a := range r.archive.Rest(func(path string) bool { return r.placed[path] }) {
		r.found(transfer.Finding{Place: transfer.Place{File: archive.Shown(a.Path)}, Message: "no line names this file; it is left out"})
	}
}
