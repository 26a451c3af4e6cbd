// Package report reads what a project's figures are computed from, all of one moment.
package report

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/figures"
	"storydesk/tracker/kernel"
)

// Reader is what figures read.
type Reader interface {
	Project(id tracker.ProjectID) (tracker.Project, error)
	FindStories(q tracker.StorySearch) ([]tracker.StoryFound, error)
	CardsOf(project tracker.ProjectID, ids []tracker.StoryID) ([]tracker.Card, error)
	FieldChanges(project tracker.ProjectID, fields, verbs []string) ([]tracker.Activity, error)
	LinkedTickets(project tracker.ProjectID) (map[tracker.StoryID][]tracker.Ticket, error)
}

// Service holds the use cases of figures.
type Service struct{ *kernel.Kernel }

// New returns the use cases.
func New(k *kernel.Kernel) *Service { return &Service{k} }

// Figures reads a project's history, from which its figures are computed. CodeNotFound
// when there is no such project.
func (s *Service) Figures(ctx context.Context, project tracker.ProjectID) (*figures.History, error) {
	f := figures.Facts{Now: s.Now()}
	if err := s.Store.Read(ctx, func(r tracker.Reader) error { return read(r, project, &f) }); err != nil {
		return nil, err
	}
	return figures.New(f), nil
}

func read(r Reader, project tracker.ProjectID, f *figures.Facts) (err error) {
	if f.Project, err = r.Project(project); err != nil {
		return err
	}
	f.Stories, err = r.FindStories(tracker.StorySearch{Project: project, Facts: true, Names: true, Dates: true})
	if err == nil {
		err = deadlines(r, project, f.Stories)
	}
	if err == nil {
		f.Changes, err = r.FieldChanges(project, figures.Fields(), figures.Verbs())
	}
	if err == nil {
		f.Tickets, err = r.LinkedTickets(project)
	}
	return err
}

// deadlines completes releases, which alone have one.
func deadlines(r Reader, project tracker.ProjectID, list []tracker.StoryFound) error {
	var ids []tracker.StoryID
	at := map[tracker.StoryID]int{}
	for i := range list {
		if s := &list[i]; s.Type == tracker.Release {
			ids, at[s.ID] = append(ids, s.ID), i
		}
	}
	if len(ids) == 0 {
		return nil
	}
	cards, err := r.CardsOf(project, ids)
	for _, c := range cards {
		list[at[c.ID]].Deadline = c.Deadline
	}
	return err
}
