package tracker_test

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func TestAsideEnds(t *testing.T) {
	t.Parallel()
	at := func(hours int) time.Time { return time.Date(2026, time.May, 1, hours, 0, 0, 0, time.UTC) }
	told, untold := tracker.Progress{Told: true, RepliedAt: at(1)}, tracker.Progress{}
	wrote := tracker.Progress{Told: true, RepliedAt: at(5)}
	for name, test := range map[string]struct {
		kind     tracker.AsideKind
		until    time.Time
		progress tracker.Progress
		updated  time.Time
		want     bool
	}{
		"dismissed":                             {tracker.Dismissed, time.Time{}, told, at(2), false},
		"dismissed, changed by an agent":        {tracker.Dismissed, time.Time{}, told, at(5), false},
		"dismissed, the customer wrote":         {tracker.Dismissed, time.Time{}, wrote, at(5), true},
		"dismissed, changed, nobody says how":   {tracker.Dismissed, time.Time{}, untold, at(5), true},
		"dismissed, unchanged, nobody says how": {tracker.Dismissed, time.Time{}, untold, at(2), false},
		"until it changes":                      {tracker.Snoozed, time.Time{}, told, at(2), false},
		"until it changes, and it did":          {tracker.Snoozed, time.Time{}, told, at(5), true},
		"until tomorrow":                        {tracker.Snoozed, at(23), told, at(5), false},
		"until tomorrow, the customer wrote":    {tracker.Snoozed, at(23), wrote, at(5), true},
		"the day has come":                      {tracker.Snoozed, at(10), told, at(2), true},
	} {
		a := tracker.Aside{Kind: test.kind, Until: test.until, UpdatedAt: at(2), RepliedAt: at(1)}
		if got := a.Ended(tracker.Ticket{Progress: test.progress, UpdatedAt: test.updated}, at(10)); got != test.want {
			t.Errorf("%s: ended %v", name, got)
		}
	}
}
