package tracker

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Place is where a story goes on the board. The zero value but for Column is
// the column's top.
type Place struct {
	Column Column
	// Bottom: the column's end instead of its top.
	Bottom bool
	// Before, After name the story next to which it goes; the column follows.
	Before StoryID
	After  StoryID
}

// MoveStory puts a story somewhere else. Into the Icebox makes it unscheduled,
// out of it unstarted; among the Backlog's stories it stays within its group.
// CodeRefused says why a place is impossible.
func (s *Service) MoveStory(ctx context.Context, id StoryID, version int64, to Place) (Story, error) {
	return s.changeStory(ctx, id, version, func(w Writer, st *Story, _ Project) (string, error) {
		column, err := to.column(w)
		if err != nil {
			return "", err
		}
		verb := "moved"
		switch {
		case column == Icebox && st.State != Unscheduled:
			st.State, st.AcceptedAt, verb = Unscheduled, nil, "unscheduled"
		case column == Backlog && st.State == Unscheduled:
			st.State, verb = Unstarted, "scheduled"
		case column == Backlog && st.State == Accepted:
			return "", Errorf(CodeRefused, "%s is accepted; accepted stories stand in the order in which they were accepted", id)
		case column == Done:
			return "", Errorf(CodeRefused, "a story comes to Done by being accepted")
		}
		to.Column = column
		st.Rank, err = rankAt(w, *st, to)
		return verb, err
	})
}

// column tells which column a place is in, by its neighbour if it has one.
func (p Place) column(r Reader) (Column, error) {
	beside := max(p.Before, p.After)
	if beside == 0 {
		return p.Column, nil
	}
	st, err := r.Story(beside)
	if err != nil {
		return "", err
	}
	if st.State == Unscheduled {
		return Icebox, nil
	}
	return Backlog, nil
}

// rankAt finds the rank that puts st, in its state, at a place.
func rankAt(w Writer, st Story, to Place) (int64, error) {
	if beside := max(to.Before, to.After); beside != 0 {
		return rankBeside(w, st, beside, to.Before != 0)
	}
	low, high, ok, err := w.Ranks(st.ProjectID, st.State.Group())
	switch {
	case err != nil || !ok:
		return 0, err
	case to.Bottom:
		return high + RankStep, nil
	}
	return low - RankStep, nil
}

// rankBeside finds a rank directly above or below another story of the group.
func rankBeside(w Writer, st Story, beside StoryID, above bool) (int64, error) {
	group := st.State.Group()
	for range 2 {
		other, err := w.Story(beside)
		if err != nil {
			return 0, err
		}
		if err := sameGroup(st, other); err != nil {
			return 0, err
		}
		next, ok, err := w.RankBeside(st.ProjectID, group, other.Rank, above)
		switch {
		case err != nil:
			return 0, err
		case !ok && above:
			return other.Rank - RankStep, nil
		case !ok:
			return other.Rank + RankStep, nil
		case max(next, other.Rank)-min(next, other.Rank) > 1:
			return min(next, other.Rank) + (max(next, other.Rank)-min(next, other.Rank))/2, nil
		}
		// No rank is free between the two.
		if err := w.SpaceRanks(st.ProjectID, group); err != nil {
			return 0, err
		}
	}
	return 0, Errorf(CodeInternal, "no room beside %s after renumbering", beside)
}

func sameGroup(st, other Story) error {
	switch {
	case st.ID == other.ID:
		return Errorf(CodeRefused, "%s cannot stand beside itself", st.ID)
	case st.ProjectID != other.ProjectID:
		return Errorf(CodeRefused, "%s is in another project", other.ID)
	case st.State.Group() != other.State.Group():
		return Errorf(CodeRefused, "%s is %s, and what is %s cannot stand beside it: started work stands above what is not started",
			other.ID, other.State, st.State)
	}
	return nil
}

func rankText(s Story) string { return strconv.FormatInt(s.Rank, 10) }

// Transition takes a story one step along its life. Starting makes the acting
// user an owner where there is none, schedules a story of the Icebox, and opens
// linked tickets that are new. A reason for rejecting becomes a comment.
// CodeRefused says what the story offers instead; CodeConflict when it changed
// since it was seen (version 0 takes whatever there is).
func (s *Service) Transition(ctx context.Context, id StoryID, version int64, a Action, reason string) (Story, error) {
	var why change
	st, err := s.changeStory(ctx, id, version, func(w Writer, st *Story, p Project) (string, error) {
		next, err := Next(*st, a, p)
		if err != nil {
			return "", err
		}
		if err := s.step(w, st, next); err != nil {
			return "", err
		}
		if reason = strings.TrimSpace(reason); reason != "" {
			why, err = s.insertComment(w, *st, p, reason)
		}
		return string(next), err
	})
	if err == nil && why.activity != 0 {
		s.history.extend(why)
	}
	return st, err
}

// step sets a state with all that follows from it.
func (s *Service) step(w Writer, st *Story, next State) error {
	from := st.State
	st.State = next
	switch next {
	case Started:
		if me := s.actor(); len(st.Owners) == 0 && me != "" {
			st.Owners = []string{me}
		}
	case Accepted:
		now := s.Now()
		st.AcceptedAt = &now
	default:
	}
	if from.Group() == next.Group() {
		return nil
	}
	var err error
	st.Rank, err = rankAt(w, *st, Place{Column: Backlog, Bottom: true})
	return err
}

// Comment adds a comment to a story and sends it to its tickets where their
// integrations say so. CodeInvalid, field "text", when it is empty or too long.
func (s *Service) Comment(ctx context.Context, id StoryID, text string) (Comment, error) {
	var done change
	err := s.write(ctx, HintStories|HintDeliveries, func(w Writer) error {
		st, p, err := versioned(w, id, 0)
		if err != nil {
			return err
		}
		done, err = s.insertComment(w, st, p, text)
		return err
	})
	if err != nil {
		return Comment{}, err
	}
	s.history.add(done)
	return *done.comment, nil
}

func (s *Service) insertComment(w Writer, st Story, p Project, text string) (change, error) {
	text = strings.TrimSpace(text)
	switch n := len([]rune(text)); {
	case n == 0:
		return change{}, Invalid("text", "a comment needs some text")
	case n > MaxCommentText:
		return change{}, Invalid("text", "a comment has at most %d characters; this one has %d", MaxCommentText, n)
	}
	c := Comment{StoryID: st.ID, Author: s.actor(), Text: text, CreatedAt: s.Now()}
	if err := w.AddComment(&c); err != nil {
		return change{}, err
	}
	a, err := s.activity(w, st.ID, "commented", nil)
	if err != nil {
		return change{}, err
	}
	done := change{verb: "commented", story: st.ID, activity: a.ID, comment: &c}
	return done, s.sendComment(w, st, p, c, a.ID)
}

// LinkTicket ties a ticket to a story; nothing is sent. CodeNotFound when the
// desk has no such ticket (one that cannot be asked is believed to have it),
// CodeConflict when it is linked already.
func (s *Service) LinkTicket(ctx context.Context, id StoryID, in Integration, ticket TicketID) (Story, error) {
	if _, _, err := s.knownTicket(ctx, in.ID, ticket); CodeOf(err) == CodeNotFound {
		return Story{}, err
	}
	return s.relink(ctx, id, "linked", in.ticketKey(ticket), func(w Writer, st Story) error {
		return s.insertLink(w, st, in, ticket)
	})
}

// UnlinkTicket unties a ticket. While notes to it have not left it is
// CodeRefused, unless drop gives them up. CodeNotFound when it is not linked.
func (s *Service) UnlinkTicket(ctx context.Context, id StoryID, ticket TicketKey, drop bool) (Story, error) {
	return s.relink(ctx, id, "unlinked", ticket, func(w Writer, st Story) error {
		q := DeliveryQuery{Story: id, Ticket: ticket}
		if err := settleUnsent(w, q, drop, fmt.Sprintf("unlink %s", ticket.ID)); err != nil {
			return err
		}
		return w.RemoveLink(st.ID, ticket)
	})
}

func (s *Service) relink(
	ctx context.Context, id StoryID, verb string, ticket TicketKey, change func(Writer, Story) error,
) (Story, error) {
	var st Story
	err := s.write(ctx, HintStories|HintTickets|HintDeliveries, func(w Writer) (err error) {
		if st, _, err = versioned(w, id, 0); err != nil {
			return err
		}
		if err := change(w, st); err != nil {
			return err
		}
		if err := s.record(w, id, verb, []FieldChange{{Field: "ticket", New: ticket.String()}}); err != nil {
			return err
		}
		st, err = w.Story(id)
		return err
	})
	return st, err
}

func (i Integration) ticketKey(id TicketID) TicketKey { return TicketKey{Host: i.Host, ID: id} }

func (s *Service) insertLink(w Writer, st Story, in Integration, ticket TicketID) error {
	if st.ProjectID != in.ProjectID {
		return Errorf(CodeRefused, "%s belongs to another project than %s", st.ID, in.Name)
	}
	return w.AddLink(&Link{
		StoryID: st.ID, Ticket: in.ticketKey(ticket), IntegrationID: in.ID, Integration: in.Name,
		URL: s.Desks.TicketURL(in.URL, ticket), CreatedAt: s.Now(),
	})
}

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
// first one's subject, its description that one's first comment. Nothing is
// sent. CodeConflict, field "again", when a ticket has a story already.
func (s *Service) AddStoryFromTickets(ctx context.Context, n FromTickets) (Story, error) {
	if len(n.Tickets) == 0 {
		return Story{}, Invalid("ticket", "choose a ticket to make a story of")
	}
	in, first, err := s.knownTicket(ctx, n.Integration, n.Tickets[0])
	if err != nil {
		return Story{}, err
	}
	story := NewStory{
		ProjectID: in.ProjectID, Name: n.Name, Description: cut(first.Description, MaxStoryDescription), Type: n.Type, Place: n.Place,
	}
	if strings.TrimSpace(story.Name) == "" {
		story.Name = cut(nameFor(first), MaxStoryName)
	}
	if story.Type == "" {
		story.Type = first.StoryType()
	}
	var st Story
	err = s.write(ctx, HintStories|HintTickets, func(w Writer) (err error) {
		if err := refuseTwice(w, in.Host, n); err != nil {
			return err
		}
		if st, err = s.insertStory(w, story); err != nil {
			return err
		}
		for _, ticket := range n.Tickets {
			if err := s.insertLink(w, st, in, ticket); err != nil {
				return err
			}
		}
		st, err = w.Story(st.ID)
		return err
	})
	if err == nil {
		s.history.add(change{verb: "created", story: st.ID, after: st})
	}
	return st, err
}

func nameFor(t Ticket) string {
	if name := strings.TrimSpace(t.Subject); name != "" {
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
