package kernel

import (
	"context"

	"storydesk/tracker"
)

// Presence tells people who share a store which stories the others have open.
type Presence interface {
	// Attend tells the others what this program's user does, until it says something else
	// or ends: who dies with it is forgotten within a minute. Story 0 is none. What could
	// not be told is told again while the store is watched.
	Attend(ctx context.Context, a tracker.Attendance) error
	// Others lists what the others do, one entry for each program. It is cheap.
	Others() []tracker.Attendance
	// OnOthers makes the store call changed when Others has changed, while it is watched.
	OnOthers(changed func())
}

// Attend tells others which story the acting user has open, 0 for none, and whether they
// write on it. It does nothing where nobody else is.
func (k *Kernel) Attend(ctx context.Context, story tracker.StoryID, writing bool) error {
	if k.Presence == nil {
		return nil
	}
	return k.Presence.Attend(ctx, tracker.Attendance{Who: k.Actor(), Story: story, Writing: writing})
}

// Others lists which stories others have open.
func (k *Kernel) Others() []tracker.Attendance {
	if k.Presence == nil {
		return nil
	}
	return k.Presence.Others()
}
