package stories

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/plan"
	"storydesk/tracker/position"
	"storydesk/tracker/search"
)

// Columns reads a project's stories by column.
func (s *queries) Columns(ctx context.Context, project tracker.ProjectID) (tracker.StoryColumns, error) {
	var p tracker.Project
	var cards []tracker.Card
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		if p, err = r.Project(project); err != nil {
			return err
		}
		cards, err = r.Cards(project)
		return err
	})
	if err != nil {
		return tracker.StoryColumns{}, err
	}
	return plan.NewColumns(p, cards, s.Now(), s.Actor()), nil
}

// Stories lists a project's stories in the board's order, with column and position.
// CodeInvalid, field "search", for a search that ParseQuery does not take.
func (s *queries) Stories(ctx context.Context, project tracker.ProjectID, f tracker.StoryFilter) ([]tracker.Story, error) {
	q, err := s.ParseQuery(search.Stories, f.Search)
	if err != nil {
		return nil, err
	}
	var list []tracker.Story
	var known searched
	var since time.Time
	err = s.Store.Read(ctx, func(r tracker.Reader) error {
		p, err := r.Project(project)
		if err != nil {
			return err
		}
		since = plan.Since(p, s.Now())
		if q, err = q.In(p).WithNames(r, project); err != nil {
			return err
		}
		if list, err = r.Stories(project); err != nil {
			return err
		}
		if p.Manual {
			plan.PlannedFirst(list, func(st *tracker.Story) tracker.State { return st.State })
		}
		if f.Search == "" {
			return nil
		}
		known, err = searchedOf(r, project, q)
		return err
	})
	if err != nil {
		return nil, err
	}
	place(list, since)
	return slices.DeleteFunc(list, func(st tracker.Story) bool {
		return f.Column != "" && st.Column != f.Column || st.Column == tracker.Done && !q.IncludesDone(true) || !q.Matches(search.Whole(&st, known.origins[st.ID], known.blockers[st.ID]))
	}), nil
}

// searched is what a search can ask of stories that they do not say themselves: the numbers
// that they were imported with, and how many open blockers they have.
type searched struct {
	origins  map[tracker.StoryID]int64
	blockers map[tracker.StoryID]int
}

// searchedOf reads what a search asks of a project's stories.
func searchedOf(r tracker.Reader, project tracker.ProjectID, q search.Query) (searched, error) {
	known := searched{map[tracker.StoryID]int64{}, map[tracker.StoryID]int{}}
	list, err := r.Imported(project)
	for _, i := range list {
		known.origins[i.StoryID] = i.Origin
	}
	if err != nil || !q.AsksBlockers() {
		return known, err
	}
	found, err := r.FindStories(tracker.StorySearch{Project: project, Blockers: true})
	for _, f := range found {
		known.blockers[f.ID] = f.Open.Blockers
	}
	return known, err
}

// place sets column and position of all of a project's stories in board order.
func place(list []tracker.Story, since time.Time) {
	next := map[tracker.Column]int{}
	for i := range list {
		list[i].Column = tracker.ColumnOf(list[i].State, list[i].AcceptedAt, since)
		next[list[i].Column]++
		list[i].Position = next[list[i].Column]
	}
}

// ParseQuery reads a search in which "me" is the acting user, whoever that is
// when it is asked.
func (s *queries) ParseQuery(kind search.Kind, text string) (search.Query, error) {
	return search.ParseAt(kind, text, s.Actor, s.Now)
}

// Story reads a story with all that belongs to it; CodeNotFound.
func (s *queries) Story(ctx context.Context, id tracker.StoryID) (tracker.StoryDetail, error) {
	var d tracker.StoryDetail
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		if d.Story, d.Project, err = versioned(r, id, 0); err != nil {
			return err
		}
		d.Story.Column = tracker.ColumnOf(d.Story.State, d.Story.AcceptedAt, plan.Since(d.Project, s.Now()))
		if d.Parts, err = partsOf(r, id); err != nil {
			return err
		}
		d.Parts.Mine = slices.ContainsFunc(d.Parts.Followers, func(name string) bool { return tracker.SameName(name, s.Actor()) })
		if d.Brought, err = r.Brought(id); err != nil {
			return err
		}
		if d.Comments, err = r.Comments(id); err != nil {
			return err
		}
		if d.Activities, err = r.Activities(id); err != nil {
			return err
		}
		if d.Deliveries, err = r.Deliveries(tracker.DeliveryQuery{Story: id}); err != nil {
			return err
		}
		if d.Events, err = r.StoryEvents(id); err != nil {
			return err
		}
		d.Tickets, err = ticketsOf(r, d.Story)
		return err
	})
	return d, err
}

// ticketsOf reads the tickets of a story; of one that is not cached its number is known.
func ticketsOf(r tracker.Reader, s tracker.Story) (list []tracker.Ticket, err error) {
	for _, l := range s.Tickets {
		t, err := r.Ticket(l.Ticket)
		if tracker.CodeOf(err) == tracker.CodeNotFound {
			t, err = tracker.Ticket{TicketKey: l.Ticket, URL: l.URL}, nil
		}
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}

// partsOf reads what hangs on a story.
func partsOf(r tracker.Reader, id tracker.StoryID) (p tracker.Parts, err error) {
	if p.Blockers, err = r.Blockers(id); err != nil {
		return p, err
	}
	if p.Blocks, err = r.Blocking(id); err != nil {
		return p, err
	}
	if p.Reviews, err = r.Reviews(id); err != nil {
		return p, err
	}
	if p.Files, err = r.Files(id); err != nil {
		return p, err
	}
	p.Followers, err = r.Followers(id)
	return p, err
}

// Locate reads a story with its column and position; CodeNotFound.
func (s *queries) Locate(ctx context.Context, id tracker.StoryID) (tracker.Story, error) {
	var st tracker.Story
	err := s.Store.Read(ctx, func(r tracker.Reader) error {
		story, p, err := versioned(r, id, 0)
		if err != nil {
			return err
		}
		cards, err := r.Cards(story.ProjectID)
		if err != nil {
			return err
		}
		st = story
		if p.Manual {
			plan.PlannedFirst(cards, func(c *tracker.Card) tracker.State { return c.State })
		}
		since := plan.Since(p, s.Now())
		st.Column = tracker.ColumnOf(st.State, st.AcceptedAt, since)
		for _, c := range cards {
			if tracker.ColumnOf(c.State, c.AcceptedAt, since) == st.Column {
				st.Position++
			}
			if c.ID == id {
				break
			}
		}
		return nil
	})
	return st, err
}

// AddStory adds a story: unstarted in the Backlog, unscheduled in the Icebox.
// CodeInvalid with the field that cannot work.
func (s *Service) AddStory(ctx context.Context, n tracker.NewStory) (tracker.Story, error) {
	var st tracker.Story
	err := s.Write(ctx, tracker.HintStories, func(w tracker.Writer) (err error) {
		if st, err = s.insertStory(w, n, nil); err != nil || n.Draft == "" {
			return err
		}
		return w.SaveDraft(n.Draft, "")
	})
	if err == nil {
		s.history.add(ctx, changeSet{created{st}})
		s.sequences.put(s.Now(), n.Place, st)
	}
	return st, err
}

// insertStory adds a story, which is made from a ticket unless from is nil.
func (s *changes) insertStory(w tracker.Writer, n tracker.NewStory, from *tracker.Ticket) (tracker.Story, error) {
	p, err := w.Project(n.ProjectID)
	if err != nil {
		return tracker.Story{}, err
	}
	now := s.Now()
	st := tracker.Story{
		ProjectID: n.ProjectID, Name: strings.TrimSpace(n.Name), Description: n.Description, Type: n.Type,
		State: tracker.Unscheduled, Requester: cmp.Or(n.Requester, s.Actor()), CreatedAt: now, UpdatedAt: now,
	}
	tracker.StoryEdit{Owners: &n.Owners, Labels: &n.Labels}.Apply(&st)
	if err := s.settle(w, tracker.Story{}, &st); err != nil {
		return tracker.Story{}, err
	}
	if st.Type == "" {
		st.Type = tracker.Feature
	}
	if n.Template {
		st.Description = s.templated(st, p, from)
	}
	if n.Place, err = located(w, n.Place, p); err != nil {
		return tracker.Story{}, err
	}
	if st.State, err = position.Moved(st, n.Place, p); err != nil {
		return tracker.Story{}, err
	}
	if err := st.Validate(p); err != nil {
		return tracker.Story{}, err
	}
	if n.Place, err = s.sequences.follow(w, now, st, n.Place); err != nil {
		return tracker.Story{}, err
	}
	if n.Place, err = belowPlanned(w, st, n.Place, p); err != nil {
		return tracker.Story{}, err
	}
	if st.Rank, err = rankAt(w, st, n.Place); err != nil {
		return tracker.Story{}, err
	}
	if err := w.AddStory(&st); err != nil {
		return tracker.Story{}, err
	}
	return st, s.outbox.Record(w, st.ID, "created", nil)
}

// Estimate gives stories their points, or takes them away with nil: either from
// all of them or from none. CodeInvalid, field "estimate", for points that are not
// on the project's scale.
func (s *Service) Estimate(ctx context.Context, seen []tracker.Seen, points *float64) ([]tracker.Story, error) {
	return s.changeStories(ctx, seen, estimate(points))
}

func estimate(points *float64) edit {
	return func(_ tracker.Writer, c *edited, _ tracker.Project) error {
		c.after.Estimate, c.verb = points, "estimated"
		return nil
	}
}
