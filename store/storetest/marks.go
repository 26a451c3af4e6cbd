package storetest

import (
	"context"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/viewer"
)

// viewed is a store that somebody looks at.
type viewed struct {
	tracker.Store
	by string
}

func (v viewed) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	return v.Store.Read(viewer.With(ctx, v.by), fn)
}

func (v viewed) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	return v.Store.Write(viewer.With(ctx, v.by), fn)
}

// looking is an account with a story on ticket 1, which has an event, and with tickets 2 and
// 3, of which 3 is in no view.
type looking struct {
	*suite
	in    tracker.Integration
	story tracker.Story
}

func newLooking(s *suite) looking {
	l := looking{suite: s, in: s.integration("zd", host)}
	l.story = s.story(l.in.ProjectID, tracker.Started, 1)
	s.readView(l.in, 1, 2)
	s.write(func(w tracker.Writer) error {
		if err := w.SaveTicket(ticket(host, 3)); err != nil {
			return err
		}
		for id := range tracker.TicketID(3) {
			if id == 1 {
				continue
			}
			if err := w.AddLink(&tracker.Link{StoryID: l.story.ID, Ticket: l.key(id + 1)}); err != nil {
				return err
			}
		}
		return nil
	})
	s.event(l.key(1), 1, at(time.Hour), at(time.Hour))
	return l
}

func (l looking) key(id tracker.TicketID) tracker.TicketKey {
	return tracker.TicketKey{Host: l.in.Host, ID: id}
}

// as is the same for somebody who looks.
func (l looking) as(name string) looking {
	l.suite = &suite{t: l.t, store: viewed{l.store, name}}
	return l
}

// see lets who looks see a ticket as it is, with all that happened on it.
func (l looking) see(id tracker.TicketID) {
	l.t.Helper()
	l.write(func(w tracker.Writer) error {
		t, err := w.Ticket(l.key(id))
		if err != nil {
			return err
		}
		if err := w.SeeTicket(l.key(id), t.UpdatedAt); err != nil {
			return err
		}
		_, err = w.SeeTicketEvents(l.key(id), 1<<40)
		return err
	})
}

// new tells what is new for who looks: tickets by their number, and 100 for the story.
func (l looking) new() (list []tracker.TicketID) {
	l.t.Helper()
	l.read(func(r tracker.Reader) error {
		rows, err := r.Tickets(l.in.ID)
		if err != nil {
			return err
		}
		outside, err := r.OutsideView(l.in.ID, ticket(host, 3).Status)
		for _, row := range append(rows, outside...) {
			upTo, err := r.SeenUpTo(row.TicketKey)
			if err != nil {
				return err
			}
			same(l.t, "unread in a list, and by up to when it was seen", row.Unread, row.UpdatedAt.After(upTo))
			if row.Unread {
				list = append(list, row.ID)
			}
		}
		return err
	})
	l.read(func(r tracker.Reader) error {
		cards, err := r.Cards(l.in.ProjectID)
		if err != nil {
			return err
		}
		some, err := r.CardsOf(l.in.ProjectID, []tracker.StoryID{l.story.ID})
		if err != nil {
			return err
		}
		onStory, err := r.StoryEvents(l.story.ID)
		if err != nil {
			return err
		}
		onTicket, err := r.TicketEvents(l.key(1))
		last := len(onTicket) - 1
		same(l.t, "news on cards, and of what happened", []bool{some[0].News, onStory[len(onStory)-1].Unread, onTicket[last].Unread}, []bool{cards[0].News, cards[0].News, cards[0].News})
		if cards[0].News {
			list = append(list, 100)
		}
		return err
	})
	return list
}

// is fails the test where something else is new for who looks.
func (l looking) is(what string, want ...tracker.TicketID) {
	l.t.Helper()
	same(l.t, what, l.new(), want)
}

// What somebody has seen stays new for the others, those who have looked at something
// themselves.
func testSeenByEach(_ *testing.T, s *suite) {
	l := newLooking(s)
	ada, ben, cid := l.as("Ada"), l.as("Ben"), l.as("Cid")
	ada.is("for Ada", 1, 2, 3, 100)
	l.see(2)
	for _, who := range []looking{l, ada, ben} {
		who.is("what was seen before each had marks", 1, 3, 100)
	}
	ada.see(1)
	ada.is("for Ada, who looked", 3)
	ben.is("for Ben, who has not looked at anything yet", 3)
	ben.see(3)
	ben.is("for Ben, who looked")
	ada.is("for Ada, when Ben looked", 3)

	s.event(l.key(1), 2, at(2*time.Hour), at(2*time.Hour))
	for _, id := range []tracker.TicketID{1, 2} {
		newer := ticket(host, id)
		newer.UpdatedAt = at(time.Hour)
		s.write(func(w tracker.Writer) error { return w.SaveTicket(newer) })
	}
	ben.see(1)
	ben.is("for Ben, who looked again", 2)
	ada.is("for Ada, whom that is nothing to", 1, 2, 3, 100)
	cid.is("for a newcomer", 2)
	l.is("for whoever is not told", 2)
	cid.write(tracker.Writer.BeginMarks)
	cid.is("for the newcomer from then on", 2)
	dora := l.as("Dora")
	dora.write(tracker.Writer.BeginMarks)
	dora.write(tracker.Writer.BeginMarks)
	l.see(3)
	cid.see(2)
	dora.is("for another one, when the first looked", 2)
	ada.see(2)
	ben.is("for Ben at last", 2)
	ada.is("for Ada at last", 1, 100)
	cid.is("for the newcomer at last")
}

// An update of ours is no news to those who had seen the ticket before it.
func testKeptSeen(_ *testing.T, s *suite) {
	l := newLooking(s)
	ada, ben := l.as("Ada"), l.as("Ben")
	ada.see(2)
	ben.see(1)
	before := ticket(host, 1).UpdatedAt
	ours := func(id tracker.TicketID) {
		newer := ticket(host, id)
		newer.UpdatedAt = at(time.Hour)
		s.write(func(w tracker.Writer) error {
			if err := w.KeepSeen(l.key(id), before, newer.UpdatedAt); err != nil {
				return err
			}
			return w.SaveTicket(newer)
		})
	}
	ours(1)
	ada.is("for Ada, who had not seen it before", 1, 3, 100)
	ben.is("for Ben, who had", 3)
	ours(3)
	ben.is("what nobody had seen", 3)
	// Theirs came between: what was seen is older.
	before = at(30 * time.Minute)
	ours(2)
	ada.is("where others were first", 1, 2, 3, 100)
}

// Who is called otherwise has seen what they had seen; who is one with another, what either
// had.
func testMarksOfRenamed(_ *testing.T, s *suite) {
	l := newLooking(s)
	ada, ben, lady := l.as("Ada"), l.as("Ben"), l.as("Lady Ada")
	people := []tracker.Person{{Name: "Ada"}, {Name: "Ben"}}
	s.write(func(w tracker.Writer) error {
		if err := w.SavePerson(&people[0]); err != nil {
			return err
		}
		return w.SavePerson(&people[1])
	})
	ada.see(1)
	ben.see(3)
	s.event(l.key(1), 2, at(2*time.Hour), at(2*time.Hour))
	ben.is("for Ben", 2, 100)
	ben.see(1)
	ada.is("for Ada", 2, 3, 100)
	rename := func(from, to string, before func(w tracker.Writer) error) {
		s.write(func(w tracker.Writer) error {
			if err := before(w); err != nil {
				return err
			}
			_, err := w.Rename(from, to, nil)
			return err
		})
	}
	rename("Ada", "Lady Ada", func(w tracker.Writer) error {
		people[0].Name = "Lady Ada"
		return w.SavePerson(&people[0])
	})
	lady.is("under another name", 2, 3, 100)
	ada.is("under the former name, which is a newcomer's", 2)

	rename("Lady Ada", "Ben", func(w tracker.Writer) error { return w.RemovePerson(people[0].ID) })
	lady.see(2)
	ben.is("for one who was two", 2)
	lady.is("for a newcomer of that name")

	// Two who are separated: marks stay with the one who is left.
	rename("Ben", "Lady Ada", func(w tracker.Writer) error { return w.SavePerson(&people[0]) })
	ben.is("for who was left", 2)
}
