package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

// testFieldChanges: what stories have been through is told by time, whatever was recorded
// first, of one project and of stories that are not deleted.
func testFieldChanges(t *testing.T, s *suite) {
	p, other := s.project("p"), s.project("other")
	one, two := s.story(p.ID, tracker.Started, 1), s.story(p.ID, tracker.Started, 2)
	gone, elsewhere := s.story(p.ID, tracker.Started, 3), s.story(other.ID, tracker.Started, 1)
	record := func(st tracker.Story, after time.Duration, verb string, changes ...tracker.FieldChange) tracker.Activity {
		t.Helper()
		a := tracker.Activity{StoryID: st.ID, Actor: "Ada", Verb: verb, Changes: changes, At: at(after)}
		s.write(func(w tracker.Writer) error { return w.AddActivity(&a) })
		return a
	}
	state := tracker.FieldChange{Field: "state", Old: "unstarted", New: "started"}
	labels := tracker.FieldChange{Field: "labels", New: `"field":"name"`}
	late := record(two, time.Hour, "started", state, tracker.FieldChange{Field: "rank", Old: "1", New: "2"})
	early := record(one, time.Minute, "started", state)
	imported := record(one, -time.Hour, "Started this 100% feature")
	labelled := record(one, 2*time.Hour, "edited", labels)
	record(one, time.Minute, "commented")
	record(gone, time.Minute, "started", state)
	record(elsewhere, time.Minute, "started", state)
	s.write(func(w tracker.Writer) error { return w.DeleteStory(gone.ID, epoch()) })
	changes := func(fields, verbs []string) []tracker.Activity {
		t.Helper()
		return get(s, func(r tracker.Reader) ([]tracker.Activity, error) { return r.FieldChanges(p.ID, fields, verbs) })
	}
	same(t, "changes of the state", changes([]string{"state"}, nil), []tracker.Activity{early, late})
	same(t, "changes of the state and what is like it", changes([]string{"state"}, []string{"started"}), []tracker.Activity{imported, early, late})
	same(t, "changes of labels and ranks", changes([]string{"labels", "rank"}, nil), []tracker.Activity{late, labelled})
	same(t, "what begins with a text", changes(nil, []string{"edi", "started this 100% f"}), []tracker.Activity{imported, labelled})
	same(t, "what has a text somewhere", changes([]string{"name"}, []string{"100%", "%", "this"}), []tracker.Activity(nil))
	same(t, "nothing asked for", changes(nil, nil), []tracker.Activity(nil))
}

// testLinkedTickets: the tickets of all stories of a project are told with the status that
// they had when last seen.
func testLinkedTickets(t *testing.T, s *suite) {
	in, other := s.integration("zd", host), s.integration("other", "globex.zendesk.com")
	one, two, gone := s.story(in.ProjectID, tracker.Started, 1), s.story(in.ProjectID, tracker.Accepted, 2), s.story(in.ProjectID, tracker.Started, 3)
	elsewhere := s.story(other.ProjectID, tracker.Started, 1)
	ticket := func(host string, id tracker.TicketID) tracker.TicketKey { return tracker.TicketKey{Host: host, ID: id} }
	s.write(func(w tracker.Writer) error {
		for _, l := range []struct {
			story tracker.Story
			host  string
			id    tracker.TicketID
		}{{one, host, 7}, {one, other.Host, 7}, {one, host, 5}, {two, host, 7}, {gone, host, 7}, {elsewhere, host, 7}} {
			if err := w.AddLink(&tracker.Link{StoryID: l.story.ID, Ticket: ticket(l.host, l.id), IntegrationID: in.ID, CreatedAt: epoch()}); err != nil {
				return err
			}
		}
		if err := w.SaveTicket(tracker.Ticket{TicketKey: ticket(host, 7), Subject: "s", Status: tracker.TicketSolved, CreatedAt: epoch(), UpdatedAt: epoch()}); err != nil {
			return err
		}
		return w.DeleteStory(gone.ID, epoch())
	})
	seven := tracker.Ticket{TicketKey: ticket(host, 7), Status: tracker.TicketSolved}
	got := get(s, func(r tracker.Reader) (map[tracker.StoryID][]tracker.Ticket, error) {
		return r.LinkedTickets(in.ProjectID)
	})
	same(t, "linked tickets", got, map[tracker.StoryID][]tracker.Ticket{
		one.ID: {seven, {TicketKey: ticket(other.Host, 7)}, {TicketKey: ticket(host, 5)}}, two.ID: {seven},
	})
	s.write(func(w tracker.Writer) error { return w.RemoveIntegration(in.ID) })
	again := get(s, func(r tracker.Reader) (map[tracker.StoryID][]tracker.Ticket, error) {
		return r.LinkedTickets(in.ProjectID)
	})
	same(t, "linked tickets without their integration", again, got)
}
