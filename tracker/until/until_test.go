package until_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/until"
)

func TestParse(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("UTC+2", 2*60*60)
	now := time.Date(2026, time.November, 25, 23, 30, 0, 0, zone) // a Wednesday
	for text, want := range map[string]string{
		"tomorrow": "2026-11-26", "Monday": "2026-11-30", "mon": "2026-11-30", "wednesday": "2026-12-02", "thu": "2026-11-26", "next  week": "2026-11-30",
		"3d": "2026-11-28", "2w": "2026-12-09", "2026-12-24": "2026-12-24", "until Friday": "2026-11-27",
	} {
		got, err := until.Parse(text, now)
		if at, _ := time.ParseInLocation(time.DateOnly, want, zone); err != nil || !got.Equal(at) {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"it changes", "until it changes", "changed"} {
		if got, err := until.Parse(text, now); err != nil || !got.IsZero() {
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
		if _, err := until.Parse(text, now); tracker.CodeOf(err) != tracker.CodeInvalid || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
}
