package parts

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/outbox"
	"storydesk/tracker/stories"
)

// forgetAfter is how long the file of an attachment that was removed is there, so that
// the removal can be undone.
const forgetAfter = 24 * time.Hour

func (s *Service) file() kind[tracker.StoryFile] {
	return kind[tracker.StoryFile]{
		name:   "attachment",
		list:   func(r tracker.Reader, story tracker.StoryID) ([]tracker.StoryFile, error) { return r.Files(story) },
		save:   func(w tracker.Writer, f *tracker.StoryFile) error { return w.SaveFile(f) },
		remove: func(w tracker.Writer, f tracker.StoryFile) error { return outbox.RemoveFile(w, f, s.now()) },
		id:     func(f tracker.StoryFile) int64 { return int64(f.ID) },
		text:   func(f tracker.StoryFile) string { return f.Name },
		same:   func(a, b tracker.StoryFile) bool { return a.Name == b.Name },
	}
}

// AddFiles attaches copies of the user's files at some paths to a story: all or none.
// CodeNotFound; CodeInvalid, field "file", for what cannot be attached.
func (s *Service) AddFiles(ctx context.Context, story tracker.StoryID, paths []string) ([]tracker.StoryFile, error) {
	taken, err := s.take(ctx, paths)
	if err != nil {
		return nil, err
	}
	var made []stories.PartChange
	err = s.Write(ctx, tracker.HintStories, func(w tracker.Writer) error {
		made = nil
		if _, err := w.Story(story); err != nil {
			return err
		}
		for i := range taken {
			f := &taken[i]
			f.ID, f.StoryID = 0, story
			c := change[tracker.StoryFile]{service: s, kind: s.file(), story: story, did: "attachment added", is: f}
			if err := c.make(w, c.did); err != nil {
				return err
			}
			made = append(made, c)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.stories.RememberParts(ctx, made...)
	return taken, nil
}

// take copies files that are to be attached. What is not attached then is swept later.
func (s *Service) take(ctx context.Context, paths []string) ([]tracker.StoryFile, error) {
	var taken []tracker.StoryFile
	for _, p := range paths {
		f, err := s.Files.Take(ctx, p)
		if err != nil {
			return nil, err
		}
		f.Author, f.CreatedAt = s.Actor(), s.now()
		taken = append(taken, f)
	}
	return taken, nil
}

// RemoveFile removes an attachment from a story. CodeNotFound; CodeRefused while a comment
// that carries it is about to be sent.
func (s *Service) RemoveFile(ctx context.Context, story tracker.StoryID, id tracker.FileID) error {
	return alter(ctx, s, s.file(), story, int64(id), func(tracker.Writer, tracker.StoryFile) (*tracker.StoryFile, string, error) {
		return nil, "attachment removed", nil
	})
}

// ExportFile copies an attachment to a file of the user's, which is only replaced where
// replace is true. CodeNotFound; CodeInvalid, field "file".
func (s *Service) ExportFile(ctx context.Context, story tracker.StoryID, id tracker.FileID, to string, replace bool) (tracker.StoryFile, error) {
	f, err := s.findFile(ctx, story, id)
	if err != nil {
		return f, err
	}
	return f, s.Files.Export(ctx, f, to, replace)
}

// ShowFile makes a copy of an attachment that another program can open, and returns its
// path. CodeNotFound; CodeRefused for a file that would be run instead of shown.
func (s *Service) ShowFile(ctx context.Context, story tracker.StoryID, id tracker.FileID) (string, error) {
	f, err := s.findFile(ctx, story, id)
	if err != nil {
		return "", err
	}
	ending := endingOf(f.Name)
	if slices.Contains(programs(), ending) {
		return "", tracker.Errorf(tracker.CodeRefused, "%s is a program, which opening would run; save a copy of it instead", f.Name)
	}
	return s.Files.Show(ctx, f, ending)
}

func (s *Service) findFile(ctx context.Context, story tracker.StoryID, id tracker.FileID) (f tracker.StoryFile, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		if _, err := r.Story(story); err != nil {
			return err
		}
		f, err = s.file().find(r, story, int64(id))
		return err
	})
	return f, err
}

// endingOf is the ending of a file's name by which systems know its kind, such as ".pdf";
// empty where it has none of few letters and digits.
func endingOf(name string) string {
	ending := strings.ToLower(path.Ext(name))
	if len(ending) < 2 || len(ending) > 9 || strings.Trim(ending[1:], "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
		return ""
	}
	return ending
}

// programs are the endings of files that a system runs when it is asked to open them.
func programs() []string {
	return []string{
		".app", ".appimage", ".appref", ".bat", ".cmd", ".com", ".command", ".cpl", ".desktop", ".exe", ".hta", ".inf", ".jar", ".js", ".jse",
		".lnk", ".msc", ".msi", ".pif", ".ps1", ".reg", ".scr", ".sh", ".terminal", ".url", ".vb", ".vbe", ".vbs", ".webloc", ".wsf", ".wsh",
	}
}

// Comment comments on stories as [stories.Service.Comment] does, with several drafts. The comment carries
// copies of the user's files at some paths, which become attachments of each story, and
// attachments that the stories have already.
func (s *Service) Comment(ctx context.Context, ids []tracker.StoryID, text string, drafts, paths []string, files ...tracker.FileID) ([]tracker.Comment, error) {
	taken, err := s.take(ctx, paths)
	if err != nil {
		return nil, err
	}
	carried := stories.Carried{Files: files}
	for i, f := range taken {
		carried.New = append(carried.New, stories.NewFile{StoryFile: f, Path: paths[i]})
	}
	return s.stories.CommentWith(ctx, ids, text, drafts, carried)
}

// SweepFiles removes the files of attachments that were removed long ago or never saved.
func (s *Service) SweepFiles(ctx context.Context) error {
	before := s.Now().Add(-forgetAfter)
	var kept []string
	err := s.Store.Write(ctx, func(w tracker.Writer) (err error) {
		kept, err = w.ForgetFiles(before)
		return err
	})
	if err != nil {
		return err
	}
	return s.Files.Sweep(kept, before)
}

// sweepAfter is how long a program runs before it sweeps: the start is for the board.
const sweepAfter = time.Minute

// RunSweeper sweeps while the program runs, until ctx ends.
func (s *Service) RunSweeper(ctx context.Context) error {
	timer := time.NewTimer(sweepAfter)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
		}
		if err := s.SweepFiles(ctx); err != nil && ctx.Err() == nil {
			s.Log.Error("old attachments are not removed", "error", err)
		}
		timer.Reset(forgetAfter / 4)
	}
}
