package projects

import (
	"context"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/plan"
)

// Plan plans a project's stories as if the velocity were another one, 0 for the
// project's own. CodeNotFound when there is no such project.
func (s *Service) Plan(ctx context.Context, project tracker.ProjectID, velocity int) (plan.Plan, error) {
	p, cards, err := s.read(ctx, project)
	if err != nil {
		return plan.Plan{}, err
	}
	now := s.Now()
	return plan.WithVelocity(plan.NewColumns(p, cards, now, s.Actor()), now, velocity), nil
}

// Effect says what becomes of the plan once a project is saved; CodeInvalid as
// SaveProject.
func (s *Service) Effect(ctx context.Context, changed tracker.Project) ([]string, error) {
	changed.Name = strings.TrimSpace(changed.Name)
	if err := changed.Validate(); err != nil {
		return nil, err
	}
	p, cards, err := s.read(ctx, changed.ID)
	if err != nil {
		return nil, err
	}
	now := s.Now()
	planned := func(p tracker.Project) plan.Plan { return plan.New(plan.NewColumns(p, cards, now, s.Actor()), now) }
	return plan.Compare(planned(p), planned(changed)), nil
}

func (s *Service) read(ctx context.Context, project tracker.ProjectID) (p tracker.Project, cards []tracker.Card, err error) {
	err = s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		if p, err = r.Project(project); err != nil {
			return err
		}
		cards, err = r.Cards(project)
		return err
	})
	return p, cards, err
}
