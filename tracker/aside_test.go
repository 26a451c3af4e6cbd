package tracker_test

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func TestParseSnooze(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("UTC+2", 2*60*60)
	now := time.Date(2026, time.November, 25, 23, 30, 0, 0, zone) // a Wednesday
	for text, want := range map[string]string{
		"tomorrow": "2026-11-26", "Monday": "2026-11-30", "mon": "2026-11-30", "wednesday": "2026-12-02", "thu": "2026-11-26", "next  week": "2026-11-30",
		"3d": "2026-11-28", "2w": "2026-12-09", "2026-12-24": "2026-12-24", "until Friday": "2026-11-27",
	} {
		got, err := tracker.ParseSnooze(text, now)
		if at, _ := time.ParseInLocation(time.DateOnly, want, zone); err != nil || !got.Equal(at) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"it changes", "until it changes", "changed"} {
		if got, err := tracker.ParseSnooze(text, now); err != nil || !got.IsZero() {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"":           `"" is not a day: use tomorrow, monday, next week, 3d, 2w, 2006-01-02 or "it changes"`,
		"someday":    `"someday" is not a day: use tomorrow, monday, next week, 3d, 2w, 2006-01-02 or "it changes"`,
		"2026-02-30": `"2026-02-30" is not a day: use tomorrow, monday, next week, 3d, 2w, 2006-01-02 or "it changes"`,
		"0d":         `"0d" is not a day: use tomorrow, monday, next week, 3d, 2w, 2006-01-02 or "it changes"`,
		"1000w":      `"1000w" is not a day: use tomorrow, monday, next week, 3d, 2w, 2006-01-02 or "it changes"`,
		"today":      "today has begun; choose tomorrow or a later day",
		"2026-11-25": "2026-11-25 is in the past; choose tomorrow or a later day",
		"2020-01-01": "2020-01-01 is in the past; choose tomorrow or a later day",
	} {
		if _, err := tracker.ParseSnooze(text, now); tracker.CodeOf(err) != tracker.CodeInvalid || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}

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
