package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

// testDeletedStories holds that a deleted story appears nowhere, and is whole
// when it is restored.
func testDeletedStories(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	st := s.story(in.ProjectID, tracker.Started, 5)
	stays := s.story(in.ProjectID, tracker.Started, 9)
	link := tracker.Link{StoryID: st.ID, Ticket: tracker.TicketKey{Host: host, ID: 1}, IntegrationID: in.ID, Integration: in.Name, CreatedAt: epoch()}
	s.write(func(w tracker.Writer) error {
		st.Tasks = []tracker.Task{{Text: "one", CreatedAt: epoch()}}
		if err := w.SaveStory(&st); err != nil {
			return err
		}
		if err := w.AddComment(&tracker.Comment{StoryID: st.ID, Author: "Ada", Text: "two", CreatedAt: epoch()}); err != nil {
			return err
		}
		if err := w.AddActivity(&tracker.Activity{StoryID: st.ID, Actor: "Ada", Verb: "started", At: epoch()}); err != nil {
			return err
		}
		return w.AddLink(&link)
	})
	whole := readWhole(s, st.ID)

	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RestoreStory(st.ID) })
	s.write(func(w tracker.Writer) error { return w.DeleteStory(st.ID, at(time.Hour)) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.DeleteStory(st.ID, at(time.Hour)) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.DeleteStory(99, at(time.Hour)) })
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error {
		_, err := w.Story(st.ID)
		return err
	})
	same(t, "stories", shown(s, in.ProjectID), [][]tracker.StoryID{{stays.ID}, {stays.ID}, nil, nil})
	deleted := get(s, func(r tracker.Reader) ([]tracker.Story, error) { return r.DeletedStories(in.ProjectID) })
	want := whole.Story
	want.DeletedAt = at(time.Hour)
	same(t, "deleted stories", deleted, []tracker.Story{want})
	same(t, "deleted stories of no project", len(get(s, func(r tracker.Reader) ([]tracker.Story, error) { return r.DeletedStories(99) })), 0)

	// It keeps its place among the others.
	s.write(func(w tracker.Writer) error { return w.SpaceRanks(in.ProjectID, tracker.GroupInProgress) })
	s.write(func(w tracker.Writer) error { return w.RestoreStory(st.ID) })
	got := readWhole(s, st.ID)
	same(t, "rank of a restored story", got.Story.Rank, tracker.RankStep)
	got.Story.Rank = whole.Story.Rank
	same(t, "restored story", got, whole)
	both := []tracker.StoryID{st.ID, stays.ID}
	same(t, "stories with the restored one", shown(s, in.ProjectID), [][]tracker.StoryID{both, both, {st.ID}, {st.ID}})

	s.write(func(w tracker.Writer) error { return w.DeleteStory(stays.ID, at(time.Hour)) })
	s.write(func(w tracker.Writer) error { return w.DeleteStory(st.ID, at(2*time.Hour)) })
	s.write(func(w tracker.Writer) error { return w.RemoveStory(stays.ID) })
	deleted = get(s, func(r tracker.Reader) ([]tracker.Story, error) { return r.DeletedStories(in.ProjectID) })
	same(t, "deleted stories without the removed one", len(deleted), 1)
}

// testRestoredLinks holds that a story that is restored sends nothing to the
// account that an integration belongs to by then.
func testRestoredLinks(t *testing.T, s *suite) {
	in := s.integration("zd", host)
	st := s.story(in.ProjectID, tracker.Started, 5)
	s.write(func(w tracker.Writer) error {
		l := tracker.Link{StoryID: st.ID, Ticket: tracker.TicketKey{Host: host, ID: 1}, IntegrationID: in.ID}
		if err := w.AddLink(&l); err != nil {
			return err
		}
		if err := w.DeleteStory(st.ID, epoch()); err != nil {
			return err
		}
		in.Host = "other.zendesk.com"
		if err := w.SaveIntegration(&in); err != nil {
			return err
		}
		return w.RestoreStory(st.ID)
	})
	got := get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(st.ID) })
	if len(got.Tickets) != 1 || got.Tickets[0].IntegrationID != 0 || got.Tickets[0].Ticket.Host != host {
		t.Errorf("links %+v", got.Tickets)
	}
}

// wholeStory is a story with what belongs to it.
type wholeStory struct {
	Story      tracker.Story
	Comments   []tracker.Comment
	Activities []tracker.Activity
}

func readWhole(s *suite, id tracker.StoryID) wholeStory {
	var w wholeStory
	s.read(func(r tracker.Reader) (err error) {
		if w.Story, err = r.Story(id); err != nil {
			return err
		}
		if w.Comments, err = r.Comments(id); err != nil {
			return err
		}
		w.Activities, err = r.Activities(id)
		return err
	})
	return w
}

// shown are the stories that each listing shows: stories, cards, those linked to
// ticket 1, those chosen by id of the first two.
func shown(s *suite, project tracker.ProjectID) [][]tracker.StoryID {
	var stories, cards, linked, chosen []tracker.StoryID
	s.read(func(r tracker.Reader) error {
		list, err := r.Stories(project)
		if err != nil {
			return err
		}
		for _, st := range list {
			stories = append(stories, st.ID)
		}
		board, err := r.Cards(project)
		if err != nil {
			return err
		}
		for _, c := range board {
			cards = append(cards, c.ID)
		}
		refs, err := r.LinkedStories(host)
		if err != nil {
			return err
		}
		for _, ref := range refs[1] {
			linked = append(linked, ref.ID)
		}
		list, err = r.Stories(project, 1)
		for _, st := range list {
			chosen = append(chosen, st.ID)
		}
		return err
	})
	return [][]tracker.StoryID{stories, cards, linked, chosen}
}
