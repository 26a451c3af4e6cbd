package find

import (
	"context"
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
	"storydesk/ui/command"
	"storydesk/ui/pane"
)

// Where names and labels cannot be read, that is said; a search works without them.
func TestWhatCannotBeCompletedIsSaid(t *testing.T) {
	t.Parallel()
	host := pane.NewHost(context.Background(), func(error) {}, time.Now)
	p := New(&command.Commands{Host: host}, UseCases{})
	p.Update(valuesKnown{search.Known{Labels: []string{"export"}}, nil})
	if host.Toasts.Current != nil {
		t.Errorf("it says %q", host.Toasts.Current.Text)
	}
	p.Update(valuesKnown{err: tracker.Errorf(tracker.CodeUnavailable, "the disk is full")})
	if now := host.Toasts.Current; now == nil || !strings.Contains(now.Text, "Names and labels cannot be completed: the disk is full") {
		t.Errorf("it says %+v", now)
	}
}
