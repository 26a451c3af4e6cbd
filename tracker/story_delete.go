package tracker

import (
	"context"
	"fmt"
	"slices"
)

// A deleted story appears nowhere but among the deleted ones. All that belongs to
// it stays, so that undo or RestoreStory brings it back whole. Only purging is
// final.

// DeleteStory deletes a story; its ledger stays. While notes have not left it is
// CodeRefused, unless drop gives them up. Undo and RestoreStory bring it back.
func (s *Service) DeleteStory(ctx context.Context, id StoryID, drop bool) error {
	return s.DeleteStories(ctx, []StoryID{id}, drop)
}

// DeleteStories deletes several stories as DeleteStory does: either all of them
// or none.
func (s *Service) DeleteStories(ctx context.Context, ids []StoryID, drop bool) error {
	name := fmt.Sprintf("%d stories", len(ids))
	if len(ids) == 1 {
		name = ids[0].String()
	}
	var done deed
	err := s.write(ctx, HintStories|HintTickets|HintDeliveries, func(w Writer) error {
		stories := make([]Story, len(ids))
		notes := make([]DeliveryQuery, len(ids))
		for i, id := range ids {
			var err error
			if stories[i], err = w.Story(id); err != nil {
				return err
			}
			notes[i].Story = id
		}
		if err := settleUnsent(w, drop, "delete "+name, notes...); err != nil {
			return err
		}
		done = nil
		for _, st := range stories {
			c, err := s.deleteIn(w, st)
			if err != nil {
				return err
			}
			done = append(done, c)
		}
		return nil
	})
	if err == nil {
		s.history.add(done)
	}
	return err
}

// deleteIn deletes a story in a transaction.
func (s *Service) deleteIn(w Writer, st Story) (change, error) {
	c := change{verb: verbDeleted, story: st.ID, gone: true, after: st}
	if err := s.record(w, st.ID, verbDeleted, nil); err != nil {
		return c, err
	}
	return c, w.DeleteStory(st.ID, s.Now())
}

// restoreIn restores a deleted story in a transaction.
func (s *Service) restoreIn(w Writer, id StoryID) (Story, error) {
	if err := w.RestoreStory(id); err != nil {
		return Story{}, err
	}
	if err := s.record(w, id, "restored", nil); err != nil {
		return Story{}, err
	}
	return w.Story(id)
}

// DeletedStories lists the deleted stories of a project, the last deleted first.
func (s *Service) DeletedStories(ctx context.Context, project ProjectID) ([]Story, error) {
	var list []Story
	err := s.Store.Read(ctx, func(r Reader) (err error) {
		list, err = r.DeletedStories(project)
		return err
	})
	return list, err
}

// RestoreStory brings a deleted story back with all that belongs to it; nothing
// is sent. CodeNotFound when there is no such story, CodeConflict when it is not
// deleted.
func (s *Service) RestoreStory(ctx context.Context, id StoryID) (Story, error) {
	var st Story
	err := s.write(ctx, HintStories|HintTickets, func(w Writer) (err error) {
		if err := notShown(w, id); err != nil {
			return err
		}
		st, err = s.restoreIn(w, id)
		return err
	})
	if err == nil {
		s.history.add(deed{{verb: verbDeleted, story: id, after: st}})
	}
	return st, err
}

// notShown fails for a story that is not deleted.
func notShown(r Reader, id StoryID) error {
	_, err := r.Story(id)
	switch {
	case err == nil:
		return Errorf(CodeConflict, "%s is not deleted", id)
	case CodeOf(err) != CodeNotFound:
		return err
	}
	return nil
}

// PurgeStories removes deleted stories for good; their ledger stays. Either all of
// them are removed or none. CodeNotFound when there is no such story,
// CodeConflict when one is not deleted.
func (s *Service) PurgeStories(ctx context.Context, ids []StoryID) error {
	err := s.write(ctx, HintStories, func(w Writer) error {
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
