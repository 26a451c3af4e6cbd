package postgres

import (
	"context"
	"math/rand/v2"
	"time"
)

const (
	// runs is how often a transaction is run that others keep from its end.
	runs = 12
	// firstPause is how long to wait before the second run; it doubles up to longestPause.
	firstPause   = 5 * time.Millisecond
	longestPause = 500 * time.Millisecond
)

// Repeat runs a transaction until it ends otherwise than by a failure of which it says that
// it had no effect and may succeed the next time.
func Repeat(ctx context.Context, transaction func() (again bool, err error)) error {
	pause := firstPause
	for run := 1; ; run++ {
		again, err := transaction()
		if err == nil || !again || run == runs {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(pause/2 + rand.N(pause)): //nolint:gosec // two programs should not wait for the same time
		}
		pause = min(2*pause, longestPause)
	}
}
