package cli

import (
	"errors"
	"fmt"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/cli/session"
)

func TestExitCode(t *testing.T) {
	for _, test := range []struct {
		err  error
		want int
	}{
		{nil, 0},
		{errors.New("disk on fire"), 1},
		{tracker.Errorf(tracker.CodeNotFound, "there is no story S-14"), 1},
		{tracker.Invalid("to", "no column"), 2},
		{fmt.Errorf("while moving: %w", tracker.Invalid("to", "no column")), 2},
		{errors.Join(tracker.Invalid("to", "no column"), errors.New("closing failed")), 2},
		{session.ErrReported, 1},
	} {
		if got := exitCode(test.err); got != test.want {
			t.Errorf("exitCode(%v) = %d, want %d", test.err, got, test.want)
		}
	}
}
