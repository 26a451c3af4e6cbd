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

// Redo does again what Undo took back last, with private comments of its own: that is a
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

// takeBack takes a change set back in one transaction, its last change first, unless
// that would send something and nobody has agreed. The inverse is nil for what
// cannot be made again.
func (s *undoing) takeBack(ctx context.Context, d changeSet, verb string, agreed bool) (inverse changeSet, undone tracker.Undone, err error) {
	err = s.Write(ctx, tracker.HintStories|tracker.HintTickets|tracker.HintDeliveries, func(w tracker.Writer) error {
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
	switch d[len(d)-1].(type) {
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
