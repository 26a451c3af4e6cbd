// Package epics holds the use cases of epics: listing them with what their stories sum to,
// adding, editing, moving and deleting them. Nothing of them is sent to tickets.
//
// Invariants:
//   - An epic's stories are those that carry its label; none is changed here.
//   - Every change can be undone.
package epics

import (
	"context"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/epic"
	"storydesk/tracker/kernel"
	"storydesk/tracker/plan"
	"storydesk/tracker/stories"
)

// Service is the use cases of epics.
type Service struct {
	*kernel.Kernel
	stories *stories.Service
}

// New returns the use cases.
func New(k *kernel.Kernel, s *stories.Service) *Service { return &Service{k, s} }

// Epics lists a project's epics in their order, with what their stories sum to.
func (s *Service) Epics(ctx context.Context, project tracker.ProjectID) (list []epic.Figures, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		list, err = s.read(r, project)
		return err
	})
	return list, err
}

// read reads a project's epics with their figures.
func (s *Service) read(r tracker.Reader, project tracker.ProjectID) ([]epic.Figures, error) {
	p, err := r.Project(project)
	if err != nil {
		return nil, err
	}
	list, err := r.Epics(project)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	cards, err := r.Cards(project)
	if err != nil {
		return nil, err
	}
	b := plan.NewColumns(p, cards, s.Now(), s.Actor())
	return epic.Of(list, b, plan.New(b, s.Now())), nil
}

// Epic returns an epic of a project with all that belongs to it, by its number, its name
// or its label. CodeNotFound, field "epic".
func (s *Service) Epic(ctx context.Context, project tracker.ProjectID, ref string) (d epic.Detail, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		list, err := s.read(r, project)
		if err != nil {
			return err
		}
		of, err := epic.Find(epicsOf(list), ref)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(list, func(f epic.Figures) bool { return f.Epic.ID == of.ID })
		d.Figures, d.At = list[at], s.Now()
		d.Parts, err = parts(r, of.ID)
		return err
	})
	return d, err
}

// Parts returns what an epic has beside its stories: nothing where it is gone.
func (s *Service) Parts(ctx context.Context, id tracker.EpicID) (p epic.Parts, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		p, err = parts(r, id)
		return err
	})
	return p, err
}

func parts(r tracker.Reader, id tracker.EpicID) (p epic.Parts, err error) {
	if p.Comments, err = r.EpicComments(id); err == nil {
		p.Files, err = r.EpicFiles(id)
	}
	return p, err
}

// ExportFile copies an attachment of an epic to a file of the user's, which is only
// replaced where replace is true. CodeNotFound; CodeInvalid, field "file".
func (s *Service) ExportFile(ctx context.Context, project tracker.ProjectID, ref string, id tracker.FileID, to string, replace bool) (tracker.StoryFile, error) {
	d, err := s.Epic(ctx, project, ref)
	if err != nil {
		return tracker.StoryFile{}, err
	}
	i := slices.IndexFunc(d.Files, func(f tracker.StoryFile) bool { return f.ID == id })
	if i < 0 {
		return tracker.StoryFile{}, tracker.Errorf(tracker.CodeNotFound, "the epic %s has no attachment %d", d.Epic.ID, id)
	}
	return d.Files[i], s.Files.Export(ctx, d.Files[i], to, replace)
}

func epicsOf(list []epic.Figures) []tracker.Epic {
	epics := make([]tracker.Epic, len(list))
	for i, f := range list {
		epics[i] = f.Epic
	}
	return epics
}

// AddEpic adds an epic at the end of a project's epics. Its label is its name in lower
// case where none is given. CodeInvalid, with the field.
func (s *Service) AddEpic(ctx context.Context, e tracker.Epic) (tracker.Epic, error) {
	clean(&e)
	if e.Label == "" {
		e.Label = epic.LabelFor(e.Name)
	}
	if err := epic.Validate(e); err != nil {
		return tracker.Epic{}, err
	}
	e.ID, e.CreatedAt = 0, s.now()
	e.UpdatedAt = e.CreatedAt
	err := s.change(ctx, func(w tracker.Writer) ([]stories.EpicChange, error) {
		list, err := w.Epics(e.ProjectID)
		if err != nil {
			return nil, err
		}
		e.Position = 1
		if n := len(list); n > 0 {
			e.Position = list[n-1].Position + 1
		}
		return []stories.EpicChange{{Is: &e, Verb: "added"}}, nil
	})
	return e, err
}

// EditEpic changes an epic of a project, whose number, name or label is ref. Another label
// makes other stories the epic's. CodeNotFound, field "epic"; CodeInvalid, with the field;
// CodeConflict as [epic.Edit] says.
func (s *Service) EditEpic(ctx context.Context, project tracker.ProjectID, ref string, edit epic.Edit) (now tracker.Epic, err error) {
	err = s.change(ctx, func(w tracker.Writer) ([]stories.EpicChange, error) {
		was, err := find(w, project, ref)
		if err != nil {
			return nil, err
		}
		if now, err = edit.Of(was); err != nil {
			return nil, err
		}
		clean(&now)
		if now == was {
			return nil, nil
		}
		now.UpdatedAt = s.now()
		return []stories.EpicChange{{Was: &was, Is: &now, Verb: "edited"}}, epic.Validate(now)
	})
	return now, err
}

// MoveEpic puts an epic elsewhere among those of its project. It fails as EditEpic does.
func (s *Service) MoveEpic(ctx context.Context, project tracker.ProjectID, ref string, to epic.Place) (now tracker.Epic, err error) {
	err = s.change(ctx, func(w tracker.Writer) ([]stories.EpicChange, error) {
		if now, err = find(w, project, ref); err != nil {
			return nil, err
		}
		list, err := w.Epics(project)
		if err != nil {
			return nil, err
		}
		moved, err := epic.Moved(list, now.ID, to)
		var made []stories.EpicChange
		for i := range moved {
			was := list[slices.IndexFunc(list, func(e tracker.Epic) bool { return e.ID == moved[i].ID })]
			if was.Position != moved[i].Position {
				made = append(made, stories.EpicChange{Was: &was, Is: &moved[i], Verb: "moved"})
			}
			if now.ID == was.ID {
				now = moved[i]
			}
		}
		return made, err
	})
	return now, err
}

// DeleteEpic deletes an epic and returns it. Its stories keep the label. CodeNotFound,
// field "epic".
func (s *Service) DeleteEpic(ctx context.Context, project tracker.ProjectID, ref string) (was tracker.Epic, err error) {
	err = s.change(ctx, func(w tracker.Writer) ([]stories.EpicChange, error) {
		was, err = find(w, project, ref)
		return []stories.EpicChange{{Was: &was, Verb: "deleted"}}, err
	})
	return was, err
}

// change makes what do finds, in one transaction, and remembers it to be undone.
func (s *Service) change(ctx context.Context, do func(tracker.Writer) ([]stories.EpicChange, error)) error {
	var made []stories.EpicChange
	err := s.Write(ctx, tracker.HintStories, func(w tracker.Writer) (err error) {
		if made, err = do(w); err != nil {
			return err
		}
		for _, c := range made {
			if err := c.Make(w); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.stories.RememberEpics(ctx, made...)
	}
	return err
}

// find finds an epic of a project.
func find(r tracker.Reader, project tracker.ProjectID, ref string) (tracker.Epic, error) {
	list, err := r.Epics(project)
	if err != nil {
		return tracker.Epic{}, err
	}
	return epic.Find(list, ref)
}

func clean(e *tracker.Epic) {
	e.Name, e.Label, e.Description = strings.TrimSpace(e.Name), epic.CleanLabel(e.Label), strings.TrimSpace(e.Description)
}

// now is the time in the precision in which it is saved.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }
