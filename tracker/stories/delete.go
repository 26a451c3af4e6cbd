package stories

import (
	"context"
	"fmt"
	"slices"

	"storydesk/tracker"
	"storydesk/tracker/outbox"
)

// DeleteStories deletes stories, either all of them or none; their ledgers stay.
// While private comments have not left it is CodeRefused, unless drop gives them up.
// Undo and RestoreStories bring them back.
func (s *Service) DeleteStories(ctx context.Context, ids []tracker.StoryID, drop bool) error {
	name := fmt.Sprintf("%d stories", len(ids))
	if len(ids) == 1 {
		name = ids[0].String()
	}
	var done changeSet
	err := s.Write(ctx, tracker.HintStories|tracker.HintTickets|tracker.HintDeliveries, func(w tracker.Writer) error {
		stories := make([]tracker.Story, len(ids))
		deliveries := make([]tracker.DeliveryQuery, len(ids))
		for i, id := range ids {
			var err error
			if stories[i], err = w.Story(id); err != nil {
				return err
			}
			deliveries[i].Story = id
		}
		if err := outbox.SettleUnsent(w, drop, "delete "+name, deliveries...); err != nil {
			return err
		}
		done = nil
		for _, st := range stories {
			if err := s.deleteIn(w, st); err != nil {
				return err
			}
			done = append(done, deleted{st})
		}
		return nil
	})
	if err == nil {
		s.history.add(ctx, done)
	}
	return err
}

// deleteIn deletes a story in a transaction.
func (s *changes) deleteIn(w tracker.Writer, st tracker.Story) error {
	if err := s.outbox.Record(w, st.ID, verbDeleted, nil); err != nil {
		return err
	}
	return w.DeleteStory(st.ID, s.Now())
}

// restoreIn restores a deleted story in a transaction.
func (s *changes) restoreIn(w tracker.Writer, id tracker.StoryID) (tracker.Story, error) {
	if err := w.RestoreStory(id); err != nil {
		return tracker.Story{}, err
	}
	if err := s.outbox.Record(w, id, "restored", nil); err != nil {
		return tracker.Story{}, err
	}
	return w.Story(id)
}

// DeletedStories lists the deleted stories of a project, the last deleted first.
func (s *queries) DeletedStories(ctx context.Context, project tracker.ProjectID) ([]tracker.Story, error) {
	var list []tracker.Story
	err := s.Store.Read(ctx, func(r tracker.Reader) (err error) {
		list, err = r.DeletedStories(project)
		return err
	})
	return list, err
}

// RestoreStories brings deleted stories back with all that belongs to them, either
// all of them or none; nothing is sent. CodeNotFound when there is no such story,
// CodeConflict when it is not deleted.
func (s *Service) RestoreStories(ctx context.Context, ids []tracker.StoryID) ([]tracker.Story, error) {
	var done changeSet
	var list []tracker.Story
	err := s.Write(ctx, tracker.HintStories|tracker.HintTickets, func(w tracker.Writer) error {
		done, list = nil, nil
		for _, id := range ids {
			if err := notShown(w, id); err != nil {
				return err
			}
			st, err := s.restoreIn(w, id)
			if err != nil {
				return err
			}
			done, list = append(done, restored{st}), append(list, st)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.history.add(ctx, done)
	return list, nil
}

// notShown fails for a story that is not deleted.
func notShown(r tracker.Reader, id tracker.StoryID) error {
	_, err := r.Story(id)
	switch {
	case err == nil:
		return tracker.Errorf(tracker.CodeConflict, "%s is not deleted", id)
	case tracker.CodeOf(err) != tracker.CodeNotFound:
		return err
	}
	return nil
}

// PurgeStories removes deleted stories for good; their ledger stays. Either all of
// them are removed or none. CodeNotFound when there is no such story,
// CodeConflict when one is not deleted.
func (s *Service) PurgeStories(ctx context.Context, ids []tracker.StoryID) error {
	err := s.Write(ctx, tracker.HintStories, func(w tracker.Writer) error {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(ids))) {
			if err := notShown(w, id); err != nil {
				return err
			}
			if err := w.RemoveStory(id); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		s.history.forget(ids...)
	}
	return err
}
