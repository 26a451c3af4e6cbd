package stories

import (
	"context"

	"storydesk/tracker"
)

// CompleteDescription gives a story that was just created from a ticket a better
// description, unless somebody has changed or deleted it meanwhile. It counts as
// part of the creation: there is no activity of it, and undo works as if the story
// had been created with that description.
func (s *changes) CompleteDescription(ctx context.Context, created tracker.Story, description string) error {
	description = cut(description, tracker.MaxStoryDescription)
	if description == created.Description {
		return nil
	}
	err := s.Write(ctx, tracker.HintStories, func(w tracker.Writer) error {
		description, ok, err := s.retemplated(w, created, description)
		if err != nil || !ok || description == created.Description {
			return err
		}
		now, err := w.Story(created.ID)
		if err != nil || now.Description != created.Description {
			return err
		}
		now.Description = description
		if err := w.SaveStory(&now); err != nil {
			return err
		}
		s.history.complete(now.ID, &completion{created.Description, description, now.Version})
		return nil
	})
	if err != nil {
		s.history.complete(created.ID, nil)
	}
	if tracker.CodeOf(err) == tracker.CodeNotFound {
		return nil // it was deleted
	}
	return err
}

// completion is what CompleteDescription did to a story. Both what is undone and
// what people save may be from before.
type completion struct {
	was, now string
	// version is the story's since then.
	version int64
}

// complete notes that a story was completed, or that it was not for nil.
func (h *history) complete(id tracker.StoryID, c *completion) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if c == nil {
		delete(h.completed, id)
		return
	}
	if h.completed == nil {
		h.completed = make(map[tracker.StoryID]completion)
	}
	h.completed[id] = *c
}

// whole returns a story that was read before it was completed as if it had been
// read after that, and every other one as it is.
func (h *history) whole(st tracker.Story) tracker.Story {
	if h.real != nil {
		return h.real.whole(st)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	c, ok := h.completed[st.ID]
	if !ok || st.Version >= c.version {
		return st
	}
	if st.Description == c.was {
		st.Description = c.now
	}
	if st.Version == c.version-1 {
		st.Version = c.version
	}
	return st
}
