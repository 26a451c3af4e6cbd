package stories

import (
	"context"

	"storydesk/tracker"
)

// EpicChange is an epic that was added, changed or deleted, to be undone in turn with the
// changes of stories. It sends nothing.
type EpicChange struct {
	// Was and Is are the epic before and after, nil where there was none.
	Was, Is *tracker.Epic
	// Verb is what was done, such as "edited".
	Verb string
}

// Make saves what the epic is, or removes it.
func (c EpicChange) Make(w tracker.Writer) error {
	if c.Is == nil {
		return w.RemoveEpic(c.Was.ID)
	}
	return w.SaveEpic(c.Is)
}

// RememberEpics adds changes of epics to what Undo takes back; all of them are one change.
func (s *undoing) RememberEpics(ctx context.Context, made ...EpicChange) {
	remember(ctx, s, made, func(c EpicChange) change { return epicChanged{c} })
}

// epicChanged is a change of an epic.
type epicChanged struct{ EpicChange }

// of is no story.
func (c epicChanged) of() tracker.StoryID { return 0 }
func (c epicChanged) did() string         { return c.Verb }

// epic is the epic that was changed.
func (c epicChanged) epic() *tracker.Epic {
	if c.Is != nil {
		return c.Is
	}
	return c.Was
}

func (c epicChanged) takeBack(_ *undoing, w tracker.Writer, _ string) (change, commentFate, error) {
	of := c.epic()
	list, err := w.Epics(of.ProjectID)
	if err != nil {
		return nil, commentsNone, err
	}
	var now *tracker.Epic
	for i := range list {
		if list[i].ID == of.ID {
			now = &list[i]
		}
	}
	if (now == nil) != (c.Is == nil) || now != nil && !sameEpic(*now, *c.Is) {
		return nil, commentsNone, tracker.Errorf(tracker.CodeRefused, "%s has changed since", of.ID)
	}
	inverse := EpicChange{c.Is, c.Was, c.Verb}
	return epicChanged{inverse}, commentsNone, inverse.Make(w)
}

// sameEpic reports whether two versions of an epic differ in none of their fields.
func sameEpic(a, b tracker.Epic) bool {
	return a.Name == b.Name && a.Label == b.Label && a.Description == b.Description && a.Position == b.Position
}

// tell says nothing: the sentence names the epic.
func (c epicChanged) tell(*tracker.Undone) {}

// ofEpics reports whether a change set changed epics and no story.
func (d changeSet) ofEpics() bool {
	for _, c := range d {
		if _, ok := c.(epicChanged); !ok {
			return false
		}
	}
	return true
}
