package stories

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/outbox"
)

// change is one thing that a use case did to a story, kept to be undone.
type change struct {
	verb  string
	story tracker.StoryID
	// before is nil for a story that was created or deleted, and for a comment.
	before *tracker.Story
	// gone is true where a story was deleted, or the creation of a story or a
	// comment taken back: after, or comment, is how it was.
	gone bool
	// after is the story as the change left it.
	after    tracker.Story
	activity tracker.ActivityID
	// mute is true for a change that was made without its notes.
	mute    bool
	comment *tracker.Comment
	// link is the link that was made, or removed when unlinked is true; nil for
	// any other change.
	link     *tracker.Link
	unlinked bool
	// with is what was done in the same breath, such as a rejection's reason.
	with *change
}

// creates tells whether the change made a story, or removed it when gone is true.
func (c change) creates() bool { return c.before == nil && c.comment == nil && c.link == nil }

// inverse is the change that took c back and was recorded as activity.
func (c change) inverse(before, after tracker.Story, activity tracker.ActivityID, mute bool) change {
	return change{verb: c.verb, story: c.story, before: &before, after: after, activity: activity, mute: mute}
}

// stands tells whether the story is still as the change left it.
func (c change) stands(now tracker.Story) bool { return len(tracker.StoryChanges(c.after, now)) == 0 }

// tally adds what became of a change that was taken back.
func tally(u *tracker.Undone, c change) {
	switch {
	case c.comment != nil:
		u.Comment = c.comment.Text
	case c.link != nil && c.unlinked:
		u.Tied = append(u.Tied, *c.link)
	case c.link != nil:
		u.Freed = append(u.Freed, *c.link)
	case c.creates() && c.gone:
		u.Tied = append(u.Tied, c.after.Tickets...)
	case c.creates():
		u.Freed = append(u.Freed, c.after.Tickets...)
		return
	}
	if !slices.Contains(u.Stories, c.story) {
		u.Stories = append(u.Stories, c.story)
	}
}

// Undo takes back the last thing that this process did, to one story or to
// several at once. While none of a story's
// notes has left and it has not changed since, the notes go with it; otherwise
// the opposite change is made, with a note of its own: that is a *SendsError
// unless agreed is true. CodeNotFound when there is nothing to undo, CodeRefused
// for what cannot be taken back: a comment that left, a story that was worked on
// since it was created.
func (s *undoing) Undo(ctx context.Context, agreed bool) (tracker.Undone, error) {
	d, ok := s.history.take(&s.history.done)
	if !ok {
		return tracker.Undone{}, tracker.Errorf(tracker.CodeNotFound, "there is nothing to undo")
	}
	inverse, undone, err := s.takeBack(ctx, d, "undone", agreed)
	if err != nil {
		var purged *purgedError
		if errors.As(err, &purged) {
			return tracker.Undone{}, s.history.without(&s.history.done, d, *purged, "undo")
		}
		// What can never be taken back must not stand in the way of the rest.
		var sends *tracker.SendsError
		if code := tracker.CodeOf(err); errors.As(err, &sends) || code != tracker.CodeRefused && code != tracker.CodeNotFound {
			s.history.put(&s.history.done, d)
		}
		return tracker.Undone{}, err
	}
	if inverse != nil {
		s.history.put(&s.history.undone, inverse)
	}
	return undone, nil
}

// Redo does again what Undo took back last, with notes of its own: that is a
// *SendsError unless agreed is true. CodeNotFound when there is none, as after
// any other change.
func (s *undoing) Redo(ctx context.Context, agreed bool) (tracker.Undone, error) {
	d, ok := s.history.take(&s.history.undone)
	if !ok {
		return tracker.Undone{}, tracker.Errorf(tracker.CodeNotFound, "there is nothing to redo")
	}
	inverse, undone, err := s.takeBack(ctx, d, "redone", agreed)
	if err != nil {
		var purged *purgedError
		if errors.As(err, &purged) {
			return tracker.Undone{}, s.history.without(&s.history.undone, d, *purged, "redo")
		}
		if tracker.CodeOf(err) != tracker.CodeNotFound {
			s.history.put(&s.history.undone, d)
		}
		return tracker.Undone{}, err
	}
	if inverse != nil {
		s.history.put(&s.history.done, inverse)
	}
	undone.Said = fmt.Sprintf("Redone: %s %s", d.subject(), d.verb())
	return undone, nil
}

// takeBack takes a deed back in one transaction, its last change first, unless
// that would send something and nobody has agreed. The inverse is nil for what
// cannot be made again.
func (s *undoing) takeBack(ctx context.Context, d deed, verb string, agreed bool) (inverse deed, undone tracker.Undone, err error) {
	err = s.Write(ctx, tracker.HintStories|tracker.HintTickets|tracker.HintDeliveries, func(w tracker.Writer) error {
		inverse, undone = make(deed, 0, len(d)), tracker.Undone{}
		fates := make(map[noteFate]int)
		var queued []tracker.Delivery
		w = noting{w, &queued}
		for _, c := range slices.Backward(d) {
			back, fate, err := s.takeBackChange(w, s.history.wholeChange(c), verb)
			if err != nil {
				return err
			}
			if back != nil {
				inverse = append(inverse, *back)
			}
			fates[fate]++
			tally(&undone, c)
		}
		if len(queued) > 0 && !agreed {
			return &tracker.SendsError{Deed: d.subject() + " " + d.verb(), Notes: previews(s.Desks, queued)}
		}
		undone.Said = d.takenBack(fates)
		return nil
	})
	if len(inverse) < len(d) {
		inverse = nil
	}
	return inverse, undone, err
}

// takenBack is the sentence about a deed that was taken back.
func (d deed) takenBack(notes map[noteFate]int) string {
	last := d[len(d)-1]
	switch {
	case last.comment != nil:
		return fmt.Sprintf("Undone: comment on %s", d.subject())
	case last.creates() && last.gone:
		return fmt.Sprintf("Undone: %s restored", d.subject())
	case last.creates():
		return fmt.Sprintf("Undone: %s removed", d.subject())
	}
	said := fmt.Sprintf("Undone: %s %s", d.subject(), d.verb())
	switch {
	case notes[notesFollow] > 0 && len(d) == 1:
		return said + ". Its comment was already sent, so a correction will be sent."
	case notes[notesFollow] > 0:
		return fmt.Sprintf("%s. The comments of %d of them were already sent, so corrections will be sent.", said, notes[notesFollow])
	case notes[notesRecalled] > 0 && len(d) == 1:
		return said + "; its private comments will not be sent"
	case notes[notesRecalled] > 0:
		return said + "; their private comments will not be sent"
	}
	return said
}

// noteFate is what became of a change's notes when it was taken back.
type noteFate int

const (
	notesNone noteFate = iota
	// notesRecalled: none had left, and they were removed.
	notesRecalled
	// notesFollow: they had left, and notes of the opposite change follow.
	notesFollow
)

// takeBackChange takes one change back. The inverse is nil for what cannot be
// made again.
func (s *undoing) takeBackChange(w tracker.Writer, c change, verb string) (*change, noteFate, error) {
	switch {
	case c.comment != nil && c.gone:
		back, err := s.commentAgain(w, c)
		return back, notesNone, err
	case c.comment != nil:
		back, err := s.takeBackComment(w, c)
		return back, notesNone, err
	case c.link != nil:
		back, err := s.takeBackLink(w, c)
		return back, notesNone, err
	case c.gone:
		back, err := s.bringBack(w, c)
		return back, notesNone, err
	case c.before == nil:
		back, err := s.takeBackStory(w, c)
		return back, notesNone, err
	}
	return s.takeBackEdit(w, c, verb)
}

func (s *undoing) takeBackComment(w tracker.Writer, c change) (*change, error) {
	if silent, err := recall(w, c); err != nil || !silent {
		if err == nil {
			err = tracker.Errorf(tracker.CodeRefused, "the comment on %s was already sent and stays on its tickets", c.story)
		}
		return nil, err
	}
	if err := w.RemoveComment(c.comment.ID); err != nil {
		return nil, err
	}
	inverse := change{verb: c.verb, story: c.story, comment: c.comment, gone: true}
	return &inverse, s.outbox.Record(w, c.story, "removed a comment", nil)
}

// commentAgain adds a comment that was taken back, with notes of its own.
func (s *undoing) commentAgain(w tracker.Writer, c change) (*change, error) {
	st, p, err := versioned(w, c.story, 0)
	if err != nil {
		return nil, err
	}
	again, err := s.insertComment(w, st, p, c.comment.Text)
	return &again, err
}

// takeBackStory deletes a story that was created, or restored, again. One that was
// created must be as it was then.
func (s *undoing) takeBackStory(w tracker.Writer, c change) (*change, error) {
	now, err := w.Story(c.story)
	if err != nil {
		return nil, err
	}
	if c.verb == verbDeleted {
		if err := outbox.SettleUnsent(w, false, "delete "+c.story.String(), tracker.DeliveryQuery{Story: c.story}); err != nil {
			return nil, err
		}
	} else if err := untouchedSince(w, c, now); err != nil {
		return nil, err
	}
	back, err := s.deleteIn(w, now)
	back.verb = c.verb
	return &back, err
}

func untouchedSince(r tracker.Reader, c change, now tracker.Story) error {
	comments, err := r.Comments(c.story)
	if err == nil && (!c.stands(now) || len(comments) > 0) {
		err = tracker.Errorf(tracker.CodeRefused, "%s has changed since it was created; delete it instead", c.story)
	}
	return err
}

// bringBack restores a deleted story, with all that belongs to it: what was done
// to it before can be made again, too.
func (s *undoing) bringBack(w tracker.Writer, c change) (*change, error) {
	st, err := s.restoreIn(w, c.story)
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		switch notShown(w, c.story) {
		case nil:
			err = &purgedError{c.story}
		default:
			err = tracker.Errorf(tracker.CodeNotFound, "%s has already been restored", c.story)
		}
	}
	return &change{verb: c.verb, story: c.story, after: st}, err
}

// takeBackLink unties a ticket again, or ties it again.
func (s *undoing) takeBackLink(w tracker.Writer, c change) (*change, error) {
	l := *c.link
	inverse := change{verb: c.verb, story: c.story, link: &l, unlinked: !c.unlinked}
	if c.unlinked {
		if err := w.AddLink(&l); err != nil {
			return nil, err
		}
		return &inverse, s.recordLink(w, "linked", l)
	}
	q := tracker.DeliveryQuery{Story: c.story, Ticket: l.Ticket}
	if err := outbox.SettleUnsent(w, false, fmt.Sprintf("unlink %s", l.Ticket.ID), q); err != nil {
		return nil, err
	}
	if err := w.RemoveLink(c.story, l.Ticket); err != nil {
		return nil, err
	}
	return &inverse, s.recordLink(w, "unlinked", l)
}

func (s *undoing) takeBackEdit(w tracker.Writer, c change, verb string) (*change, noteFate, error) {
	now, p, err := versioned(w, c.story, 0)
	if err != nil {
		return nil, notesNone, err
	}
	silent := c.stands(now) && !c.mute
	if silent {
		if silent, err = recall(w, c); err != nil {
			return nil, notesNone, err
		}
	}
	st := now.Clone()
	restore(&st, *c.before, c.after)
	var activity tracker.ActivityID
	if silent {
		activity, err = s.saveSilently(w, now, &st, p, verb)
	} else {
		activity, err = s.saveChange(w, now, &st, p, verb)
	}
	if err != nil {
		return nil, notesNone, err
	}
	inverse := c.inverse(now, st, activity, silent)
	switch {
	case now.State == st.State || len(st.Tickets) == 0:
		return &inverse, notesNone, nil
	case silent:
		return &inverse, notesRecalled, nil
	}
	return &inverse, notesFollow, nil
}

// saveSilently is saveChange without notes: those of the change that is taken
// back never left.
func (s *changes) saveSilently(w tracker.Writer, before tracker.Story, st *tracker.Story, p tracker.Project, verb string) (tracker.ActivityID, error) {
	if err := st.Validate(p); err != nil {
		return 0, err
	}
	st.UpdatedAt = s.Now()
	if err := w.SaveStory(st); err != nil {
		return 0, err
	}
	a, err := s.outbox.Activity(w, st.ID, verb, tracker.StoryChanges(before, *st))
	return a.ID, err
}

// recall removes the notes of a change if none of them has left. It is false,
// and nothing is removed, when one has.
func recall(w tracker.Writer, c change) (bool, error) {
	notes, err := w.Deliveries(tracker.DeliveryQuery{Story: c.story})
	if err != nil {
		return false, err
	}
	var ours []tracker.DeliveryID
	for _, d := range notes {
		if !c.made(d.ActivityID) {
			continue
		}
		if d.State != tracker.DeliveryWaiting || d.Attempts > 0 {
			return false, nil
		}
		ours = append(ours, d.ID)
	}
	for _, id := range ours {
		if err := w.RemoveDelivery(id); err != nil {
			return false, err
		}
	}
	if c.with != nil && c.with.comment != nil {
		return true, w.RemoveComment(c.with.comment.ID)
	}
	return true, nil
}

// made tells whether the change was recorded as this activity.
func (c change) made(a tracker.ActivityID) bool {
	return a == c.activity || c.with != nil && a == c.with.activity
}

// restore gives st the values of before in the fields that differ between
// before and after.
func restore(st *tracker.Story, before, after tracker.Story) {
	st.Tasks = restoreTasks(st.Tasks, before.Tasks, after.Tasks)
	for _, f := range tracker.StoryChanges(before, after) {
		switch f.Field {
		case "name":
			st.Name = before.Name
		case "description":
			st.Description = before.Description
		case "type":
			st.Type = before.Type
		case "state":
			st.State, st.AcceptedAt = before.State, before.AcceptedAt
		case "estimate":
			st.Estimate = before.Estimate
		case "owners":
			st.Owners = before.Owners
		case "labels":
			st.Labels = before.Labels
		case "requester":
			st.Requester = before.Requester
		case "deadline":
			st.Deadline = before.Deadline
		case "rank":
			st.Rank = before.Rank
		}
	}
}
