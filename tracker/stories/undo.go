package stories

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"storydesk/tracker"
)

// Undo takes back the last thing that this process did, to one story or to
// several at once. While none of a story's
// private comments has left and it has not changed since, the private comments go with it; otherwise
// the opposite change is made, with a private comment of its own: that is a *SendsError
// unless agreed is true. CodeNotFound when there is nothing to undo, CodeRefused
// for what cannot be taken back: a comment that left, a story that was worked on
// since it was created.
func (s *undoing) Undo(ctx context.Context, agreed bool) (tracker.Undone, error) {
	_, undone, err := s.reverse(ctx, direction{"undo", "undone", &s.history.done, &s.history.undone, func(err error) bool {
		// What can never be taken back must not stand in the way of the rest.
		var sends *tracker.SendsError
		return tracker.CodeOf(err) == tracker.CodeRefused && !errors.As(err, &sends)
	}}, agreed)
	return undone, err
}

// Redo does again what Undo took back last, with private comments of its own: that is a
// *SendsError unless agreed is true. CodeNotFound when there is none, as after
// any other change.
func (s *undoing) Redo(ctx context.Context, agreed bool) (tracker.Undone, error) {
	redone, undone, err := s.reverse(ctx, direction{"redo", "redone", &s.history.undone, &s.history.done, func(error) bool { return false }}, agreed)
	if err == nil {
		undone.Said = fmt.Sprintf("Redone: %s %s", redone.subject(), redone.verb())
	}
	return undone, err
}

// direction is undo or redo.
type direction struct {
	// verb names it, past is what the activity says of it.
	verb, past string
	// from holds what can be reversed, the newest last; the inverse is added to onto.
	from, onto *[]changeSet
	// final reports whether what failed with an error can never be reversed, besides
	// what is not there any more.
	final func(error) bool
}

// reverse reverses the newest change set of a direction. One that failed stays the
// newest, unless it can never be reversed.
func (s *undoing) reverse(ctx context.Context, to direction, agreed bool) (changeSet, tracker.Undone, error) {
	d, ok := s.history.take(to.from)
	if !ok {
		return nil, tracker.Undone{}, tracker.Errorf(tracker.CodeNotFound, "there is nothing to %s", to.verb)
	}
	inverse, undone, err := s.takeBack(ctx, d, to.past, agreed)
	if err != nil {
		var purged *purgedError
		if errors.As(err, &purged) {
			return nil, tracker.Undone{}, s.history.without(to.from, d, *purged, to.verb)
		}
		if tracker.CodeOf(err) != tracker.CodeNotFound && !to.final(err) {
			s.history.put(to.from, d)
		}
		return nil, tracker.Undone{}, err
	}
	if inverse != nil {
		s.history.put(to.onto, inverse)
	}
	return d, undone, nil
}

// takeBack takes a change set back in one transaction, its last change first, unless
// that would send something and nobody has agreed. The inverse is nil for what
// cannot be made again.
func (s *undoing) takeBack(ctx context.Context, d changeSet, verb string, agreed bool) (inverse changeSet, undone tracker.Undone, err error) {
	err = s.Write(ctx, tracker.HintProjects|tracker.HintStories|tracker.HintTickets|tracker.HintDeliveries, func(w tracker.Writer) error {
		inverse, undone = make(changeSet, 0, len(d)), tracker.Undone{}
		fates := make(map[commentFate]int)
		var queued []tracker.Delivery
		w = noting{w, &queued}
		for _, c := range slices.Backward(d) {
			back, fate, err := c.takeBack(s, w, verb)
			if err != nil {
				return err
			}
			if back != nil {
				inverse = append(inverse, back)
			}
			fates[fate]++
			c.tell(&undone)
		}
		if len(queued) > 0 && !agreed {
			return &tracker.SendsError{Change: d.subject() + " " + d.verb(), Comments: previews(s.Zendesk, queued)}
		}
		undone.Said = d.takenBack(fates)
		return nil
	})
	if len(inverse) < len(d) {
		inverse = nil
	}
	return inverse, undone, err
}

// takenBack is the sentence about a change set that was taken back.
func (d changeSet) takenBack(fates map[commentFate]int) string {
	switch c := d[len(d)-1].(type) {
	case epicChanged:
		switch {
		case c.Was == nil:
			return fmt.Sprintf("Undone: %s removed", d.subject())
		case c.Is == nil:
			return fmt.Sprintf("Undone: %s restored", d.subject())
		}
	case commented, uncommented:
		return fmt.Sprintf("Undone: comment on %s", d.subject())
	case uncreated, deleted:
		return fmt.Sprintf("Undone: %s restored", d.subject())
	case created, restored:
		return fmt.Sprintf("Undone: %s removed", d.subject())
	}
	said := fmt.Sprintf("Undone: %s %s", d.subject(), d.verb())
	switch {
	case fates[commentsCorrected] > 0 && len(d) == 1:
		return said + ". Its comment was already sent, so a correction will be sent."
	case fates[commentsCorrected] > 0:
		return fmt.Sprintf("%s. The comments of %d of them were already sent, so corrections will be sent.", said, fates[commentsCorrected])
	case fates[commentsRecalled] > 0 && len(d) == 1:
		return said + "; its private comments will not be sent"
	case fates[commentsRecalled] > 0:
		return said + "; their private comments will not be sent"
	}
	return said
}

// saveSilently is saveChange without private comments: those of the change that is taken
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

// recall removes the private comments of recorded changes of a story if none of them
// has been sent. It is false, and nothing is removed, when one has.
func recall(w tracker.Writer, story tracker.StoryID, recorded ...tracker.ActivityID) (bool, error) {
	queued, err := w.Deliveries(tracker.DeliveryQuery{Story: story})
	if err != nil {
		return false, err
	}
	var ours []tracker.DeliveryID
	for _, d := range queued {
		if !slices.Contains(recorded, d.ActivityID) {
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
	return true, nil
}
