package tracker

import (
	"context"
	"slices"
	"strings"
)

// FromTickets is a story to be made from tickets.
type FromTickets struct {
	Integration IntegrationID
	// Tickets is one or more; the first gives name and description.
	Tickets []TicketID
	// Name and Type replace what follows from the ticket, when not empty.
	Name  string
	Type  StoryType
	Place Place
	// Again makes a story even when a ticket has one.
	Again bool
}

// CutMark ends a description that was cut.
const CutMark = "\n[…]"

// AddStoryFromTickets makes a story that is linked to tickets: its name is the
// first one's subject, its description that one's, until it is completed; see CompleteDescription.
// Nothing is sent. CodeConflict, field "again", when a ticket has a story already.
func (s *Service) AddStoryFromTickets(ctx context.Context, n FromTickets) (Story, error) {
	if len(n.Tickets) == 0 {
		return Story{}, Invalid("ticket", "choose a ticket to create a story from")
	}
	made, err := s.addFromTickets(ctx, n, [][]TicketID{n.Tickets})
	if err != nil {
		return Story{}, err
	}
	return made[0], nil
}

// AddStoryFromEach makes one story of each ticket as AddStoryFromTickets does,
// in the order of the tickets: either of all of them or of none.
func (s *Service) AddStoryFromEach(ctx context.Context, n FromTickets) ([]Story, error) {
	each := make([][]TicketID, len(n.Tickets))
	for i, ticket := range n.Tickets {
		each[i] = []TicketID{ticket}
	}
	return s.addFromTickets(ctx, n, each)
}

// addFromTickets makes a story of each run of tickets in one transaction, the
// first one at the place and each other one below the one before.
func (s *Service) addFromTickets(ctx context.Context, n FromTickets, runs [][]TicketID) ([]Story, error) {
	var in Integration
	drafts := make([]NewStory, len(runs))
	for i, run := range runs {
		var first Ticket
		var err error
		if in, first, err = s.knownTicket(ctx, n.Integration, run[0]); err != nil {
			return nil, err
		}
		drafts[i] = n.draft(in, first)
	}
	var made []Story
	var done deed
	err := s.write(ctx, HintStories|HintTickets, func(w Writer) error {
		made, done = nil, nil
		if err := refuseTwice(w, in.Host, n); err != nil {
			return err
		}
		for i, draft := range drafts {
			if i > 0 {
				draft.Place = Place{After: made[i-1].ID}
			}
			st, err := s.insertLinked(w, draft, in, runs[i])
			if err != nil {
				return err
			}
			made, done = append(made, st), append(done, change{verb: "created", story: st.ID, after: st})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.history.add(done)
	return made, nil
}

// draft is the story that is made of a ticket.
func (n FromTickets) draft(in Integration, t Ticket) NewStory {
	d := NewStory{
		ProjectID: in.ProjectID, Name: n.Name, Description: cut(t.Description, MaxStoryDescription), Type: n.Type, Place: n.Place,
	}
	if unseen(d.Name) {
		d.Name = cut(nameFor(t), MaxStoryName)
	}
	if d.Type == "" {
		d.Type = t.StoryType()
	}
	return d
}

func (s *Service) insertLinked(w Writer, draft NewStory, in Integration, tickets []TicketID) (Story, error) {
	st, err := s.insertStory(w, draft)
	if err != nil {
		return Story{}, err
	}
	for _, ticket := range tickets {
		if _, err := s.insertLink(w, st, in, ticket); err != nil {
			return Story{}, err
		}
	}
	return w.Story(st.ID)
}

func nameFor(t Ticket) string {
	if name := strings.TrimSpace(t.Subject); !unseen(name) {
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
	return string(runes[:n-len([]rune(CutMark))]) + CutMark
}

func refuseTwice(r Reader, host string, n FromTickets) error {
	if n.Again {
		return nil
	}
	linked, err := r.LinkedStories(host)
	if err != nil {
		return err
	}
	for _, ticket := range n.Tickets {
		if refs := linked[ticket]; len(refs) > 0 {
			last := slices.MaxFunc(refs, func(a, b StoryRef) int { return int(a.ID - b.ID) })
			e := Errorf(CodeConflict, "ticket %s already has story %s (%s); make another with --again", ticket, last.ID, last.State)
			e.Field = "again"
			return e
		}
	}
	return nil
}
