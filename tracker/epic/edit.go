package epic

import (
	"fmt"
	"strings"

	"storydesk/tracker"
)

// Edit changes an epic's own fields. Nil fields stay as they are.
type Edit struct {
	// Base is the epic as it was when the editing began: an edited field that was changed
	// since is a conflict. nil edits whatever there is.
	Base                     *tracker.Epic
	Name, Label, Description *string
}

// OvertakenError is what is wrong with an edit of a field that somebody else has changed
// since it was seen.
type OvertakenError struct {
	Field string
	// Now is the epic as it is now.
	Now tracker.Epic
}

// Error says what has changed.
func (e *OvertakenError) Error() string {
	return fmt.Sprintf("the %s of %s has changed meanwhile", e.Field, e.Now.ID)
}

// Of returns an epic with the edited fields. It fails with CodeConflict and an
// *[OvertakenError] where one is no longer as it was seen.
func (e Edit) Of(now tracker.Epic) (tracker.Epic, error) {
	base, edited := now, now
	if e.Base != nil {
		base = *e.Base
	}
	for _, f := range []struct {
		name     string
		mine     *string
		was, is  string
		mineGoes *string
	}{
		{"name", e.Name, base.Name, now.Name, &edited.Name},
		{"label", e.Label, base.Label, now.Label, &edited.Label},
		{"description", e.Description, base.Description, now.Description, &edited.Description},
	} {
		switch {
		case f.mine == nil, strings.TrimSpace(*f.mine) == f.is:
		case f.was != f.is:
			over := &OvertakenError{Field: f.name, Now: now}
			return now, &tracker.Error{Code: tracker.CodeConflict, Field: f.name, Message: over.Error() + ". Check it, then save again", Err: over}
		default:
			*f.mineGoes = *f.mine
		}
	}
	return edited, nil
}
