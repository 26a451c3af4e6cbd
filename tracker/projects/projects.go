package projects

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"storydesk/tracker"
)

// Settings that name a project do so by its id, which outlives the name.
const (
	// settingProject is the project that the board had open last.
	settingProject = "project"
	// settingCommandProject is the project that commands work on.
	settingCommandProject = "command_project"
)

// Projects lists all projects by name.
func (s *Service) Projects(ctx context.Context) ([]tracker.Project, error) {
	var list []tracker.Project
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		list, err = r.Projects()
		return err
	})
	return list, err
}

// Project finds a project by its name or id; CodeNotFound, field "project".
func (s *Service) Project(ctx context.Context, ref string) (tracker.Project, error) {
	list, err := s.Projects(ctx)
	if err != nil {
		return tracker.Project{}, err
	}
	return findProject(list, ref)
}

func findProject(list []tracker.Project, ref string) (tracker.Project, error) {
	for _, p := range list {
		if tracker.SameName(p.Name, ref) {
			return p, nil
		}
	}
	for _, p := range list {
		if strconv.FormatInt(int64(p.ID), 10) == strings.TrimSpace(ref) {
			return p, nil
		}
	}
	e := tracker.Errorf(tracker.CodeNotFound, "there is no project %q", ref)
	e.Reason, e.Field = tracker.ReasonUnknownProject, "project"
	return tracker.Project{}, e
}

// OpenProject finds the project that the board opens: the named one, or for an
// empty name the one opened last, or the oldest. The first use makes
// FirstProject. A named one is remembered as opened last.
func (s *Service) OpenProject(ctx context.Context, ref string) (tracker.Project, error) {
	list, err := s.Projects(ctx)
	if err != nil {
		return tracker.Project{}, err
	}
	if ref != "" {
		p, err := findProject(list, ref)
		if err != nil {
			return tracker.Project{}, err
		}
		return p, s.settings.SaveSetting(ctx, settingProject, strconv.FormatInt(int64(p.ID), 10))
	}
	if len(list) == 0 {
		return s.AddProject(ctx, tracker.NewProject(tracker.FirstProject))
	}
	last, err := s.settings.Setting(ctx, settingProject)
	if err != nil {
		return tracker.Project{}, err
	}
	if p, err := findProject(list, last); err == nil {
		return p, nil
	}
	return slices.MinFunc(list, func(a, b tracker.Project) int { return cmp.Compare(a.ID, b.ID) }), nil
}

// CommandProject finds the project that commands work on when they name none:
// the only one, else that of UseProject. Which project a board has open makes no
// difference. The first use makes FirstProject. CodeInvalid, field "project",
// when there are several and none was chosen.
func (s *Service) CommandProject(ctx context.Context) (tracker.Project, error) {
	list, err := s.Projects(ctx)
	switch {
	case err != nil:
		return tracker.Project{}, err
	case len(list) == 0:
		return s.AddProject(ctx, tracker.NewProject(tracker.FirstProject))
	case len(list) == 1:
		return list[0], nil
	}
	chosen, err := s.settings.Setting(ctx, settingCommandProject)
	if err != nil {
		return tracker.Project{}, err
	}
	names := make([]string, len(list))
	for i, p := range list {
		if strconv.FormatInt(int64(p.ID), 10) == chosen {
			return p, nil
		}
		names[i] = p.Name
	}
	return tracker.Project{}, tracker.Invalid("project", "there are several projects (%s)", strings.Join(names, ", "))
}

// UseProject chooses the project that commands work on, by its name or id;
// CodeNotFound, field "project".
func (s *Service) UseProject(ctx context.Context, ref string) (tracker.Project, error) {
	p, err := s.Project(ctx, ref)
	if err != nil {
		return tracker.Project{}, err
	}
	return p, s.settings.SaveSetting(ctx, settingCommandProject, strconv.FormatInt(int64(p.ID), 10))
}

// AddProject adds a project; CodeInvalid with the field that cannot work, or
// field "name" when the name is taken.
func (s *Service) AddProject(ctx context.Context, p tracker.Project) (tracker.Project, error) {
	p.Name = strings.TrimSpace(p.Name)
	p.CreatedAt = s.Now()
	p.UpdatedAt = p.CreatedAt
	if err := p.Validate(); err != nil {
		return tracker.Project{}, err
	}
	err := s.Write(ctx, tracker.HintProjects, func(w tracker.Writer) error { return w.AddProject(&p) })
	return p, err
}

// SaveProject replaces a project; CodeInvalid as AddProject, CodeConflict when
// it changed since p was read. Undo takes it back in turn with changes of stories.
func (s *Service) SaveProject(ctx context.Context, p tracker.Project) (tracker.Project, error) {
	p.Name = strings.TrimSpace(p.Name)
	p.UpdatedAt = s.Now()
	if err := p.Validate(); err != nil {
		return tracker.Project{}, err
	}
	var was, saved tracker.Project
	err := s.Write(ctx, tracker.HintProjects|tracker.HintStories, func(w tracker.Writer) (err error) {
		if was, err = w.Project(p.ID); err != nil {
			return err
		}
		saved = p
		return w.SaveProject(&saved)
	})
	if err != nil {
		return p, err
	}
	if !same(was, saved) {
		s.stories.RememberNamed(ctx, &change{was, saved})
	}
	return saved, nil
}
