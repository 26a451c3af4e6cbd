package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func (s *suite) blockers(id tracker.StoryID) []tracker.Blocker {
	s.t.Helper()
	return get(s, func(r tracker.Reader) ([]tracker.Blocker, error) { return r.Blockers(id) })
}

func testBlockers(t *testing.T, s *suite) {
	p := s.project("p")
	st, other := s.story(p.ID, tracker.Started, 1), s.story(p.ID, tracker.Unstarted, 2)
	// An importer writes what others wrote long ago, resolved ones too.
	old := tracker.Blocker{StoryID: st.ID, Text: "a \x1b[31mkey", Author: "Ben", CreatedAt: at(-time.Hour), ResolvedAt: at(0)}
	by := tracker.Blocker{StoryID: st.ID, Text: other.ID.String(), By: other.ID, Author: "Ada", CreatedAt: at(0)}
	s.write(func(w tracker.Writer) error {
		if err := w.SaveBlocker(&old); err != nil {
			return err
		}
		return w.SaveBlocker(&by)
	})
	if old.ID == 0 || by.ID == 0 || old.ID == by.ID {
		t.Fatalf("new blockers have the ids %d and %d", old.ID, by.ID)
	}
	waiting := by
	by.Other, waiting.Other = other.Name, st.Name
	same(t, "blockers", s.blockers(st.ID), []tracker.Blocker{old, by})
	same(t, "blockers of another story", s.blockers(other.ID), []tracker.Blocker{})
	blocking := func() []tracker.Blocker {
		return get(s, func(r tracker.Reader) ([]tracker.Blocker, error) { return r.Blocking(other.ID) })
	}
	same(t, "what waits", blocking(), []tracker.Blocker{waiting})

	// A blocker is over while the story that it names is accepted or deleted.
	over := by
	over.Over = true
	other.State = tracker.Accepted
	s.write(func(w tracker.Writer) error { return w.SaveStory(&other) })
	same(t, "a blocker by an accepted story", s.blockers(st.ID)[1], over)
	same(t, "what waits for an accepted story", blocking(), []tracker.Blocker{})
	other.State = tracker.Rejected
	s.write(func(w tracker.Writer) error { return w.SaveStory(&other) })
	same(t, "a blocker by a rejected story", s.blockers(st.ID)[1], by)
	s.write(func(w tracker.Writer) error { return w.DeleteStory(other.ID, at(0)) })
	same(t, "a blocker by a deleted story", s.blockers(st.ID)[1], over)
	s.write(func(w tracker.Writer) error { return w.RestoreStory(other.ID) })
	same(t, "a blocker by a restored story", s.blockers(st.ID)[1], by)

	by.Text, by.By, by.Other, by.ResolvedAt = "legal", 0, "", at(time.Hour)
	s.write(func(w tracker.Writer) error { return w.SaveBlocker(&by) })
	same(t, "a changed blocker", s.blockers(st.ID), []tracker.Blocker{old, by})
	s.write(func(w tracker.Writer) error { return w.RemoveBlocker(old.ID) })
	same(t, "after a removal", s.blockers(st.ID), []tracker.Blocker{by})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveBlocker(old.ID) })
	s.write(func(w tracker.Writer) error { return w.SaveBlocker(&old) })
	same(t, "one that came back", s.blockers(st.ID), []tracker.Blocker{old, by})

	waits := tracker.Blocker{StoryID: st.ID, Text: "S-2", By: other.ID, CreatedAt: at(0)}
	s.write(func(w tracker.Writer) error { return w.SaveBlocker(&waits) })
	s.write(func(w tracker.Writer) error { return w.RemoveStory(other.ID) })
	if list := s.blockers(st.ID); !list[2].Over || list[2].By != other.ID {
		t.Errorf("a blocker by a story that was removed is %+v", list[2])
	}
	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	same(t, "blockers of a removed story", s.blockers(st.ID), []tracker.Blocker{})
}

func testReviews(t *testing.T, s *suite) {
	p := s.project("p")
	st := s.story(p.ID, tracker.Started, 1)
	list := func() []tracker.Review {
		return get(s, func(r tracker.Reader) ([]tracker.Review, error) { return r.Reviews(st.ID) })
	}
	code := tracker.Review{StoryID: st.ID, Type: "Code", Reviewer: "Ben", Status: tracker.InReview, CreatedAt: at(-time.Hour), UpdatedAt: at(0)}
	own := tracker.Review{StoryID: st.ID, Type: "Legal", Status: tracker.ReviewUnstarted, CreatedAt: at(0), UpdatedAt: at(0)}
	s.write(func(w tracker.Writer) error {
		if err := w.SaveReview(&code); err != nil {
			return err
		}
		return w.SaveReview(&own)
	})
	same(t, "reviews", list(), []tracker.Review{code, own})
	for _, status := range tracker.ReviewStatuses() {
		own.Status, own.Reviewer, own.UpdatedAt = status, "Ada", at(time.Hour)
		s.write(func(w tracker.Writer) error { return w.SaveReview(&own) })
		same(t, "a review that is "+string(status), list(), []tracker.Review{code, own})
	}
	s.write(func(w tracker.Writer) error { return w.RemoveReview(code.ID) })
	same(t, "after a removal", list(), []tracker.Review{own})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveReview(code.ID) })
	s.write(func(w tracker.Writer) error { return w.SaveReview(&code) })
	same(t, "one that came back", list(), []tracker.Review{code, own})
	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	same(t, "reviews of a removed story", list(), []tracker.Review{})
}

func testFollowers(t *testing.T, s *suite) {
	p := s.project("p")
	st, other := s.story(p.ID, tracker.Started, 1), s.story(p.ID, tracker.Started, 2)
	list := func(id tracker.StoryID) []string {
		return get(s, func(r tracker.Reader) ([]string, error) { return r.Followers(id) })
	}
	save := func(people ...string) {
		s.write(func(w tracker.Writer) error { return w.SaveFollowers(st.ID, people) })
	}
	same(t, "followers at first", list(st.ID), []string{})
	save("Zoe", "Ada")
	same(t, "followers", list(st.ID), []string{"Zoe", "Ada"})
	save("Ada", "Ben")
	same(t, "other followers", list(st.ID), []string{"Ada", "Ben"})
	same(t, "followers of another story", list(other.ID), []string{})
	save()
	same(t, "no followers", list(st.ID), []string{})
	save("Ada")
	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	same(t, "followers of a removed story", list(st.ID), []string{})
}

// A card counts what is open of its story.
func testOpen(t *testing.T, s *suite) {
	p := s.project("p")
	add := func(kind tracker.StoryType, state tracker.State) tracker.Story {
		st := tracker.Story{
			ProjectID: p.ID, Name: string(kind), Type: kind, State: state, CreatedAt: epoch(), UpdatedAt: epoch(),
			Tasks: []tracker.Task{{Text: "open", CreatedAt: epoch()}, {Text: "done", Done: true, CreatedAt: epoch()}},
		}
		s.write(func(w tracker.Writer) error { return w.AddStory(&st) })
		return st
	}
	delivered, chore, release, started := add(tracker.Feature, tracker.Delivered), add(tracker.Chore, tracker.Started), add(tracker.Release, tracker.Unstarted), add(tracker.Bug, tracker.Started)
	s.write(func(w tracker.Writer) error {
		for _, b := range []tracker.Blocker{
			{StoryID: delivered.ID, Text: "a key", CreatedAt: epoch()}, {StoryID: delivered.ID, Text: "done", CreatedAt: epoch(), ResolvedAt: epoch()},
			{StoryID: delivered.ID, Text: "S", By: started.ID, CreatedAt: epoch()}, {StoryID: delivered.ID, Text: "again", By: started.ID, CreatedAt: epoch()},
			{StoryID: chore.ID, Text: "S", By: started.ID, CreatedAt: epoch()},
		} {
			if err := w.SaveBlocker(&b); err != nil {
				return err
			}
		}
		for _, status := range tracker.ReviewStatuses() {
			if err := w.SaveReview(&tracker.Review{StoryID: started.ID, Type: "Code", Status: status, CreatedAt: epoch(), UpdatedAt: epoch()}); err != nil {
				return err
			}
		}
		return nil
	})
	open := func() map[tracker.StoryID]tracker.Open {
		told := make(map[tracker.StoryID]tracker.Open)
		for _, c := range get(s, func(r tracker.Reader) ([]tracker.Card, error) { return r.Cards(p.ID) }) {
			told[c.ID] = c.Open
		}
		return told
	}
	same(t, "open parts", open(), map[tracker.StoryID]tracker.Open{
		delivered.ID: {Tasks: 1, Blockers: 3}, chore.ID: {Tasks: 1, Blockers: 1}, release.ID: {Tasks: 1}, started.ID: {Reviews: 3, Blocks: 2},
	})
	s.write(func(w tracker.Writer) error { return w.DeleteStory(chore.ID, epoch()) })
	same(t, "what waits where one story is deleted", open()[started.ID].Blocks, 1)
	s.write(func(w tracker.Writer) error { return w.DeleteStory(started.ID, epoch()) })
	same(t, "blockers where the other story is deleted", open()[delivered.ID].Blockers, 1)
}

func testFiles(t *testing.T, s *suite) {
	p := s.project("p")
	st, other := s.story(p.ID, tracker.Started, 1), s.story(p.ID, tracker.Unstarted, 2)
	files := func(id tracker.StoryID) []tracker.StoryFile {
		return get(s, func(r tracker.Reader) ([]tracker.StoryFile, error) { return r.Files(id) })
	}
	forget := func(before time.Time) (left []string) {
		s.write(func(w tracker.Writer) (err error) {
			left, err = w.ForgetFiles(before)
			return err
		})
		return left
	}
	a := tracker.StoryFile{StoryID: st.ID, Name: "a \x1b[31m/../b", Size: 1 << 40, Content: "c1", Sum: "s1", Author: "Ada", CreatedAt: at(0)}
	b := tracker.StoryFile{StoryID: st.ID, Name: "b", Content: "c2", Author: "Ben", CreatedAt: at(time.Hour)}
	c := tracker.Comment{StoryID: st.ID, Author: "Ada", Text: "see a", CreatedAt: at(0)}
	s.write(func(w tracker.Writer) error {
		for _, f := range []*tracker.StoryFile{&a, &b} {
			if err := w.SaveFile(f); err != nil {
				return err
			}
		}
		if err := w.AddComment(&c); err != nil {
			return err
		}
		if err := w.CarryFile(c.ID, a.ID); err != nil {
			return err
		}
		return w.CarryFile(c.ID, a.ID) // once is enough
	})
	a.Comments = []tracker.CommentID{c.ID}
	same(t, "attachments", files(st.ID), []tracker.StoryFile{a, b})
	same(t, "attachments of another story", files(other.ID), []tracker.StoryFile{})

	s.write(func(w tracker.Writer) error { return w.RemoveFile(a.ID, at(0)) })
	same(t, "after a removal", files(st.ID), []tracker.StoryFile{b})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemoveFile(a.ID, at(0)) })
	same(t, "what can come back", len(forget(at(0))), 2)
	s.write(func(w tracker.Writer) error { return w.SaveFile(&a) })
	same(t, "one that came back", files(st.ID), []tracker.StoryFile{a, b})
	s.write(func(w tracker.Writer) error { return w.RemoveFile(b.ID, at(0)) })
	same(t, "what is left", forget(at(time.Second)), []string{"c1"})

	s.write(func(w tracker.Writer) error { return w.RemoveComment(c.ID) })
	a.Comments = nil
	same(t, "without the comment", files(st.ID), []tracker.StoryFile{a})
	s.write(func(w tracker.Writer) error { return w.DeleteStory(st.ID, at(0)) })
	same(t, "of a deleted story", forget(at(time.Hour)), []string{"c1"})
	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
	same(t, "of a story that was removed for good", forget(at(time.Hour)), []string{})
}
