package parts

import (
	"context"
	"regexp"
	"time"

	"storydesk/tracker"
)

func (s *Service) blocker() kind[tracker.Blocker] {
	return kind[tracker.Blocker]{
		name:   "blocker",
		list:   func(r tracker.Reader, story tracker.StoryID) ([]tracker.Blocker, error) { return r.Blockers(story) },
		save:   func(w tracker.Writer, b *tracker.Blocker) error { return w.SaveBlocker(b) },
		remove: func(w tracker.Writer, b tracker.Blocker) error { return w.RemoveBlocker(b.ID) },
		id:     func(b tracker.Blocker) int64 { return int64(b.ID) },
		text:   func(b tracker.Blocker) string { return b.Text },
		same: func(a, b tracker.Blocker) bool {
			return a.Text == b.Text && a.By == b.By && a.ResolvedAt.Equal(b.ResolvedAt)
		},
	}
}

// AddBlocker says what a story waits for: a text, or another story by its number, such
// as 14 or S-14. A number in a longer text names that story, too, where it exists.
// CodeInvalid, field "blocker"; CodeNotFound for a story that does not exist.
func (s *Service) AddBlocker(ctx context.Context, story tracker.StoryID, text string) (tracker.Blocker, error) {
	return add(ctx, s, s.blocker(), story, "blocker added", func(w tracker.Writer, st tracker.Story) (tracker.Blocker, error) {
		b := tracker.Blocker{StoryID: story, Author: s.Actor(), CreatedAt: s.now()}
		return b, s.say(w, st.ID, &b, text)
	})
}

// EditBlocker gives a blocker another text. CodeNotFound; else as AddBlocker.
func (s *Service) EditBlocker(ctx context.Context, story tracker.StoryID, id tracker.BlockerID, text string) error {
	return alter(ctx, s, s.blocker(), story, int64(id), func(w tracker.Writer, b tracker.Blocker) (*tracker.Blocker, string, error) {
		b.By, b.Over = 0, false
		return &b, "blocker edited", s.say(w, story, &b, text)
	})
}

// ResolveBlocker says that a story waits no longer for something, or does again.
// CodeNotFound; CodeRefused for one that waits for a story which is accepted or deleted.
func (s *Service) ResolveBlocker(ctx context.Context, story tracker.StoryID, id tracker.BlockerID, resolved bool) error {
	return alter(ctx, s, s.blocker(), story, int64(id), func(_ tracker.Writer, b tracker.Blocker) (*tracker.Blocker, string, error) {
		switch {
		case b.Over && !resolved:
			return nil, "", tracker.Errorf(tracker.CodeRefused, "%s is accepted or deleted, so it blocks %s no longer", b.By, story)
		case resolved == b.Resolved():
			return &b, "", nil
		case resolved:
			b.ResolvedAt = s.now()
			return &b, "blocker resolved", nil
		}
		b.ResolvedAt = time.Time{}
		return &b, "blocker reopened", nil
	})
}

// RemoveBlocker takes a blocker away; CodeNotFound.
func (s *Service) RemoveBlocker(ctx context.Context, story tracker.StoryID, id tracker.BlockerID) error {
	return alter(ctx, s, s.blocker(), story, int64(id), func(tracker.Writer, tracker.Blocker) (*tracker.Blocker, string, error) {
		return nil, "blocker removed", nil
	})
}

// say gives a blocker its text and the story that the text names.
func (s *Service) say(r tracker.Reader, story tracker.StoryID, b *tracker.Blocker, text string) (err error) {
	if b.Text, err = line("blocker", "a blocker", text, tracker.MaxBlockerText); err != nil {
		return err
	}
	if id, parsed := tracker.ParseStoryID(b.Text); parsed == nil {
		b.Text = id.String()
		b.By, err = waitsFor(r, story, id)
		return err
	}
	for _, named := range regexp.MustCompile(`(?i)\bS-\d+\b`).FindAllString(b.Text, 1) {
		id, err := tracker.ParseStoryID(named)
		if err == nil {
			b.By, err = waitsFor(r, story, id)
		}
		if code := tracker.CodeOf(err); err != nil && code != tracker.CodeNotFound && code != tracker.CodeInvalid {
			return err
		}
	}
	return nil // what names no story stays a text
}

// waitsFor returns a story that another one can wait for. CodeNotFound, CodeInvalid.
func waitsFor(r tracker.Reader, story, by tracker.StoryID) (tracker.StoryID, error) {
	if by == story {
		return 0, tracker.Invalid("blocker", "%s cannot wait for itself", story)
	}
	_, err := r.Story(by)
	if err != nil {
		return 0, err
	}
	return by, nil
}
