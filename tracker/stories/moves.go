package stories

import (
	"context"
	"slices"
	"strings"

	"storydesk/tracker"
	"storydesk/tracker/position"
)

// MoveStories puts stories somewhere else, in the order in which they are given;
// either all of them are moved or none is. Into the Icebox makes them unscheduled, into
// the Backlog unstarted, or planned in Current of a project that is planned by hand;
// among the Backlog's stories they stay within their groups. CodeRefused says why a
// place is impossible, or that a story is accepted.
func (s *Service) MoveStories(ctx context.Context, ids []tracker.StoryID, to tracker.Place) ([]tracker.Story, error) {
	seen := anyVersion(ids)
	if to.Stacks() {
		slices.Reverse(seen)
	}
	moved, err := s.changeStories(ctx, seen, func(w tracker.Writer, c *edited, p tracker.Project) error { return s.move(w, c, p, to, ids) })
	if to.Stacks() {
		slices.Reverse(moved)
	}
	if err == nil {
		s.sequences.put(s.Now(), to, moved...)
	}
	return moved, err
}

func (s *changes) move(w tracker.Writer, c *edited, p tracker.Project, to tracker.Place, with []tracker.StoryID) error {
	to, err := located(w, to, p)
	if err != nil {
		return err
	}
	st := &c.after
	from := st.State
	if st.State, err = position.Moved(*st, to, p); err != nil {
		return err
	}
	c.verb = verbOfMove(from, st.State)
	if to, err = s.sequences.follow(w, s.Now(), *st, to, with...); err != nil {
		return err
	}
	if to, err = belowPlanned(w, *st, to, p); err != nil {
		return err
	}
	st.Rank, err = rankAt(w, *st, to)
	return err
}

// verbOfMove names a move between two states, which may be the same.
func verbOfMove(from, to tracker.State) string {
	switch {
	case to == tracker.Unscheduled && from != to:
		return "unscheduled"
	case to == tracker.Planned && from != to:
		return "planned"
	case from == tracker.Unscheduled && from != to:
		return "scheduled"
	}
	return "moved"
}

// located adds to a place beside a story the column that it is in, and whether it is
// among what people chose for Current.
func located(r tracker.Reader, to tracker.Place, p tracker.Project) (tracker.Place, error) {
	beside := max(to.Before, to.After)
	if beside == 0 {
		return to, nil
	}
	st, err := r.Story(beside)
	if err != nil {
		return to, err
	}
	to.Column, to.Current = tracker.Backlog, p.Manual && st.State == tracker.Planned
	if st.State == tracker.Unscheduled {
		to.Column = tracker.Icebox
	}
	return to, nil
}

// belowPlanned returns the place of a story, in its new state, at the line between what
// people chose for Current and the rest of the Backlog: directly below the former, so
// that the list stays as it is when the project plans by itself again.
func belowPlanned(r tracker.Reader, st tracker.Story, to tracker.Place, p tracker.Project) (tracker.Place, error) {
	atLine := st.State == tracker.Unstarted && !to.Bottom || st.State == tracker.Planned && to.Bottom
	if !p.Manual || !atLine || max(to.Before, to.After) != 0 {
		return to, nil
	}
	last, err := r.LastPlanned(p.ID, st.ID)
	switch {
	case err != nil:
		return to, err
	case last != 0:
		return tracker.Place{Column: to.Column, After: last}, nil
	}
	to.Bottom = false
	return to, nil
}

// rankAt finds the rank that puts st, in its state, at a place.
func rankAt(w tracker.Writer, st tracker.Story, to tracker.Place) (int64, error) {
	if beside := max(to.Before, to.After); beside != 0 {
		return rankBeside(w, st, beside, to.Before != 0)
	}
	low, high, ok, err := w.Ranks(st.ProjectID, st.State.Group())
	switch {
	case err != nil || !ok:
		return 0, err
	case to.Bottom:
		return high + tracker.RankStep, nil
	}
	return low - tracker.RankStep, nil
}

// stepBelow is how far below another story one is put where there is room: halves of the
// room would be used up by forty stories that are put one below the other.
const stepBelow = tracker.RankStep >> 10

// rankBeside finds a rank directly above or below another story of the group.
func rankBeside(w tracker.Writer, st tracker.Story, beside tracker.StoryID, above bool) (int64, error) {
	group := st.State.Group()
	for range 2 {
		other, err := w.Story(beside)
		if err != nil {
			return 0, err
		}
		if err := refusalBeside(st, other); err != nil {
			return 0, err
		}
		next, ok, err := w.RankBeside(st.ProjectID, group, other.Rank, above)
		switch {
		case err != nil:
			return 0, err
		case !ok && above:
			return other.Rank - tracker.RankStep, nil
		case !ok:
			return other.Rank + tracker.RankStep, nil
		case !above && next-other.Rank > 2*stepBelow:
			return other.Rank + stepBelow, nil
		case max(next, other.Rank)-min(next, other.Rank) > 1:
			return min(next, other.Rank) + (max(next, other.Rank)-min(next, other.Rank))/2, nil
		}
		// No rank is free between the two.
		if err := w.SpaceRanks(st.ProjectID, group); err != nil {
			return 0, err
		}
	}
	return 0, tracker.Errorf(tracker.CodeInternal, "no room beside %s after renumbering", beside)
}

func refusalBeside(st, other tracker.Story) error {
	if st.ProjectID != other.ProjectID {
		return tracker.Errorf(tracker.CodeRefused, "%s is in another project", other.ID)
	}
	return position.RefusalBeside(st.Card(), other.Card())
}

// Transition takes stories one step along their lives, the first one first:
// either all of them take the step or none does. Starting makes the acting user
// an owner where there is none, schedules a story of the Icebox, and opens
// linked tickets that are new. Restarting an accepted one takes the acceptance
// back. A reason for rejecting becomes a comment.
// CodeRefused says what the story offers instead; CodeConflict when it changed
// since it was seen (version 0 takes whatever there is).
func (s *Service) Transition(ctx context.Context, seen []tracker.Seen, a tracker.Action, reason string) ([]tracker.Story, error) {
	return s.changeStories(ctx, seen, s.transition(a, reason))
}

func (s *changes) transition(a tracker.Action, reason string) edit {
	reason = strings.TrimSpace(reason)
	return func(w tracker.Writer, c *edited, p tracker.Project) error {
		next, err := tracker.Next(c.after, a, p)
		if err != nil {
			return err
		}
		c.verb = string(next)
		if err := s.step(w, &c.after, next); err != nil || reason == "" {
			return err
		}
		why, err := s.insertComment(w, c.after, p, reason)
		c.reason = &why
		return err
	}
}

// step sets a state with all that follows from it.
func (s *changes) step(w tracker.Writer, st *tracker.Story, next tracker.State) error {
	from := st.State
	st.State, st.AcceptedAt = next, nil
	switch next {
	case tracker.Started:
		if me := s.Actor(); len(st.Owners) == 0 && me != "" {
			st.Owners = []string{me}
		}
	case tracker.Accepted:
		now := s.Now()
		st.AcceptedAt = &now
	default:
	}
	if from.Group() == next.Group() {
		return nil
	}
	var err error
	st.Rank, err = rankAt(w, *st, tracker.Place{Column: tracker.Backlog, Bottom: true})
	return err
}

// Comment adds the same comment to stories, either to all of them or to none,
// and sends it to their tickets where the integrations say so. In the same
// transaction it deletes the draft with that key, if the key is not empty: there
// is never a comment beside its own draft. CodeInvalid, field "text", when the
// comment is empty or too long.
func (s *Service) Comment(ctx context.Context, ids []tracker.StoryID, text, draft string) ([]tracker.Comment, error) {
	return s.CommentWith(ctx, ids, text, []string{draft}, Carried{})
}

// CommentWith is Comment of a comment that carries attachments, with several drafts. CodeNotFound
// for an attachment that a story does not have.
func (s *Service) CommentWith(ctx context.Context, ids []tracker.StoryID, text string, drafts []string, carried Carried) ([]tracker.Comment, error) {
	var done changeSet
	var added []tracker.Comment
	err := s.Write(ctx, tracker.HintStories|tracker.HintDeliveries, func(w tracker.Writer) error {
		done, added = nil, nil
		for _, id := range ids {
			st, p, err := versioned(w, id, 0)
			if err != nil {
				return err
			}
			with, err := carried.of(w, id)
			if err != nil {
				return err
			}
			c, err := s.insertComment(w, st, p, text, with...)
			if err != nil {
				return err
			}
			done, added = append(done, c), append(added, c.comment)
		}
		for _, draft := range drafts {
			if draft == "" {
				continue
			}
			if err := w.SaveDraft(draft, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.history.add(ctx, done)
	return added, nil
}

func (s *changes) insertComment(w tracker.Writer, st tracker.Story, p tracker.Project, text string, with ...carriedFile) (commented, error) {
	text = strings.TrimSpace(text)
	switch n := len([]rune(text)); {
	case n == 0:
		return commented{}, tracker.Invalid("text", "a comment needs some text")
	case n > tracker.MaxCommentText:
		return commented{}, tracker.Invalid("text", "a comment has at most %d characters; this one has %d", tracker.MaxCommentText, n)
	}
	c := tracker.Comment{StoryID: st.ID, Author: s.Actor(), Text: text, CreatedAt: s.Now()}
	if err := w.AddComment(&c); err != nil {
		return commented{}, err
	}
	changes, err := carry(w, c.ID, with)
	if err != nil {
		return commented{}, err
	}
	a, err := s.outbox.Activity(w, st.ID, verbCommented, changes)
	if err != nil {
		return commented{}, err
	}
	return commented{c, a.ID, with}, s.outbox.SendComment(w, st, p, c, a.ID)
}
