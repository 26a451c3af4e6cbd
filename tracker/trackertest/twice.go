package trackertest

import (
	"context"
	"errors"

	"storydesk/tracker"
)

// Twice is a store that takes every change back once before it makes it, as a server may
// have to: whoever changes something besides the store in a Write is found out.
type Twice struct{ tracker.Store }

var errTakenBack = errors.New("this run is taken back")

// Write runs fn, takes back what it did, and runs it again.
func (s Twice) Write(ctx context.Context, fn func(tracker.Writer) error) error {
	err := s.Store.Write(ctx, func(w tracker.Writer) error {
		if err := fn(w); err != nil {
			return err
		}
		return errTakenBack
	})
	if !errors.Is(err, errTakenBack) {
		return err
	}
	return s.Store.Write(ctx, fn)
}
