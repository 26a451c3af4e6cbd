package kernel

import (
	"context"

	"storydesk/tracker"
	"storydesk/tracker/viewer"
)

// own is a team's store as one user sees it: what is new there is new for each.
type own struct {
	tracker.Store
	actor func() string
}

// Read implements tracker.Store.
func (s own) Read(ctx context.Context, fn func(tracker.Reader) error) error {
	return s.Store.Read(viewer.With(ctx, s.actor()), fn)
}

// Write implements tracker.Store.
func (s own) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	return s.Store.Write(viewer.With(ctx, s.actor()), fn)
}

// Shared is the store without regard to who looks.
func (k *Kernel) Shared() tracker.Store {
	if s, ok := k.Store.(own); ok {
		return s.Store
	}
	return k.Store
}

// BeginMarks lets the user of a team begin with what anybody has seen so far: from then on
// things stop being new for them when they look, and not when others do. Where that cannot be
// saved it is made up for when they look for the first time.
func (k *Kernel) BeginMarks(ctx context.Context) error {
	if !k.Team || k.Role != "" {
		return nil
	}
	if err := k.Store.Write(ctx, tracker.Writer.BeginMarks); err != nil && ctx.Err() == nil {
		k.Log.Warn("this user has no marks of their own yet", "error", err)
	}
	return nil
}
