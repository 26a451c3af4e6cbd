package find

import (
	"context"
	"maps"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
	"storydesk/tracker/plan"
	"storydesk/tracker/search"
	"storydesk/tracker/views"
)

// Service finds stories and tickets.
type Service struct{ *kernel.Kernel }

// New returns the use cases.
func New(k *kernel.Kernel) *Service { return &Service{k} }

// FindStories returns the first stories of a project that answer a search through
// everything, as many as limit, all for 0. CodeInvalid, field "search", for a text that
// is no such search.
func (s *Service) FindStories(ctx context.Context, project tracker.ProjectID, text string, limit int) (search.StoryHits, error) {
	var hits search.StoryHits
	q, _, err := search.ParseEverything(text, s.Actor, s.Now)
	if err != nil {
		return hits, err
	}
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		p, err := r.Project(project)
		if err != nil {
			return err
		}
		q, err := q.In(p).WithNames(r, project)
		if err != nil {
			return err
		}
		since := plan.Since(p, s.Now())
		ask := tracker.StorySearch{
			Project: project, Since: since, Facts: q.AsksFacts(), Names: q.AsksNames(), Dates: q.AsksDates(), Links: q.AsksLinks(), Blockers: q.AsksBlockers(),
		}
		ask.Must, ask.Others = q.Words()
		list, err := r.FindStories(ask)
		if err != nil {
			return err
		}
		hits = matching(q, list, limit)
		if err := complete(r, q, project, hits.Stories); err != nil {
			return err
		}
		for i := range hits.Stories {
			h := &hits.Stories[i]
			h.Column = tracker.ColumnOf(h.State, h.AcceptedAt, since)
		}
		return nil
	})
	return hits, err
}

// matching chooses the stories that answer a search among those that a store found for it.
func matching(q search.Query, list []tracker.StoryFound, limit int) search.StoryHits {
	hits := search.StoryHits{WithDone: q.IncludesDone(false)}
	var open, done []tracker.StoryID
	for i := range list {
		f := &list[i]
		if !q.Matches(search.Found(f)) {
			continue
		}
		if f.InDone {
			done = append(done, f.ID)
		} else {
			open = append(open, f.ID)
		}
	}
	hits.Open, hits.Done = len(open), len(done)
	if hits.WithDone {
		slices.Reverse(done)
		open = append(open, done...)
	}
	if limit > 0 && len(open) > limit {
		open = open[:limit]
	}
	hits.Stories = make([]search.StoryHit, len(open))
	for i, id := range open {
		hits.Stories[i].ID = id
	}
	return hits
}

// complete reads what the rows of hits show besides: what tickets and deliveries tell, and
// where the words stand.
func complete(r tracker.Reader, q search.Query, project tracker.ProjectID, hits []search.StoryHit) error {
	if len(hits) == 0 {
		return nil
	}
	ids, at := make([]tracker.StoryID, len(hits)), make(map[tracker.StoryID]int, len(hits))
	for i, h := range hits {
		ids[i], at[h.ID] = h.ID, i
	}
	cards, err := r.CardsOf(project, ids)
	if err != nil {
		return err
	}
	for _, c := range cards {
		hits[at[c.ID]].Card = c
	}
	if !q.AsksText() {
		return nil
	}
	written, err := r.Writings(ids)
	for len(written) > 0 {
		n := slices.IndexFunc(written, func(w tracker.Writing) bool { return w.Story != written[0].Story })
		if n < 0 {
			n = len(written)
		}
		hit := &hits[at[written[0].Story]]
		hit.Excerpt, _ = q.Excerpt(&hit.Card, written[:n])
		written = written[n:]
	}
	return err
}

// FindTickets returns the first tickets in the views of a project's active integrations
// that answer a search through everything, as many as limit, all for 0. It fails as
// FindStories does.
func (s *Service) FindTickets(ctx context.Context, project tracker.ProjectID, text string, limit int) (search.TicketHits, error) {
	var hits search.TicketHits
	_, q, err := search.ParseEverything(text, s.Actor, s.Now)
	if err != nil {
		return hits, err
	}
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		p, err := r.Project(project)
		if err != nil {
			return err
		}
		q := q.In(p)
		integrations, err := r.Integrations(project)
		if err != nil {
			return err
		}
		for _, in := range integrations {
			if in.Active {
				list, err := views.ReadTickets(r, in.ID, s.Now())
				if err != nil {
					return err
				}
				hits.Tickets = append(hits.Tickets, inView(q, in, list.Tickets)...)
			}
		}
		return nil
	})
	hits.Total = len(hits.Tickets)
	if limit > 0 && hits.Total > limit {
		hits.Tickets = slices.Clip(hits.Tickets[:limit])
	}
	return hits, err
}

// inView chooses the tickets of an integration's view that answer a search.
func inView(q search.Query, in tracker.Integration, list []tracker.TicketRow) (hits []search.TicketHit) {
	for i := range list {
		if t := &list[i]; q.Matches(search.Ticket(t)) {
			hits = append(hits, search.TicketHit{TicketRow: *t, Integration: in.ID, IntegrationName: in.Name})
		}
	}
	return hits
}

// KnownValues lists the people and the labels of a project's stories, for what completes
// searches.
func (s *Service) KnownValues(ctx context.Context, project tracker.ProjectID) (search.Known, error) {
	var list []tracker.StoryFound
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		list, err = r.FindStories(tracker.StorySearch{Project: project, Facts: true})
		return err
	})
	people, labels := map[string]bool{}, map[string]bool{}
	for _, f := range list {
		for _, owner := range append(f.Owners[:len(f.Owners):len(f.Owners)], f.Requester) {
			people[owner] = true
		}
		for _, label := range f.Labels {
			labels[label] = true
		}
	}
	delete(people, "")
	return search.Known{People: slices.Sorted(maps.Keys(people)), Labels: slices.Sorted(maps.Keys(labels))}, err
}
