package tracker

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Board is a project's stories as its columns show them.
type Board struct {
	Project Project
	Backlog []Card
	Icebox  []Card
	// Done holds what was accepted before the current iteration, oldest first.
	Done []Card
	// Mine holds what the acting user owns and nobody has accepted yet, whatever
	// its column.
	Mine []Card
}

// Board reads a project's columns.
func (s *Service) Board(ctx context.Context, project ProjectID) (Board, error) {
	var b Board
	var cards []Card
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		if b.Project, err = r.Project(project); err != nil {
			return err
		}
		cards, err = r.Cards(project)
		return err
	})
	if err != nil {
		return Board{}, err
	}
	since := b.Project.IterationStart(s.Now())
	done, _ := slices.BinarySearchFunc(cards, since, func(c Card, t time.Time) int {
		if columnOf(c.State, c.AcceptedAt, t) == Done {
			return -1
		}
		return 1
	})
	ice, _ := slices.BinarySearchFunc(cards, GroupIcebox, func(c Card, g Group) int {
		if c.State.Group() != g {
			return -1
		}
		return 1
	})
	b.Done, b.Backlog, b.Icebox = cards[:done:done], cards[done:ice:ice], cards[ice:]
	me := s.actor()
	for _, c := range cards[done:] {
		if c.State != Accepted && slices.ContainsFunc(c.Owners, func(o string) bool { return sameName(o, me) }) {
			b.Mine = append(b.Mine, c)
		}
	}
	return b, nil
}

// columnOf tells which column shows a story. Accepted work stays on top of the
// Backlog until the iteration in which it was accepted is over.
func columnOf(state State, accepted *time.Time, iteration time.Time) Column {
	switch {
	case state == Unscheduled:
		return Icebox
	case state == Accepted && accepted != nil && accepted.Before(iteration):
		return Done
	}
	return Backlog
}

// StoryFilter chooses stories. Zero fields do not restrict.
type StoryFilter struct {
	Column Column
	// Search is what ParseQuery reads, empty for all.
	Search string
}

// Stories lists a project's stories in the board's order, with column and position.
// CodeInvalid, field "search", for a search that ParseQuery does not take.
func (s *Service) Stories(ctx context.Context, project ProjectID, f StoryFilter) ([]Story, error) {
	q, err := s.ParseQuery(SearchStories, f.Search)
	if err != nil {
		return nil, err
	}
	var list []Story
	var since time.Time
	err = s.Store.Read(ctx, func(r Reader) error {
		p, err := r.Project(project)
		if err != nil {
			return err
		}
		since = p.IterationStart(s.Now())
		list, err = r.Stories(project)
		return err
	})
	if err != nil {
		return nil, err
	}
	place(list, since)
	return slices.DeleteFunc(list, func(st Story) bool {
		return f.Column != "" && st.Column != f.Column || !q.Matches(st, st.SearchText())
	}), nil
}

// place sets column and position of all of a project's stories in board order.
func place(list []Story, since time.Time) {
	next := map[Column]int{}
	for i := range list {
		list[i].Column = columnOf(list[i].State, list[i].AcceptedAt, since)
		next[list[i].Column]++
		list[i].Position = next[list[i].Column]
	}
}

// ParseQuery reads a search in which "me" is the acting user, whoever that is
// when it is asked.
func (s *Service) ParseQuery(kind SearchKind, text string) (Query, error) {
	return ParseQuery(kind, text, s.actor)
}

// StoryDetail is a story with all that belongs to it.
type StoryDetail struct {
	// Story has its column but no position; Locate tells that.
	Story   Story
	Project Project
	// Tickets are the linked tickets as last seen, in the order of Story.Tickets;
	// one that was never read has only its key and URL.
	Tickets []Ticket
	// Comments are oldest first, Activities and Deliveries newest first.
	Comments   []Comment
	Activities []Activity
	Deliveries []Delivery
}

// Story reads a story with all that belongs to it; CodeNotFound.
func (s *Service) Story(ctx context.Context, id StoryID) (StoryDetail, error) {
	var d StoryDetail
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		if d.Story, d.Project, err = versioned(r, id, 0); err != nil {
			return err
		}
		d.Story.Column = columnOf(d.Story.State, d.Story.AcceptedAt, d.Project.IterationStart(s.Now()))
		if d.Comments, err = r.Comments(id); err != nil {
			return err
		}
		if d.Activities, err = r.Activities(id); err != nil {
			return err
		}
		if d.Deliveries, err = r.Deliveries(DeliveryQuery{Story: id}); err != nil {
			return err
		}
		for _, l := range d.Story.Tickets {
			t, err := r.Ticket(l.Ticket)
			if CodeOf(err) == CodeNotFound {
				t, err = Ticket{TicketKey: l.Ticket, URL: l.URL}, nil
			}
			if err != nil {
				return err
			}
			d.Tickets = append(d.Tickets, t)
		}
		return nil
	})
	return d, err
}

// Locate reads a story with its column and position; CodeNotFound.
func (s *Service) Locate(ctx context.Context, id StoryID) (Story, error) {
	var st Story
	err := s.Store.Read(ctx, func(r Reader) error {
		story, p, err := versioned(r, id, 0)
		if err != nil {
			return err
		}
		cards, err := r.Cards(story.ProjectID)
		if err != nil {
			return err
		}
		st = story
		since := p.IterationStart(s.Now())
		st.Column = columnOf(st.State, st.AcceptedAt, since)
		for _, c := range cards {
			if columnOf(c.State, c.AcceptedAt, since) == st.Column {
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

// NewStory is a story to be added.
type NewStory struct {
	ProjectID   ProjectID
	Name        string
	Description string
	// Type is a feature when empty.
	Type  StoryType
	Place Place
}

// AddStory adds a story: unstarted in the Backlog, unscheduled in the Icebox.
// CodeInvalid with the field that cannot work.
func (s *Service) AddStory(ctx context.Context, n NewStory) (Story, error) {
	var st Story
	err := s.write(ctx, HintStories, func(w Writer) (err error) {
		st, err = s.insertStory(w, n)
		return err
	})
	if err == nil {
		s.history.add(deed{{verb: "created", story: st.ID, after: st}})
	}
	return st, err
}

func (s *Service) insertStory(w Writer, n NewStory) (Story, error) {
	p, err := w.Project(n.ProjectID)
	if err != nil {
		return Story{}, err
	}
	now := s.Now()
	st := Story{
		ProjectID: n.ProjectID, Name: strings.TrimSpace(n.Name), Description: n.Description, Type: n.Type,
		State: Unscheduled, Requester: s.actor(), CreatedAt: now, UpdatedAt: now,
	}
	if st.Type == "" {
		st.Type = Feature
	}
	if n.Place.Column, err = n.Place.column(w); err != nil {
		return Story{}, err
	}
	if n.Place.Column == Backlog {
		st.State = Unstarted
	}
	if err := st.Validate(p); err != nil {
		return Story{}, err
	}
	if st.Rank, err = rankAt(w, st, n.Place); err != nil {
		return Story{}, err
	}
	if err := w.AddStory(&st); err != nil {
		return Story{}, err
	}
	return st, s.record(w, st.ID, "created", nil)
}

func (s *Service) record(w Writer, id StoryID, verb string, changes []FieldChange) error {
	_, err := s.activity(w, id, verb, changes)
	return err
}

func (s *Service) activity(w Writer, id StoryID, verb string, changes []FieldChange) (Activity, error) {
	a := Activity{StoryID: id, Actor: s.actor(), Verb: verb, Changes: changes, At: s.Now()}
	err := w.AddActivity(&a)
	return a, err
}

// Estimate gives a story its points, or takes them away with nil. CodeInvalid,
// field "estimate", for points that are not on the project's scale.
func (s *Service) Estimate(ctx context.Context, id StoryID, version int64, points *float64) (Story, error) {
	return s.changeStory(ctx, Seen{id, version}, estimate(points))
}

// EstimateStories gives several stories the same points as Estimate does:
// either all of them or none.
func (s *Service) EstimateStories(ctx context.Context, seen []Seen, points *float64) ([]Story, error) {
	return s.changeStories(ctx, seen, estimate(points))
}

func estimate(points *float64) edit {
	return func(_ Writer, c *change, _ Project) error {
		c.after.Estimate, c.verb = points, "estimated"
		return nil
	}
}
