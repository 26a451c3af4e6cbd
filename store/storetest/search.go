package storetest

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
)

// testSearch: what is written in a story is found once it is saved, and only as long as
// it stands there.
func testSearch(t *testing.T, s *suite) {
	p, other := s.project("p"), s.project("other")
	accepted := at(time.Hour)
	done := tracker.Story{ProjectID: p.ID, Name: "Old export", State: tracker.Accepted, Type: tracker.Bug, AcceptedAt: &accepted, CreatedAt: at(0), UpdatedAt: at(time.Hour)}
	st := tracker.Story{
		ProjectID: p.ID, Name: "ÄRGER with 100%_sure \\ Export", Description: "Größe 界", State: tracker.Started, Type: tracker.Feature, Requester: "Sam",
		Owners: []string{"Ada <Lovelace>"}, Labels: []string{"q&a"}, Tasks: []tracker.Task{{Text: "Write a TEST", CreatedAt: epoch()}}, CreatedAt: at(time.Minute), UpdatedAt: at(time.Minute),
	}
	comment := tracker.Comment{Author: "Grace", Text: "Ünder the hood", CreatedAt: epoch()}
	s.write(func(w tracker.Writer) error {
		if err := w.AddStory(&done); err != nil {
			return err
		}
		if err := w.AddStory(&st); err != nil {
			return err
		}
		comment.StoryID = st.ID
		if err := w.AddComment(&comment); err != nil {
			return err
		}
		return w.AddStory(&tracker.Story{ProjectID: other.ID, Name: "Export", State: tracker.Started})
	})
	found := func(must ...string) (ids []tracker.StoryID) {
		t.Helper()
		for _, f := range get(s, func(r tracker.Reader) ([]tracker.StoryFound, error) {
			return r.FindStories(tracker.StorySearch{Project: p.ID, Must: must})
		}) {
			ids = append(ids, f.ID)
		}
		return ids
	}
	both, one, none := []tracker.StoryID{done.ID, st.ID}, []tracker.StoryID{st.ID}, []tracker.StoryID(nil)
	for words, want := range map[string][]tracker.StoryID{
		"": both, "export": both, "export,bug": {done.ID}, "ärger": one, "größe": one, "界": one, "under": none, "ünder the hood": one, "a test": one,
		"100%_": one, "100%s": none, "100__": none, `\ exp`: one, "%": one, "ada <lovelace>": one, "q&a": one, "sam": one, "s-2": one, "started": one,
		"export\nored": none, "nothing": none,
	} {
		same(t, "what has "+words, found(strings.FieldsFunc(words, func(r rune) bool { return r == ',' })...), want)
	}

	st.Name, st.Tasks = "Import", nil
	s.write(func(w tracker.Writer) error { return w.SaveStory(&st) })
	same(t, "the name before", found("ärger"), none)
	same(t, "the name now", found("import"), one)
	same(t, "a task that was removed", found("a test"), none)
	same(t, "the comment after a change", found("hood"), one)
	s.write(func(w tracker.Writer) error { return w.RemoveComment(comment.ID) })
	same(t, "a comment that was removed", found("hood"), none)
	s.write(func(w tracker.Writer) error { return w.DeleteStory(st.ID, epoch()) })
	same(t, "a deleted story", found("import"), none)
	s.write(func(w tracker.Writer) error { return w.RestoreStory(st.ID) })
	same(t, "a restored story", found("import"), one)
	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	same(t, "a story that is gone", found("import"), none)

	// What a rolled back transaction wrote is not found.
	err := s.store.Write(t.Context(), func(w tracker.Writer) error {
		if err := w.AddComment(&tracker.Comment{StoryID: done.ID, Text: "never said", CreatedAt: epoch()}); err != nil {
			return err
		}
		return tracker.Errorf(tracker.CodeRefused, "no")
	})
	if tracker.CodeOf(err) != tracker.CodeRefused {
		t.Errorf("the transaction ends with %v", err)
	}
	same(t, "what was rolled back", found("never"), none)
}

// testSearchAnswers: what is asked for is told of the stories that are found.
func testSearchAnswers(t *testing.T, s *suite) {
	in := s.integration("zd", "acme.zendesk.com")
	first, second := s.story(in.ProjectID, tracker.Started, 1), s.story(in.ProjectID, tracker.Started, 2)
	first.Name, first.Description, first.CreatedAt, first.UpdatedAt = "Export CSV", "as PDF", at(time.Minute), at(time.Hour)
	first.Tasks = []tracker.Task{{Text: "Test", CreatedAt: epoch()}, {Text: "Ship", CreatedAt: epoch()}}
	key := tracker.TicketKey{Host: in.Host, ID: 1042}
	s.write(func(w tracker.Writer) error {
		if err := w.SaveStory(&first); err != nil {
			return err
		}
		if err := w.AddComment(&tracker.Comment{StoryID: first.ID, Author: "Ada", Text: "or XML", CreatedAt: epoch()}); err != nil {
			return err
		}
		return w.AddLink(&tracker.Link{StoryID: first.ID, Ticket: key, IntegrationID: in.ID, CreatedAt: epoch()})
	})
	find := func(q tracker.StorySearch) []tracker.StoryFound {
		t.Helper()
		q.Project = in.ProjectID
		return get(s, func(r tracker.Reader) ([]tracker.StoryFound, error) { return r.FindStories(q) })
	}
	list := find(tracker.StorySearch{Others: []string{"csv", "story", "xml"}, Since: at(2 * time.Hour), Facts: true, Names: true, Dates: true, Links: true})
	if len(list) != 2 || list[0].ID != first.ID || list[0].Said != 0b101 || list[1].Said&0b101 != 0 {
		t.Fatalf("found %+v", list)
	}
	same(t, "dates", []time.Time{list[0].CreatedAt, list[0].UpdatedAt}, []time.Time{first.CreatedAt, first.UpdatedAt})
	same(t, "links", [][]tracker.TicketID{list[0].Links, list[1].Links}, [][]tracker.TicketID{{1042}, nil})
	s.write(func(w tracker.Writer) error {
		for _, b := range []tracker.Blocker{
			{StoryID: first.ID, Text: "a licence"}, {StoryID: first.ID, By: second.ID}, {StoryID: first.ID, Text: "over", ResolvedAt: at(time.Hour)}, {StoryID: second.ID, By: 9999},
		} {
			b.CreatedAt = epoch()
			if err := w.SaveBlocker(&b); err != nil {
				return err
			}
		}
		return nil
	})
	blocked := find(tracker.StorySearch{Blockers: true})
	same(t, "open blockers", []int{blocked[0].Open.Blockers, blocked[1].Open.Blockers}, []int{2, 0})
	plain := find(tracker.StorySearch{})
	if len(plain) != 2 || plain[0].ID != first.ID {
		t.Errorf("without anything asked: %+v", plain)
	}
	same(t, "facts", list[0].Card, tracker.Card{ID: first.ID, Name: "Export CSV", Type: first.Type, State: first.State, Requester: first.Requester, Owners: first.Owners, Labels: first.Labels})
	early := at(time.Hour)
	second.State, second.AcceptedAt = tracker.Accepted, &early
	s.write(func(w tracker.Writer) error { return w.SaveStory(&second) })
	for since, want := range map[time.Duration]bool{time.Hour: false, time.Hour + 1e6: true} {
		if got := find(tracker.StorySearch{Since: at(since)}); got[0].ID != second.ID || got[0].InDone != want || got[1].InDone {
			t.Errorf("in Done since %s: %+v", since, got)
		}
	}
	second.State, second.AcceptedAt = tracker.Started, nil
	s.write(func(w tracker.Writer) error { return w.SaveStory(&second) })

	cards := get(s, func(r tracker.Reader) ([]tracker.Card, error) { return r.Cards(in.ProjectID) })
	some := get(s, func(r tracker.Reader) ([]tracker.Card, error) {
		return r.CardsOf(in.ProjectID, []tracker.StoryID{second.ID, first.ID})
	})
	same(t, "cards of all", some, cards)
	some = get(s, func(r tracker.Reader) ([]tracker.Card, error) {
		return r.CardsOf(in.ProjectID, []tracker.StoryID{first.ID})
	})
	same(t, "cards of one", some, cards[:1])

	written := get(s, func(r tracker.Reader) ([]tracker.Writing, error) {
		return r.Writings([]tracker.StoryID{first.ID, second.ID})
	})
	same(t, "what is written", written, []tracker.Writing{
		{Story: first.ID, Kind: "description", Text: "as PDF"}, {Story: first.ID, Kind: "comment", Author: "Ada", Text: "or XML"},
		{Story: first.ID, Kind: "task", Text: "Test"}, {Story: first.ID, Kind: "task", Text: "Ship"},
	})
}
