package imports

import (
	"cmp"
	"path"
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/transfer"
	"storydesk/tracker/transfer/archive"
)

// attaching brings in the attachments of one story or epic.
type attaching struct {
	*pass
	at transfer.Place
	// there are those that it has, imported those that came with an import once.
	there    []tracker.StoryFile
	imported []tracker.ImportedFile
	// names are those of there as an archive writes them, which may be others.
	names []string
	// save adds one, and remember notes that it was imported; nil for epics, whose
	// attachments nobody removes.
	save     func(*tracker.StoryFile) error
	remember func(tracker.ImportedFile) error
	created  time.Time
}

// attach brings in the attachments of a story. It returns the ids that they have here, 0
// for those that it has not, and how many it adds.
func (p *pass) attach(from transfer.Story, st tracker.Story, fresh bool) (ids []tracker.FileID, added int, err error) {
	if len(from.Attachments) == 0 {
		return nil, 0, nil
	}
	a := attaching{pass: p, at: from.At, created: st.CreatedAt}
	if !fresh {
		if a.there, err = p.r.Files(st.ID); err != nil {
			return nil, 0, err
		}
		if a.imported, err = p.r.ImportedFiles(st.ID); err != nil {
			return nil, 0, err
		}
	}
	if p.w != nil {
		a.save = func(f *tracker.StoryFile) error {
			f.StoryID = st.ID
			return p.w.SaveFile(f)
		}
		a.remember = func(f tracker.ImportedFile) error { return p.w.AddImportedFile(st.ID, f) }
	}
	return a.all(from.Attachments)
}

// attach brings in the attachments of an epic, and returns how many it adds.
func (p *epicPass) attach(from transfer.Epic, e tracker.Epic) (added int, err error) {
	if len(from.Attachments) == 0 {
		return 0, nil
	}
	a := attaching{pass: p.pass, at: from.At, created: e.CreatedAt}
	if e.ID > 0 {
		if a.there, err = p.r.EpicFiles(e.ID); err != nil {
			return 0, err
		}
	}
	if p.w != nil {
		a.save = func(f *tracker.StoryFile) error {
			f.EpicID = e.ID
			return p.w.AddEpicFile(f)
		}
	}
	_, added, err = a.all(from.Attachments)
	return added, err
}

func (a *attaching) all(list []transfer.Attachment) (ids []tracker.FileID, added int, err error) {
	names := make([]string, len(a.there))
	for i, f := range a.there {
		names[i] = f.Name
	}
	for _, p := range archive.Paths("", names) {
		a.names = append(a.names, path.Base(p))
	}
	ids = make([]tracker.FileID, len(list))
	for i, f := range list {
		id, what, err := a.one(f)
		if err != nil {
			return nil, 0, err
		}
		ids[i] = id
		if what == isNew {
			added++
		}
	}
	return ids, added, nil
}

// became is what becomes of an attachment.
type became int

const (
	isNew became = iota
	isSame
	// isLeft was removed here, or has no content.
	isLeft
)

// one adds an attachment that is not here. It is the same as one with its name, size and,
// where that is told, content.
func (a *attaching) one(f transfer.Attachment) (tracker.FileID, became, error) {
	f.Name = cmp.Or(f.Name, archive.CleanName(""))
	same := func(name string, size int64, sum string) bool {
		return f.Name == transfer.PlainName(name) && f.Size == size && (f.Sum == "" || f.Sum == sum)
	}
	once := slices.IndexFunc(a.imported, func(i tracker.ImportedFile) bool { return same(i.Name, i.Size, i.Sum) })
	here := slices.IndexFunc(a.there, func(h tracker.StoryFile) bool { return same(h.Name, h.Size, h.Sum) })
	if here < 0 {
		for i, h := range a.there {
			if same(a.names[i], h.Size, h.Sum) {
				here = i
			}
		}
	}
	if once >= 0 {
		a.imported = slices.Delete(a.imported, once, once+1)
	}
	switch {
	case here >= 0:
		h := a.there[here]
		a.there, a.names = slices.Delete(a.there, here, here+1), slices.Delete(a.names, here, here+1)
		a.count(transfer.Attachments, transfer.Count{Read: 1, Same: 1})
		if once < 0 && a.remember != nil {
			return h.ID, isSame, a.remember(tracker.ImportedFile{Name: f.Name, Size: h.Size, Sum: h.Sum})
		}
		return h.ID, isSame, nil
	case once >= 0:
		a.left(transfer.Attachments)
		a.complain(a.at, "", "the attachment %q was removed here and stays so", cut(f.Name))
		return 0, isLeft, nil
	case f.Path == "":
		a.left(transfer.Attachments)
		a.complain(a.at, "", "the content of the attachment %q is not in the file; it is left out", cut(f.Name))
		return 0, isLeft, nil
	}
	a.count(transfer.Attachments, transfer.Count{Read: 1, Added: 1})
	if a.w == nil {
		a.contents.want(f)
		return 0, isNew, nil
	}
	next, err := a.contents.take(a.ctx, f)
	if err != nil {
		return 0, isNew, err
	}
	next.Name, next.Author, next.CreatedAt = f.Name, a.people.here(f.Author), orElse(f.At, a.created)
	if err := a.save(&next); err != nil {
		return 0, isNew, err
	}
	if a.remember != nil {
		err = a.remember(tracker.ImportedFile{Name: next.Name, Size: next.Size, Sum: next.Sum})
	}
	return next.ID, isNew, err
}
