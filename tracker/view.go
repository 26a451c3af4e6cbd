package tracker

import (
	"context"
	"errors"
	"time"
)

// PollInterval is how long after a reading of a view the next one begins, give
// or take a tenth, so that several terminals do not ask in step.
const PollInterval = 60 * time.Second

// IsContextError reports whether an error is the end of a context.
func IsContextError(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// ViewBudget is the longest that one reading of a view may take, unless the
// setting SettingViewBudget says otherwise. What has come by then is saved as a
// partial list.
const ViewBudget = 60 * time.Second
