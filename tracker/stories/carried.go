package stories

import (
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/outbox"
)

// Carried are the attachments that a comment carries.
type Carried struct {
	// New become attachments of each story.
	New []NewFile
	// Files are attachments that the stories have.
	Files []tracker.FileID
}

// NewFile is an attachment that comes with a comment, a copy of the user's file at Path.
type NewFile struct {
	tracker.StoryFile
	Path string
}

// carriedFile is an attachment that a comment carries; new reports whether it came with
// the comment, so that it goes with it: then path is where the user has it.
type carriedFile struct {
	file tracker.StoryFile
	new  bool
	path string
}

// of returns what a comment on a story carries. CodeNotFound for an attachment that the
// story does not have, CodeRefused for an imported one that Zendesk does not accept.
func (c Carried) of(r tracker.Reader, story tracker.StoryID) ([]carriedFile, error) {
	var with []carriedFile
	for _, f := range c.New {
		f.ID, f.StoryID = 0, story
		with = append(with, carriedFile{f.StoryFile, true, f.Path})
	}
	if len(c.Files) == 0 {
		return with, nil
	}
	list, err := r.Files(story)
	if err != nil {
		return nil, err
	}
	for _, id := range c.Files {
		i := slices.IndexFunc(list, func(f tracker.StoryFile) bool { return f.ID == id })
		if i < 0 {
			return nil, tracker.Errorf(tracker.CodeNotFound, "%s has no attachment %d", story, id)
		}
		if list[i].Size > tracker.MaxFileSize {
			return nil, tracker.Errorf(tracker.CodeRefused, "%s is larger than %d MB, which is the most that Zendesk accepts", list[i].Name, tracker.MaxFileSize>>20)
		}
		with = append(with, carriedFile{file: list[i]})
	}
	return with, nil
}

// carry makes a comment carry attachments. Those that came with it are there from then
// on, also when they were removed with it. CodeRefused for another that is gone.
func carry(w tracker.Writer, comment tracker.CommentID, with []carriedFile) (changes []tracker.FieldChange, err error) {
	for i := range with {
		f := &with[i].file
		if with[i].new {
			if err := w.SaveFile(f); err != nil {
				return nil, err
			}
		} else if err := isThere(w, *f); err != nil {
			return nil, err
		}
		if err := w.CarryFile(comment, f.ID); err != nil {
			return nil, err
		}
		changes = append(changes, tracker.FieldChange{Field: "attachment", New: f.Name})
	}
	return changes, nil
}

// isThere fails for an attachment that its story has no more.
func isThere(r tracker.Reader, f tracker.StoryFile) error {
	list, err := r.Files(f.StoryID)
	if err == nil && !slices.ContainsFunc(list, func(of tracker.StoryFile) bool { return of.ID == f.ID }) {
		err = tracker.Errorf(tracker.CodeRefused, "%s was removed from %s since", f.Name, f.StoryID)
	}
	return err
}

// dropNew removes the attachments that came with a comment, but for those that another
// comment carries which is not sent yet.
func dropNew(w tracker.Writer, with []carriedFile, at time.Time) error {
	for _, f := range with {
		if !f.new {
			continue
		}
		switch err := outbox.RemoveFile(w, f.file, at); tracker.CodeOf(err) {
		case "", tracker.CodeNotFound, tracker.CodeRefused:
		default:
			return err
		}
	}
	return nil
}

// tellCarried adds what a comment carries, so that another one can carry it.
func tellCarried(u *tracker.Undone, with []carriedFile) {
	for _, f := range with {
		switch {
		case !f.new:
			u.Files = append(u.Files, f.file)
		case !slices.Contains(u.Paths, f.path): // each story of several got a copy
			u.Paths = append(u.Paths, f.path)
		}
	}
}
