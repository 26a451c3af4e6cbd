package tracker

import (
	"context"
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
// CodeRefused says why a place is impossible, or that the story is accepted.
func (s *Service) MoveStory(ctx context.Context, id StoryID, version int64, to Place) (Story, error) {
	return s.changeStory(ctx, Seen{id, version}, func(w Writer, c *change, _ Project) error { return move(w, c, to) })
}

// MoveStories puts stories somewhere else as MoveStory does, in the order in
// which they are given. Either all of them are moved or none is.
func (s *Service) MoveStories(ctx context.Context, ids []StoryID, to Place) ([]Story, error) {
	seen := whatever(ids)
	if to.Stacks() {
		slices.Reverse(seen)
	}
	moved, err := s.changeStories(ctx, seen, func(w Writer, c *change, _ Project) error { return move(w, c, to) })
	if to.Stacks() {
		slices.Reverse(moved)
	}
	return moved, err
}

// Stacks tells whether a story that is put at the place pushes down those that
// were put there before: to keep their order, several are put there last first.
func (p Place) Stacks() bool { return !p.Bottom && p.Before == 0 }

func move(w Writer, c *change, to Place) error {
	column, err := to.column(w)
	if err != nil {
		return err
	}
	st := &c.after
	c.verb = "moved"
	switch {
	case st.State == Accepted:
		return Errorf(CodeRefused, "%s is accepted and cannot be moved; restart it first", st.ID)
	case column == Icebox && st.State != Unscheduled:
		st.State, c.verb = Unscheduled, "unscheduled"
	case column == Backlog && st.State == Unscheduled:
		st.State, c.verb = Unstarted, "scheduled"
	case column == Done:
		return Errorf(CodeRefused, "accept a story to move it to Done")
	}
	to.Column = column
	st.Rank, err = rankAt(w, *st, to)
	return err
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
		return Errorf(CodeRefused, "%s cannot be moved next to itself", st.ID)
	case st.ProjectID != other.ProjectID:
		return Errorf(CodeRefused, "%s is in another project", other.ID)
	case st.State.Group() != other.State.Group():
		return Errorf(CodeRefused, "%s is %s, so a story that is %s cannot be next to it: started stories stay above unstarted ones",
			other.ID, other.State, st.State)
	}
	return nil
}

func rankText(s Story) string { return strconv.FormatInt(s.Rank, 10) }

// Transition takes a story one step along its life. Starting makes the acting
// user an owner where there is none, schedules a story of the Icebox, and opens
// linked tickets that are new. Restarting an accepted one takes the acceptance
// back. A reason for rejecting becomes a comment.
// CodeRefused says what the story offers instead; CodeConflict when it changed
// since it was seen (version 0 takes whatever there is).
func (s *Service) Transition(ctx context.Context, id StoryID, version int64, a Action, reason string) (Story, error) {
	return s.changeStory(ctx, Seen{id, version}, s.transition(a, reason))
}

// TransitionStories takes several stories along as Transition does, the first
// one first. Either all of them take the step or none does.
func (s *Service) TransitionStories(ctx context.Context, seen []Seen, a Action, reason string) ([]Story, error) {
	return s.changeStories(ctx, seen, s.transition(a, reason))
}

func (s *Service) transition(a Action, reason string) edit {
	reason = strings.TrimSpace(reason)
	return func(w Writer, c *change, p Project) error {
		next, err := Next(c.after, a, p)
		if err != nil {
			return err
		}
		c.verb = string(next)
		if err := s.step(w, &c.after, next); err != nil || reason == "" {
			return err
		}
		why, err := s.insertComment(w, c.after, p, reason)
		c.with = &why
		return err
	}
}

// step sets a state with all that follows from it.
func (s *Service) step(w Writer, st *Story, next State) error {
	from := st.State
	st.State, st.AcceptedAt = next, nil
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
	added, err := s.CommentStories(ctx, []StoryID{id}, text)
	if err != nil {
		return Comment{}, err
	}
	return added[0], nil
}

// CommentStories adds the same comment to several stories as Comment does:
// either to all of them or to none.
func (s *Service) CommentStories(ctx context.Context, ids []StoryID, text string) ([]Comment, error) {
	return s.CommentFromDraft(ctx, ids, text, "")
}

// CommentFromDraft does what CommentStories does and in the same transaction
// forgets the draft with that key, if it is not empty: there is never a comment
// beside its own draft.
func (s *Service) CommentFromDraft(ctx context.Context, ids []StoryID, text, draft string) ([]Comment, error) {
	var done deed
	var added []Comment
	err := s.write(ctx, HintStories|HintDeliveries, func(w Writer) error {
		done, added = nil, nil
		for _, id := range ids {
			st, p, err := versioned(w, id, 0)
			if err != nil {
				return err
			}
			c, err := s.insertComment(w, st, p, text)
			if err != nil {
				return err
			}
			done, added = append(done, c), append(added, *c.comment)
		}
		if draft == "" {
			return nil
		}
		return w.SaveDraft(draft, "")
	})
	if err != nil {
		return nil, err
	}
	s.history.add(done)
	return added, nil
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
