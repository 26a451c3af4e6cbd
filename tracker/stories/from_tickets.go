package stories

import (
	"context"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/kind"
)

// AddFromTickets makes a story that is linked to tickets, or one of each of them
// in their order: either all of them or none. A story's name is its first ticket's
// subject, its description that one's, until it is completed; see CompleteDescription.
// Nothing is sent. CodeConflict, ReasonHasStory, when a ticket has a story already.
func (s *Service) AddFromTickets(ctx context.Context, n tracker.FromTickets) ([]tracker.Story, error) {
	if len(n.Tickets) == 0 {
		return nil, tracker.Invalid("ticket", "choose a ticket to create a story from")
	}
	if n.Each {
		return s.addFromTickets(ctx, n, slices.Collect(slices.Chunk(n.Tickets, 1)))
	}
	return s.addFromTickets(ctx, n, [][]tracker.TicketID{n.Tickets})
}

// addFromTickets makes a story of each run of tickets in one transaction, the
// first one at the place and each other one below the one before.
func (s *Service) addFromTickets(ctx context.Context, n tracker.FromTickets, runs [][]tracker.TicketID) ([]tracker.Story, error) {
	var in tracker.Integration
	firsts := make([]tracker.Ticket, len(runs))
	for i, run := range runs {
		var err error
		if in, firsts[i], err = s.views.KnownTicket(ctx, n.Integration, run[0]); err != nil {
			return nil, err
		}
	}
	var made []tracker.Story
	var done changeSet
	err := s.Write(ctx, tracker.HintStories|tracker.HintTickets, func(w tracker.Writer) error {
		made, done = nil, nil
		if err := refuseTwice(w, in.Host, n); err != nil {
			return err
		}
		for i := range firsts {
			draft := draftOf(n, in, firsts[i])
			if i > 0 {
				draft.Place = tracker.Place{After: made[i-1].ID}
			}
			st, err := s.insertLinked(w, draft, in, &firsts[i], runs[i])
			if err != nil {
				return err
			}
			made, done = append(made, st), append(done, created{st})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.history.add(ctx, done)
	s.sequences.put(s.Now(), n.Place, made...)
	return made, nil
}

// draftOf is the story that is made of a ticket.
func draftOf(n tracker.FromTickets, in tracker.Integration, t tracker.Ticket) tracker.NewStory {
	d := tracker.NewStory{
		ProjectID: in.ProjectID, Name: n.Name, Description: cut(t.Description, tracker.MaxStoryDescription), Type: n.Type,
		Owners: n.Owners, Labels: n.Labels, Template: n.Template, Place: n.Place,
	}
	if tracker.Unseen(d.Name) {
		d.Name = cut(nameFor(t), tracker.MaxStoryName)
	}
	if d.Type == "" {
		d.Type = t.StoryType()
	}
	return d
}

func (s *changes) insertLinked(w tracker.Writer, draft tracker.NewStory, in tracker.Integration, first *tracker.Ticket, tickets []tracker.TicketID) (tracker.Story, error) {
	if kind.Of(in).Requesters {
		draft.Requester = strings.TrimSpace(first.Requester)
	}
	st, err := s.insertStory(w, draft, first)
	if err != nil {
		return tracker.Story{}, err
	}
	for _, ticket := range tickets {
		if _, err := s.insertLink(w, st, in, ticket); err != nil {
			return tracker.Story{}, err
		}
	}
	return w.Story(st.ID)
}

func nameFor(t tracker.Ticket) string {
	if name := strings.TrimSpace(t.Subject); !tracker.Unseen(name) {
		return name
	}
	return "Ticket " + t.ID.String()
}

// cut shortens text to at most n characters, the mark included.
func cut(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-len([]rune(tracker.CutMark))]) + tracker.CutMark
}

func refuseTwice(r tracker.Reader, host string, n tracker.FromTickets) error {
	if n.Again {
		return nil
	}
	linked, err := r.LinkedStories(host)
	if err != nil {
		return err
	}
	for _, ticket := range n.Tickets {
		if refs := linked[ticket]; len(refs) > 0 {
			last := slices.MaxFunc(refs, func(a, b tracker.StoryRef) int { return int(a.ID - b.ID) })
			e := tracker.Errorf(tracker.CodeConflict, "ticket %s already has story %s (%s)", ticket, last.ID, last.State)
			e.Reason = tracker.ReasonHasStory
			return e
		}
	}
	return nil
}
