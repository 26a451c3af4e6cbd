package tracker

import (
	"context"
	"fmt"
	"slices"
	"sync"
)

// change is one thing that a use case did to a story, kept to be undone.
type change struct {
	verb  string
	story StoryID
	// before is nil for a story that was created, and for a comment.
	before *Story
	// after is the story as the change left it.
	after    Story
	activity ActivityID
	// mute is true for a change that was made without its notes.
	mute    bool
	comment *Comment
	// with is what was done in the same breath, such as a rejection's reason.
	with *change
}

// inverse is the change that took c back and was recorded as activity.
func (c change) inverse(before, after Story, activity ActivityID, mute bool) change {
	return change{verb: c.verb, story: c.story, before: &before, after: after, activity: activity, mute: mute}
}

// stands tells whether the story is still as the change left it.
func (c change) stands(now Story) bool { return len(storyChanges(c.after, now)) == 0 }

// verbDeleted marks a change that nothing takes back.
const verbDeleted = "deleted"

// maxHistory is how many changes can be undone.
const maxHistory = 100

// history is what one process changed. It is safe for concurrent use.
type history struct {
	mu     sync.Mutex
	done   []change
	undone []change
}

func (h *history) add(c change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.done = append(h.done, c)
	if len(h.done) > maxHistory {
		h.done = h.done[1:]
	}
	h.undone = nil
}

// extend joins c to the last change.
func (h *history) extend(c change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if n := len(h.done); n > 0 {
		h.done[n-1].with = &c
	}
}

// take removes the newest change of a list.
func (h *history) take(from *[]change) (change, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := len(*from)
	if n == 0 {
		return change{}, false
	}
	c := (*from)[n-1]
	*from = (*from)[:n-1]
	return c, true
}

// deleted forgets the changes of a story that is gone. What is left in their
// place says that a deletion is final.
func (h *history) deleted(id StoryID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	gone := func(c change) bool { return c.story == id }
	h.done = append(slices.DeleteFunc(h.done, gone), change{verb: verbDeleted, story: id})
	h.undone = nil
}

func (h *history) put(onto *[]change, c change) {
	h.mu.Lock()
	defer h.mu.Unlock()
	*onto = append(*onto, c)
}

// Undo takes back the last change that this process made and returns a
// sentence about it. While none of its notes has left and the story has not
// changed since, the notes go with it; otherwise the opposite change is made,
// with a note of its own. CodeNotFound when there is nothing to undo,
// CodeRefused for what cannot be taken back: a comment that left, a story that
// was worked on since it was created, a deletion.
func (s *Service) Undo(ctx context.Context) (string, error) {
	c, ok := s.history.take(&s.history.done)
	if !ok {
		return "", Errorf(CodeNotFound, "there is nothing to undo")
	}
	if c.verb == verbDeleted {
		return "", Errorf(CodeRefused, "the deletion of %s is final", c.story)
	}
	inverse, said, err := s.takeBack(ctx, c, "undone")
	if err != nil {
		// What can never be taken back must not stand in the way of the rest.
		if code := CodeOf(err); code != CodeRefused && code != CodeNotFound {
			s.history.put(&s.history.done, c)
		}
		return "", err
	}
	if inverse != nil {
		s.history.put(&s.history.undone, *inverse)
	}
	return said, nil
}

// Redo makes the change again that Undo took back last, with notes of its own.
// CodeNotFound when there is none, as after any other change.
func (s *Service) Redo(ctx context.Context) (string, error) {
	c, ok := s.history.take(&s.history.undone)
	if !ok {
		return "", Errorf(CodeNotFound, "there is nothing to redo")
	}
	inverse, _, err := s.takeBack(ctx, c, "redone")
	if err != nil {
		if CodeOf(err) != CodeNotFound {
			s.history.put(&s.history.undone, c)
		}
		return "", err
	}
	if inverse != nil {
		s.history.put(&s.history.done, *inverse)
	}
	return fmt.Sprintf("made again: %s %s", c.story, c.verb), nil
}

// takeBack takes a change back in one transaction. The inverse is nil for what
// cannot be made again.
func (s *Service) takeBack(ctx context.Context, c change, verb string) (inverse *change, said string, err error) {
	err = s.write(ctx, HintStories|HintTickets|HintDeliveries, func(w Writer) error {
		switch {
		case c.comment != nil:
			said, err = s.takeBackComment(w, c)
		case c.before == nil:
			said, err = takeBackStory(w, c)
		default:
			inverse, said, err = s.takeBackEdit(w, c, verb)
		}
		return err
	})
	return inverse, said, err
}

func (s *Service) takeBackComment(w Writer, c change) (string, error) {
	if silent, err := recall(w, c); err != nil || !silent {
		if err == nil {
			err = Errorf(CodeRefused, "the comment on %s has left already and stays on its tickets", c.story)
		}
		return "", err
	}
	if err := w.RemoveComment(c.comment.ID); err != nil {
		return "", err
	}
	return fmt.Sprintf("took back the comment on %s", c.story), s.record(w, c.story, "took a comment back", nil)
}

func takeBackStory(w Writer, c change) (string, error) {
	now, err := w.Story(c.story)
	if err != nil {
		return "", err
	}
	comments, err := w.Comments(c.story)
	if err != nil {
		return "", err
	}
	if !c.stands(now) || len(comments) > 0 {
		return "", Errorf(CodeRefused, "%s was worked on since it was created; delete it if you mean to", c.story)
	}
	return fmt.Sprintf("%s is gone again", c.story), w.RemoveStory(c.story)
}

func (s *Service) takeBackEdit(w Writer, c change, verb string) (*change, string, error) {
	now, p, err := versioned(w, c.story, 0)
	if err != nil {
		return nil, "", err
	}
	silent := c.stands(now) && !c.mute
	if silent {
		if silent, err = recall(w, c); err != nil {
			return nil, "", err
		}
	}
	st := now.clone()
	restore(&st, *c.before, c.after)
	var activity ActivityID
	if silent {
		activity, err = s.saveSilently(w, now, &st, p, verb)
	} else {
		activity, err = s.saveChange(w, now, &st, p, verb)
	}
	if err != nil {
		return nil, "", err
	}
	inverse := c.inverse(now, st, activity, silent)
	return &inverse, saidOf(c, now, st, silent), nil
}

// saidOf tells what taking a change back came to.
func saidOf(c change, now, st Story, silent bool) string {
	said := fmt.Sprintf("took back: %s %s", c.story, c.verb)
	switch {
	case now.State == st.State || len(st.Tickets) == 0:
		return said
	case silent:
		return said + ", and its notes"
	}
	return said + "; its note had left, so another one follows"
}

// saveSilently is saveChange without notes: those of the change that is taken
// back never left.
func (s *Service) saveSilently(w Writer, before Story, st *Story, p Project, verb string) (ActivityID, error) {
	if err := st.Validate(p); err != nil {
		return 0, err
	}
	st.UpdatedAt = s.Now()
	if err := w.SaveStory(st); err != nil {
		return 0, err
	}
	a, err := s.activity(w, st.ID, verb, storyChanges(before, *st))
	return a.ID, err
}

// recall removes the notes of a change if none of them has left. It is false,
// and nothing is removed, when one has.
func recall(w Writer, c change) (bool, error) {
	notes, err := w.Deliveries(DeliveryQuery{Story: c.story})
	if err != nil {
		return false, err
	}
	var ours []DeliveryID
	for _, d := range notes {
		if !c.made(d.ActivityID) {
			continue
		}
		if d.State != DeliveryWaiting || d.Attempts > 0 {
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
func (c change) made(a ActivityID) bool {
	return a == c.activity || c.with != nil && a == c.with.activity
}

// restore gives st the values of before in the fields that differ between
// before and after.
func restore(st *Story, before, after Story) {
	st.Tasks = restoreTasks(st.Tasks, before.Tasks, after.Tasks)
	for _, f := range storyChanges(before, after) {
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
