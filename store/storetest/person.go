package storetest

import (
	"errors"
	"testing"

	"storydesk/tracker"
)

func (s *suite) people() []tracker.Person {
	s.t.Helper()
	return get(s, func(r tracker.Reader) ([]tracker.Person, error) { return r.People() })
}

func testPeople(t *testing.T, s *suite) {
	same(t, "people at first", s.people(), []tracker.Person{})
	ada := tracker.Person{Name: "Ada Berg", Initials: "ab", Email: "ada@acme.com", Aliases: []string{"adab", "Ada \"B.\" Berg"}}
	zoe := tracker.Person{Name: "Zoe"}
	s.write(func(w tracker.Writer) error { return errors.Join(w.SavePerson(&zoe), w.SavePerson(&ada)) })
	same(t, "people", s.people(), []tracker.Person{ada, zoe})
	s.refused(tracker.CodeInvalid, "name", func(w tracker.Writer) error { return w.SavePerson(&tracker.Person{Name: "Zoe"}) })
	ada.Name, ada.Aliases = "Ada Lind", nil
	s.write(func(w tracker.Writer) error { return w.SavePerson(&ada) })
	same(t, "a changed person", s.people(), []tracker.Person{ada, zoe})
	s.refused(tracker.CodeInvalid, "name", func(w tracker.Writer) error {
		taken := ada
		taken.Name = "Zoe"
		return w.SavePerson(&taken)
	})
	s.write(func(w tracker.Writer) error { return w.RemovePerson(zoe.ID) })
	same(t, "after a removal", s.people(), []tracker.Person{ada})
	s.refused(tracker.CodeNotFound, "", func(w tracker.Writer) error { return w.RemovePerson(zoe.ID) })
	s.write(func(w tracker.Writer) error { return w.SavePerson(&zoe) })
	same(t, "one who came back", s.people(), []tracker.Person{ada, zoe})
}

// names are all names on a story and what hangs on it, and of an epic.
func (s *suite) names(story tracker.StoryID, epic tracker.EpicID) (list []string) {
	s.t.Helper()
	return get(s, func(r tracker.Reader) (list []string, err error) {
		stories, err := r.Stories(1, story)
		if err != nil {
			return nil, err
		}
		deleted, err := r.DeletedStories(1)
		if err != nil {
			return nil, err
		}
		for _, st := range append(stories, deleted...) {
			if st.ID == story {
				list = append(append(list, st.Requester, "owners"), st.Owners...)
			}
		}
		list, err1 := named(list, story, r.Comments, func(c tracker.Comment) string { return c.Author })
		list, err2 := named(list, story, r.Activities, func(a tracker.Activity) string { return a.Actor })
		list, err3 := named(list, story, r.Blockers, func(b tracker.Blocker) string { return b.Author })
		list, err4 := named(list, story, r.Reviews, func(v tracker.Review) string { return v.Reviewer })
		list, err5 := named(list, story, r.Files, func(f tracker.StoryFile) string { return f.Author })
		list, err6 := named(list, epic, r.EpicComments, func(c tracker.Comment) string { return c.Author })
		list, err7 := named(list, epic, r.EpicFiles, func(f tracker.StoryFile) string { return f.Author })
		followers, err8 := r.Followers(story)
		return append(append(list, "followers"), followers...), errors.Join(err1, err2, err3, err4, err5, err6, err7, err8)
	})
}

// named adds the names on what is read of a story or epic.
func named[ID, T any](list []string, of ID, read func(ID) ([]T, error), who func(T) string) ([]string, error) {
	all, err := read(of)
	for _, v := range all {
		list = append(list, who(v))
	}
	return list, err
}

// A name is replaced wherever it stands, and put back there alone.
func testRename(t *testing.T, s *suite) {
	p := s.project("p")
	both, hers, gone := s.story(p.ID, tracker.Started, 1), s.story(p.ID, tracker.Started, 2), s.story(p.ID, tracker.Started, 3)
	epic := tracker.Epic{ProjectID: p.ID, Name: "e", Label: "e", CreatedAt: epoch(), UpdatedAt: epoch()}
	host, elsewhere := tracker.TicketKey{Host: "acme.zendesk.com", ID: 7}, tracker.TicketKey{Host: "other.zendesk.com", ID: 7}
	s.write(func(w tracker.Writer) error {
		both.Requester, both.Owners = "Zoe", []string{"Ada", "Ben", "Zoe"}
		hers.Requester, hers.Owners = "Ben", []string{"Ada"}
		gone.Requester, gone.Owners = "Ada", []string{"Zoe"}
		err := errors.Join(w.SaveEpic(&epic), w.SaveStory(&both), w.SaveStory(&hers), w.SaveStory(&gone), w.DeleteStory(gone.ID, at(0)))
		for _, st := range []tracker.StoryID{both.ID, hers.ID} {
			err = errors.Join(err, w.SaveFollowers(st, []string{"Ada", "Ben"}), w.AddComment(&tracker.Comment{StoryID: st, Author: "Ada", Text: "t", CreatedAt: epoch()}),
				w.AddActivity(&tracker.Activity{StoryID: st, Actor: "Ada", Verb: "edited", At: epoch()}),
				w.SaveBlocker(&tracker.Blocker{StoryID: st, Author: "Ada", Text: "t", CreatedAt: epoch()}),
				w.SaveReview(&tracker.Review{StoryID: st, Type: "Code", Reviewer: "Ada", Status: tracker.ReviewPass, CreatedAt: epoch(), UpdatedAt: epoch()}),
				w.SaveFile(&tracker.StoryFile{StoryID: st, Author: "Ada", Name: "f", CreatedAt: epoch()}))
		}
		return errors.Join(err, w.AddEpicComment(epic.ID, &tracker.Comment{Author: "Ada", Text: "t", CreatedAt: epoch()}),
			w.AddEpicFile(&tracker.StoryFile{EpicID: epic.ID, Author: "Ada", Name: "f", CreatedAt: epoch()}),
			w.SaveAside(tracker.Aside{Ticket: host, Kind: tracker.Dismissed, By: "Ada", At: epoch()}),
			w.SaveAside(tracker.Aside{Ticket: elsewhere, Kind: tracker.Dismissed, By: "Ben", At: epoch()}))
	})
	before := map[tracker.StoryID][]string{both.ID: s.names(both.ID, epic.ID), hers.ID: s.names(hers.ID, epic.ID), gone.ID: s.names(gone.ID, epic.ID)}
	version := get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(both.ID) }).Version
	var places, back tracker.NamePlaces
	rename := func(from, to string, where *tracker.NamePlaces) (done tracker.NamePlaces) {
		s.write(func(w tracker.Writer) (err error) {
			done, err = w.Rename(from, to, where)
			return err
		})
		return done
	}
	places = rename("Ada", "Ben", nil)
	same(t, "merged", s.names(both.ID, epic.ID), []string{"Zoe", "owners", "Ben", "Zoe", "Ben", "Ben", "Ben", "Ben", "Ben", "Ben", "Ben", "followers", "Ben"})
	same(t, "merged on a deleted story", s.names(gone.ID, epic.ID), []string{"Ben", "owners", "Zoe", "Ben", "Ben", "followers"})
	putBy := func(ticket tracker.TicketKey) string {
		return get(s, func(r tracker.Reader) (map[tracker.TicketID]tracker.Aside, error) { return r.Asides(ticket.Host) })[ticket.ID].By
	}
	same(t, "who put a ticket aside", putBy(host), "Ben")
	st := get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(both.ID) })
	if st.Version == version {
		t.Error("a screen cannot tell that the story has changed")
	}
	found := func(word string) int {
		return len(get(s, func(r tracker.Reader) ([]tracker.StoryFound, error) {
			return r.FindStories(tracker.StorySearch{Project: p.ID, Must: []string{word}})
		}))
	}
	if found("ada") != 0 || found("ben") != 2 {
		t.Errorf("a search finds %d stories by the old name and %d by the new one", found("ada"), found("ben"))
	}
	// What is the other's since then stays theirs.
	comment := tracker.Comment{StoryID: hers.ID, Author: "Ben", Text: "later", CreatedAt: at(0)}
	s.write(func(w tracker.Writer) error { return w.AddComment(&comment) })
	back = rename("Ben", "Ada", &places)
	same(t, "who said what later", get(s, func(r tracker.Reader) ([]tracker.Comment, error) { return r.Comments(hers.ID) })[1].Author, "Ben")
	same(t, "who put tickets of one number aside", putBy(host)+" and "+putBy(elsewhere), "Ada and Ben")
	s.write(func(w tracker.Writer) error { return w.RemoveComment(comment.ID) })
	for id, names := range before {
		same(t, "taken back on "+id.String(), s.names(id, epic.ID), names)
	}
	rename("Ada", "Ben", &back)
	same(t, "made again", s.names(hers.ID, epic.ID), []string{"Ben", "owners", "Ben", "Ben", "Ben", "Ben", "Ben", "Ben", "Ben", "Ben", "followers", "Ben"})
}
