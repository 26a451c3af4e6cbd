// Package parts holds the use cases of what hangs on a story beside its fields and its
// tasks: blockers, reviews, followers and attachments. Of these only attachments are sent to
// tickets, with a comment that carries them.
//
// Invariants:
//   - A change, and the activity of it, are one transaction.
//   - Undo never changes what another has changed since.
package parts

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"storydesk/tracker"
	"storydesk/tracker/kernel"
	"storydesk/tracker/outbox"
	"storydesk/tracker/stories"
)

// Service is the use cases of the parts of stories.
type Service struct {
	*kernel.Kernel
	outbox  *outbox.Service
	stories *stories.Service
}

// New returns the use cases.
func New(k *kernel.Kernel, o *outbox.Service, s *stories.Service) *Service { return &Service{k, o, s} }

// kind is how one kind of part is read, saved, removed and named in activities.
type kind[T any] struct {
	name   string
	list   func(r tracker.Reader, story tracker.StoryID) ([]T, error)
	save   func(w tracker.Writer, of *T) error
	remove func(w tracker.Writer, of T) error
	id     func(T) int64
	text   func(T) string
	same   func(a, b T) bool
}

// find is the part of a story with an id; CodeNotFound.
func (k kind[T]) find(r tracker.Reader, story tracker.StoryID, id int64) (T, error) {
	list, err := k.list(r, story)
	i := slices.IndexFunc(list, func(of T) bool { return k.id(of) == id })
	if err == nil && i < 0 {
		err = tracker.Errorf(tracker.CodeNotFound, "%s has no %s %d", story, k.name, id)
	}
	if err != nil {
		var none T
		return none, err
	}
	return list[i], nil
}

// change is one part that was added, changed or removed.
type change[T any] struct {
	service *Service
	kind    kind[T]
	story   tracker.StoryID
	did     string
	// was and is are the part before and after, nil where there was none.
	was, is *T
}

// Story implements stories.PartChange.
func (c change[T]) Story() tracker.StoryID { return c.story }

// Did implements stories.PartChange.
func (c change[T]) Did() string { return c.did }

// TakeBack implements stories.PartChange.
func (c change[T]) TakeBack(w tracker.Writer, verb string) (stories.PartChange, error) {
	if err := c.unchanged(w); err != nil {
		return nil, err
	}
	inverse := change[T]{c.service, c.kind, c.story, c.did, c.is, c.was}
	return inverse, inverse.make(w, verb)
}

// unchanged fails when the part is no longer as the change left it.
func (c change[T]) unchanged(r tracker.Reader) error {
	list, err := c.kind.list(r, c.story)
	if err != nil {
		return err
	}
	some := c.is
	if some == nil {
		some = c.was
	}
	i := slices.IndexFunc(list, func(of T) bool { return c.kind.id(of) == c.kind.id(*some) })
	if c.is == nil && i < 0 || c.is != nil && i >= 0 && c.kind.same(list[i], *c.is) {
		return nil
	}
	return tracker.Errorf(tracker.CodeRefused, "the %s of %s has changed since", c.kind.name, c.story)
}

// make saves what the part is, or removes it, and records that.
func (c change[T]) make(w tracker.Writer, verb string) error {
	field := tracker.FieldChange{Field: c.kind.name}
	if c.was != nil {
		field.Old = c.kind.text(*c.was)
	}
	var err error
	if c.is != nil {
		field.New = c.kind.text(*c.is)
		err = c.kind.save(w, c.is)
	} else {
		err = c.kind.remove(w, *c.was)
	}
	if err != nil {
		return err
	}
	return c.service.outbox.Record(w, c.story, verb, []tracker.FieldChange{field})
}

// add adds a part to a story that is there; CodeNotFound.
func add[T any](ctx context.Context, s *Service, k kind[T], story tracker.StoryID, verb string, part func(w tracker.Writer, st tracker.Story) (T, error)) (T, error) {
	c := change[T]{service: s, kind: k, story: story, did: verb}
	err := s.Write(ctx, tracker.HintStories, func(w tracker.Writer) error {
		st, err := w.Story(story)
		if err != nil {
			return err
		}
		made, err := part(w, st)
		if err != nil {
			return err
		}
		c.is = &made
		return c.make(w, verb)
	})
	if err != nil {
		var none T
		return none, err
	}
	s.stories.RememberParts(ctx, c)
	return *c.is, nil
}

// alter changes a part, or removes it where edit returns nil. A part that stays the same
// is not saved. CodeNotFound.
func alter[T any](
	ctx context.Context, s *Service, k kind[T], story tracker.StoryID, id int64, edit func(w tracker.Writer, of T) (now *T, verb string, err error),
) error {
	c := change[T]{service: s, kind: k, story: story}
	changed := false
	err := s.Write(ctx, tracker.HintStories, func(w tracker.Writer) error {
		if _, err := w.Story(story); err != nil {
			return err
		}
		was, err := k.find(w, story, id)
		if err != nil {
			return err
		}
		c.was = &was
		if c.is, c.did, err = edit(w, was); err != nil {
			return err
		}
		if changed = c.is == nil || !k.same(was, *c.is); !changed {
			return nil
		}
		return c.make(w, c.did)
	})
	if err == nil && changed {
		s.stories.RememberParts(ctx, c)
	}
	return err
}

// line is a text on one line, for a part is a row of a list. CodeInvalid, with the field,
// when it has nothing to see or too much.
func line(field, what, text string, limit int) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	switch n := utf8.RuneCountInString(text); {
	case tracker.Unseen(text):
		return "", tracker.Invalid(field, "%s needs some text", what)
	case n > limit:
		return "", tracker.Invalid(field, "%s has at most %d characters; this one has %d", what, limit, n)
	}
	return text, nil
}

// now is the time in the precision in which it is saved.
func (s *Service) now() time.Time { return s.Now().UTC().Truncate(time.Millisecond) }
