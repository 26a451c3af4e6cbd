package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func testStories(t *testing.T, s *suite) {
	p := s.project("p")
	points, deadline, accepted := 0.5, at(24*time.Hour), at(time.Hour)
	st := tracker.Story{
		ProjectID: p.ID, Name: "Export\x1b[31m fails", Description: "d", Type: tracker.Release, State: tracker.Accepted,
		Estimate: &points, Requester: "Ada", Owners: []string{"Grace", "Ada", `"Łukasz", 二`}, Labels: []string{"b", "a"},
		Rank: -5, Deadline: &deadline, AcceptedAt: &accepted, CreatedAt: epoch(), UpdatedAt: epoch(),
	}
	s.write(func(w tracker.Writer) error { return w.AddStory(&st) })
	story := func(id tracker.StoryID) tracker.Story {
		return get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(id) })
	}
	same(t, "version of a new story", st.Version, int64(1))
	same(t, "story", story(st.ID), st)

	stale := st
	st.Name, st.Type, st.State, st.Estimate, st.Deadline, st.AcceptedAt = "n", tracker.Bug, tracker.Planned, nil, nil, nil
	st.Owners, st.Labels, st.Rank, st.UpdatedAt = nil, []string{"c"}, 9, at(2*time.Hour)
	s.write(func(w tracker.Writer) error { return w.SaveStory(&st) })
	same(t, "version of a saved story", st.Version, int64(2))
	same(t, "saved story", story(st.ID), st)

	s.refused(tracker.CodeConflict, "", func(w tracker.Writer) error { return w.SaveStory(&stale) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		return w.SaveStory(&tracker.Story{ID: 99, Version: 1, ProjectID: p.ID, State: tracker.Started})
	})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		return w.AddStory(&tracker.Story{ProjectID: 99, State: tracker.Started})
	})

	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Story(st.ID)
		return err
	})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	if next := s.story(p.ID, tracker.Started, 1); next.ID == st.ID {
		t.Errorf("the id %d was used again", st.ID)
	}
}

func testBoardOrder(t *testing.T, s *suite) {
	p, other := s.project("p"), s.project("other")
	accepted := func(after time.Duration, rank int64) tracker.StoryID {
		when := at(after)
		st := tracker.Story{ProjectID: p.ID, State: tracker.Accepted, AcceptedAt: &when, Rank: rank}
		s.write(func(w tracker.Writer) error { return w.AddStory(&st) })
		return st.ID
	}
	icebox := s.story(p.ID, tracker.Unscheduled, 1).ID
	lower := s.story(p.ID, tracker.Unstarted, 20).ID
	upper := s.story(p.ID, tracker.Planned, 10).ID
	twin := s.story(p.ID, tracker.Unstarted, 20).ID
	progress := s.story(p.ID, tracker.Rejected, 99).ID
	begun := s.story(p.ID, tracker.Started, -3).ID
	late, early := accepted(2*time.Hour, 1), accepted(time.Hour, 2)
	s.story(other.ID, tracker.Started, 1)
	want := []tracker.StoryID{early, late, begun, progress, upper, lower, twin, icebox}

	var stories, cards, chosen []tracker.StoryID
	s.read(func(r tracker.Reader) error {
		list, err := r.Stories(p.ID)
		if err != nil {
			return err
		}
		for _, st := range list {
			stories = append(stories, st.ID)
		}
		list, err = r.Stories(p.ID, icebox, begun, early)
		if err != nil {
			return err
		}
		for _, st := range list {
			chosen = append(chosen, st.ID)
		}
		board, err := r.Cards(p.ID)
		for _, c := range board {
			cards = append(cards, c.ID)
		}
		return err
	})
	same(t, "stories", stories, want)
	same(t, "cards", cards, want)
	same(t, "chosen stories", chosen, []tracker.StoryID{early, begun, icebox})
}

func testRanks(t *testing.T, s *suite) {
	p, other := s.project("p"), s.project("other")
	ids := []tracker.StoryID{
		s.story(p.ID, tracker.Started, 5).ID, s.story(p.ID, tracker.Finished, 5).ID, s.story(p.ID, tracker.Rejected, 6).ID,
	}
	s.story(p.ID, tracker.Unstarted, 100)
	s.story(other.ID, tracker.Started, -100)
	ends := func(g tracker.Group) []any {
		var lowest, highest int64
		var ok bool
		s.read(func(r tracker.Reader) (err error) {
			lowest, highest, ok, err = r.Ranks(p.ID, g)
			return err
		})
		return []any{lowest, highest, ok}
	}
	beside := func(rank int64, above bool) []any {
		var next int64
		var ok bool
		s.read(func(r tracker.Reader) (err error) {
			next, ok, err = r.RankBeside(p.ID, tracker.GroupInProgress, rank, above)
			return err
		})
		return []any{next, ok}
	}
	same(t, "ends", ends(tracker.GroupInProgress), []any{int64(5), int64(6), true})
	same(t, "ends of an empty group", ends(tracker.GroupIcebox), []any{int64(0), int64(0), false})
	same(t, "above 6", beside(6, true), []any{int64(5), true})
	same(t, "below 5", beside(5, false), []any{int64(6), true})
	same(t, "above 5", beside(5, true), []any{int64(0), false})
	same(t, "below 6", beside(6, false), []any{int64(0), false})

	s.write(func(w tracker.Writer) error { return w.SpaceRanks(p.ID, tracker.GroupInProgress) })
	same(t, "ends when spaced", ends(tracker.GroupInProgress), []any{tracker.RankStep, 3 * tracker.RankStep, true})
	same(t, "other groups", ends(tracker.GroupUnstarted), []any{int64(100), int64(100), true})
	stories := get(s, func(r tracker.Reader) ([]tracker.Story, error) { return r.Stories(p.ID, ids...) })
	for i, st := range stories {
		same(t, "order when spaced", st.ID, ids[i])
		same(t, "rank when spaced", st.Rank, int64(i+1)*tracker.RankStep)
		same(t, "version when spaced", st.Version, int64(1))
	}
}

// The planned story that stands lowest is found without the one that is moved, and
// without those that were deleted.
func testLastPlanned(t *testing.T, s *suite) {
	p, other := s.project("p"), s.project("q")
	last := func(but tracker.StoryID) tracker.StoryID {
		return get(s, func(r tracker.Reader) (tracker.StoryID, error) { return r.LastPlanned(p.ID, but) })
	}
	s.story(p.ID, tracker.Unstarted, 40)
	s.story(p.ID, tracker.Started, 50)
	s.story(other.ID, tracker.Planned, 60)
	same(t, "without any", last(0), tracker.StoryID(0))
	upper, lower, gone := s.story(p.ID, tracker.Planned, 10).ID, s.story(p.ID, tracker.Planned, 20).ID, s.story(p.ID, tracker.Planned, 30).ID
	s.write(func(w tracker.Writer) error { return w.DeleteStory(gone, epoch()) })
	same(t, "the lowest", last(0), lower)
	same(t, "but that", last(lower), upper)
}

func testHistory(t *testing.T, s *suite) {
	st := s.story(s.project("p").ID, tracker.Started, 1)
	comments := []tracker.Comment{
		{StoryID: st.ID, Author: "Ada", Text: "one", CreatedAt: epoch()},
		{StoryID: st.ID, Author: "Grace", Text: "two\n\x00", CreatedAt: epoch()},
	}
	activities := []tracker.Activity{
		{StoryID: st.ID, Actor: "Ada", Verb: "commented", At: epoch()},
		{StoryID: st.ID, Actor: "Ada", Verb: "started", At: epoch(), Changes: []tracker.FieldChange{
			{Field: "state", Old: "unstarted", New: "started"}, {Field: "name", Old: "", New: `"<&>"`},
		}},
	}
	s.write(func(w tracker.Writer) error {
		for i := range comments {
			if err := w.AddComment(&comments[i]); err != nil {
				return err
			}
		}
		for i := range activities {
			if err := w.AddActivity(&activities[i]); err != nil {
				return err
			}
		}
		return nil
	})
	read := func() ([]tracker.Comment, []tracker.Activity) {
		return get(s, func(r tracker.Reader) ([]tracker.Comment, error) { return r.Comments(st.ID) }),
			get(s, func(r tracker.Reader) ([]tracker.Activity, error) { return r.Activities(st.ID) })
	}
	gotComments, gotActivities := read()
	same(t, "comments, oldest first", gotComments, comments)
	same(t, "activities, newest first", gotActivities, []tracker.Activity{activities[1], activities[0]})

	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.AddComment(&tracker.Comment{StoryID: 99}) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.AddActivity(&tracker.Activity{StoryID: 99}) })
	s.write(func(w tracker.Writer) error { return w.RemoveComment(comments[0].ID) })
	gotComments, _ = read()
	same(t, "comments without the removed one", gotComments, comments[1:])
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveComment(comments[0].ID) })
	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	gotComments, gotActivities = read()
	same(t, "comments of a removed story", len(gotComments), 0)
	same(t, "activities of a removed story", len(gotActivities), 0)
}

func testLinks(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	a, b := s.story(in.ProjectID, tracker.Started, 1), s.story(in.ProjectID, tracker.Unstarted, 2)
	link := func(st tracker.Story, host string, id tracker.TicketID) tracker.Link {
		l := tracker.Link{
			StoryID: st.ID, Ticket: tracker.TicketKey{Host: host, ID: id}, IntegrationID: in.ID, Integration: in.Name,
			URL: "https://" + host + "/agent/tickets/1", CreatedAt: epoch(),
		}
		s.write(func(w tracker.Writer) error { return w.AddLink(&l) })
		return l
	}
	second, first, third := link(a, host, 2), link(a, host, 1), link(b, host, 2)
	link(b, "other.zendesk.com", 2)
	got := get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(a.ID) })
	same(t, "links, oldest first", got.Tickets, []tracker.Link{second, first})
	linked := func() map[tracker.TicketID][]tracker.StoryRef {
		return get(s, func(r tracker.Reader) (map[tracker.TicketID][]tracker.StoryRef, error) { return r.LinkedStories(host) })
	}
	refA := a.Ref()
	refB := b.Ref()
	same(t, "linked stories", linked(), map[tracker.TicketID][]tracker.StoryRef{1: {refA}, 2: {refA, refB}})

	ready := s.story(in.ProjectID, tracker.Delivered, 3)
	ready.Tasks = []tracker.Task{{Text: "open", CreatedAt: epoch()}, {Text: "done", Done: true, CreatedAt: epoch()}}
	s.write(func(w tracker.Writer) error {
		if err := w.SaveStory(&ready); err != nil {
			return err
		}
		if err := w.SaveBlocker(&tracker.Blocker{StoryID: ready.ID, Text: "a key", CreatedAt: epoch()}); err != nil {
			return err
		}
		return w.SaveReview(&tracker.Review{StoryID: ready.ID, Type: "Code", Status: tracker.ReviewUnstarted, CreatedAt: epoch(), UpdatedAt: epoch()})
	})
	link(ready, host, 3)
	same(t, "what is open of a linked story", linked()[3][0].Open, tracker.Open{Tasks: 1, Blockers: 1, Reviews: 1})
	s.write(func(w tracker.Writer) error { return w.RemoveStory(ready.ID) })

	s.refused(tracker.CodeConflict, "ticket", func(w tracker.Writer) error { return w.AddLink(&third) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		return w.AddLink(&tracker.Link{StoryID: 99, Ticket: third.Ticket})
	})
	same(t, "version after linking", got.Version, int64(1))
	s.write(func(w tracker.Writer) error {
		got.Name, got.Tickets = "saved", nil
		return w.SaveStory(&got)
	})
	s.write(func(w tracker.Writer) error { return w.RemoveLink(a.ID, first.Ticket) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveLink(a.ID, first.Ticket) })
	got = get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(a.ID) })
	same(t, "links after a save and a removal", got.Tickets, []tracker.Link{second})
	s.write(func(w tracker.Writer) error { return w.RemoveStory(a.ID) })
	same(t, "linked stories after a removal", linked(), map[tracker.TicketID][]tracker.StoryRef{2: {refB}})
}

func testCards(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	points := 3.0
	st := tracker.Story{
		ProjectID: in.ProjectID, Name: "n", Description: "d", Type: tracker.Bug, State: tracker.Started, Estimate: &points,
		Requester: "Grace", Owners: []string{"Ada"}, Labels: []string{"a", "b"}, CreatedAt: epoch(), UpdatedAt: epoch(),
	}
	s.write(func(w tracker.Writer) error {
		if err := w.AddStory(&st); err != nil {
			return err
		}
		return w.AddLink(&tracker.Link{StoryID: st.ID, Ticket: tracker.TicketKey{Host: host, ID: 1}})
	})
	for i, state := range tracker.DeliveryStates() {
		d := tracker.Delivery{
			Operation: string(state), StoryID: st.ID, Ticket: tracker.TicketKey{Host: host, ID: tracker.TicketID(i)},
			IntegrationID: in.ID, Kind: tracker.KindState, State: state,
		}
		s.write(func(w tracker.Writer) error { return w.AddDelivery(d) })
	}
	cards := func(p tracker.ProjectID) []tracker.Card {
		return get(s, func(r tracker.Reader) ([]tracker.Card, error) { return r.Cards(p) })
	}
	same(t, "cards", cards(in.ProjectID), []tracker.Card{{
		ID: st.ID, Name: "n", Type: tracker.Bug, State: tracker.Started, Estimate: &points,
		Requester: "Grace", Owners: []string{"Ada"}, Labels: []string{"a", "b"}, Tickets: 1, Unsent: 3, Parked: 1, Demand: tracker.Demand{Tickets: 1}, Version: 1,
	}})
	same(t, "cards of no project", len(cards(99)), 0)
}

// testManyCards compares cards with their stories, more of them than any store
// reads at a time, whose facts hold what a store might part them by.
func testManyCards(t *testing.T, s *suite) {
	p := s.project("p")
	odd := []string{"", "Ada", "a\x1fb", "\x1f", `"`, "a,b", "二\n", "\x00"}
	points := []float64{0, 0.1, 0.5, 8}
	s.write(func(w tracker.Writer) error {
		for i := range 1200 {
			st := tracker.Story{
				ProjectID: p.ID, Name: odd[i%len(odd)], Type: tracker.StoryTypes()[i%4], State: tracker.Unstarted, Rank: int64(i),
				Requester: odd[i/3%len(odd)], Owners: odd[:i/5%4], Labels: odd[i%3 : i%3+i/7%5],
			}
			if st.Type == tracker.Release && i%3 > 0 {
				st.Deadline = new(at(time.Duration(i) * time.Hour))
			}
			if i%5 > 0 {
				st.Estimate = &points[i%5-1]
			}
			if err := w.AddStory(&st); err != nil {
				return err
			}
		}
		return nil
	})
	stories := get(s, func(r tracker.Reader) ([]tracker.Story, error) { return r.Stories(p.ID) })
	cards := get(s, func(r tracker.Reader) ([]tracker.Card, error) { return r.Cards(p.ID) })
	want := make([]tracker.Card, len(stories))
	for i, st := range stories {
		want[i] = tracker.Card{
			ID: st.ID, Name: st.Name, Type: st.Type, State: st.State, Estimate: st.Estimate, Requester: st.Requester,
			Owners: st.Owners, Labels: st.Labels, Deadline: st.Deadline, Version: st.Version,
		}
	}
	same(t, "cards", cards, want)
}
