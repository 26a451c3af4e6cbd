package stories

import (
	"errors"
	"fmt"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/outbox"
)

// change is one thing that a use case did to a story, remembered to be undone. The
// kinds are created and uncreated, deleted and restored, edited, commented and
// uncommented, linked and unlinked, and elsewhere for what other use cases did.
type change interface {
	// of is the story that was changed.
	of() tracker.StoryID
	// did names what undo takes back or redo makes again, such as "started".
	did() string
	// takeBack undoes the change in a transaction and records it as verb. The
	// inverse is the change that this made, nil for what cannot be made again.
	takeBack(s *undoing, w tracker.Writer, verb string) (inverse change, fate commentFate, err error)
	// tell adds to u what became of the change.
	tell(u *tracker.Undone)
}

// commentFate is what became of the private comments of a change that was taken back.
type commentFate int

const (
	// commentsNone: there were none.
	commentsNone commentFate = iota
	// commentsRecalled: none had been sent, and they were removed.
	commentsRecalled
	// commentsCorrected: some had been sent, and comments on the opposite change follow.
	commentsCorrected
)

// created is a story that was made.
type created struct{ story tracker.Story }

func (c created) of() tracker.StoryID { return c.story.ID }
func (c created) did() string         { return "created" }

// takeBack deletes the story, which must be as it was when it was created.
func (c created) takeBack(s *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	now, err := w.Story(c.story.ID)
	if err != nil {
		return nil, commentsNone, err
	}
	comments, err := w.Comments(now.ID)
	if err != nil {
		return nil, commentsNone, err
	}
	parts, err := partsOf(w, now.ID)
	if err == nil && (!same(s.history.whole(c.story), now) || len(comments)+parts.Count() > 0) {
		err = tracker.Errorf(tracker.CodeRefused, "%s has changed since it was created; delete it instead", now.ID)
	}
	if err != nil {
		return nil, commentsNone, err
	}
	return uncreated{now}, commentsNone, s.deleteIn(w, now)
}

func (c created) tell(u *tracker.Undone) { u.Unlinked = append(u.Unlinked, c.story.Tickets...) }

// uncreated is a story whose creation was undone.
type uncreated struct{ story tracker.Story }

func (c uncreated) of() tracker.StoryID { return c.story.ID }
func (c uncreated) did() string         { return "created" }

func (c uncreated) takeBack(s *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	st, err := s.bringBack(w, c.story.ID)
	return created{st}, commentsNone, err
}

func (c uncreated) tell(u *tracker.Undone) { shown(u, c.story) }

// deleted is a story that was deleted.
type deleted struct{ story tracker.Story }

func (c deleted) of() tracker.StoryID { return c.story.ID }
func (c deleted) did() string         { return verbDeleted }

func (c deleted) takeBack(s *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	st, err := s.bringBack(w, c.story.ID)
	return restored{st}, commentsNone, err
}

func (c deleted) tell(u *tracker.Undone) { shown(u, c.story) }

// restored is a deleted story that was restored: redo deletes it again.
type restored struct{ story tracker.Story }

func (c restored) of() tracker.StoryID { return c.story.ID }
func (c restored) did() string         { return verbDeleted }

func (c restored) takeBack(s *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	now, err := w.Story(c.story.ID)
	if err != nil {
		return nil, commentsNone, err
	}
	if err := outbox.SettleUnsent(w, false, "delete "+now.ID.String(), tracker.DeliveryQuery{Story: now.ID}); err != nil {
		return nil, commentsNone, err
	}
	return deleted{now}, commentsNone, s.deleteIn(w, now)
}

func (c restored) tell(u *tracker.Undone) { u.Unlinked = append(u.Unlinked, c.story.Tickets...) }

// shown tells that a story is there again, with its links.
func shown(u *tracker.Undone, st tracker.Story) {
	u.Linked = append(u.Linked, st.Tickets...)
	mention(u, st.ID)
}

// mention adds a story to those that something was done to.
func mention(u *tracker.Undone, id tracker.StoryID) {
	if !slices.Contains(u.Stories, id) {
		u.Stories = append(u.Stories, id)
	}
}

// bringBack restores a deleted story, with all that belongs to it: what was done
// to it before can be made again, too.
func (s *undoing) bringBack(w tracker.Writer, id tracker.StoryID) (tracker.Story, error) {
	st, err := s.restoreIn(w, id)
	if tracker.CodeOf(err) != tracker.CodeNotFound {
		return st, err
	}
	if notShown(w, id) == nil {
		return st, &purgedError{id}
	}
	return st, tracker.Errorf(tracker.CodeNotFound, "%s has already been restored", id)
}

// edited is a story of which fields were changed, its state and place included.
type edited struct {
	verb          string
	before, after tracker.Story
	// activity recorded it, 0 where nothing was changed.
	activity tracker.ActivityID
	// silent is true for a change that queued no private comments.
	silent bool
	// reason is the comment that was added with it, nil for none.
	reason *commented
}

func (c edited) of() tracker.StoryID { return c.after.ID }
func (c edited) did() string         { return c.verb }

// takeBack gives the fields that were changed their former values. While the story
// is as the change left it and no comment was sent, the comments are recalled.
func (c edited) takeBack(s *undoing, w tracker.Writer, verb string) (change, commentFate, error) {
	before, after := s.history.whole(c.before), s.history.whole(c.after)
	now, p, err := versioned(w, c.of(), 0)
	if err != nil {
		return nil, commentsNone, err
	}
	silent := !c.silent && same(after, now)
	if silent {
		if silent, err = c.recall(w); err != nil {
			return nil, commentsNone, err
		}
	}
	st := tracker.RestoreFields(now, before, after)
	st.Tasks = restoreTasks(now.Tasks, before.Tasks, after.Tasks)
	inverse := edited{verb: c.verb, before: now, silent: silent}
	if silent {
		inverse.activity, err = s.saveSilently(w, now, &st, p, verb)
	} else {
		inverse.activity, err = s.saveChange(w, now, &st, p, verb)
	}
	if err != nil {
		return nil, commentsNone, err
	}
	inverse.after = st
	switch {
	case !outbox.Tells(now.State, st.State) || len(st.Tickets) == 0:
		return inverse, commentsNone, nil
	case silent:
		return inverse, commentsRecalled, nil
	}
	return inverse, commentsCorrected, nil
}

// recall removes what the change queued and its reason, or reports false where
// some of it was sent.
func (c edited) recall(w tracker.Writer) (bool, error) {
	if c.reason == nil {
		return recall(w, c.of(), c.activity)
	}
	ok, err := recall(w, c.of(), c.activity, c.reason.activity)
	if err != nil || !ok {
		return false, err
	}
	return true, w.RemoveComment(c.reason.comment.ID) // a reason carries no attachments
}

func (c edited) tell(u *tracker.Undone) { mention(u, c.of()) }

// same reports whether two versions of a story differ in none of their fields.
func same(a, b tracker.Story) bool { return len(tracker.StoryChanges(a, b)) == 0 }

// commented is a comment that was added.
type commented struct {
	comment  tracker.Comment
	activity tracker.ActivityID
	// with are the attachments that it carries.
	with []carriedFile
}

func (c commented) of() tracker.StoryID { return c.comment.StoryID }
func (c commented) did() string         { return verbCommented }

// takeBack removes the comment while no ticket has it.
func (c commented) takeBack(s *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	recalled, err := recall(w, c.of(), c.activity)
	if err == nil && !recalled {
		err = tracker.Errorf(tracker.CodeRefused, "the comment on %s was already sent and stays on its tickets", c.of())
	}
	if err != nil {
		return nil, commentsNone, err
	}
	if err := errors.Join(w.RemoveComment(c.comment.ID), dropNew(w, c.with, s.Now())); err != nil {
		return nil, commentsNone, err
	}
	return uncommented{c.comment, c.with}, commentsNone, s.outbox.Record(w, c.of(), "removed a comment", nil)
}

func (c commented) tell(u *tracker.Undone) {
	u.Comment = c.comment.Text
	tellCarried(u, c.with)
	mention(u, c.of())
}

// uncommented is a comment whose adding was undone.
type uncommented struct {
	comment tracker.Comment
	with    []carriedFile
}

func (c uncommented) of() tracker.StoryID { return c.comment.StoryID }
func (c uncommented) did() string         { return verbCommented }

// takeBack adds the comment again, with private comments of its own.
func (c uncommented) takeBack(s *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	st, p, err := versioned(w, c.of(), 0)
	if err != nil {
		return nil, commentsNone, err
	}
	again, err := s.insertComment(w, st, p, c.comment.Text, c.with...)
	return again, commentsNone, err
}

func (c uncommented) tell(u *tracker.Undone) {
	u.Comment = c.comment.Text
	tellCarried(u, c.with)
	mention(u, c.of())
}

// linked is a link that was made. Its verb is that of the change which it redoes or
// takes back.
type linked struct {
	link tracker.Link
	verb string
}

func (c linked) of() tracker.StoryID { return c.link.StoryID }
func (c linked) did() string         { return c.verb }

func (c linked) takeBack(s *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	l := c.link
	q := tracker.DeliveryQuery{Story: l.StoryID, Ticket: l.Ticket}
	if err := outbox.SettleUnsent(w, false, fmt.Sprintf("unlink %s", l.Ticket.ID), q); err != nil {
		return nil, commentsNone, err
	}
	if err := w.RemoveLink(l.StoryID, l.Ticket); err != nil {
		return nil, commentsNone, err
	}
	return unlinked{l, c.verb}, commentsNone, s.recordLink(w, verbUnlinked, l)
}

func (c linked) tell(u *tracker.Undone) {
	u.Unlinked = append(u.Unlinked, c.link)
	mention(u, c.of())
}

// unlinked is a link that was removed.
type unlinked struct {
	link tracker.Link
	verb string
}

func (c unlinked) of() tracker.StoryID { return c.link.StoryID }
func (c unlinked) did() string         { return c.verb }

func (c unlinked) takeBack(s *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	l := c.link
	if err := w.AddLink(&l); err != nil {
		return nil, commentsNone, err
	}
	return linked{l, c.verb}, commentsNone, s.recordLink(w, verbLinked, l)
}

func (c unlinked) tell(u *tracker.Undone) {
	u.Linked = append(u.Linked, c.link)
	mention(u, c.of())
}
