package search_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/search"
)

// Dates are those of the project: on its calendar, in its time zone.
func TestDates(t *testing.T) {
	t.Parallel()
	p := tracker.NewProject("Acme")
	p.TimeZone, p.WeekStart, p.CreatedAt = "America/New_York", time.Monday, time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC)
	// A Wednesday evening in New York, where it is Thursday in London.
	now := func() time.Time { return time.Date(2026, 11, 19, 1, 0, 0, 0, time.UTC) }
	zone, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	local := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, zone) }
	for _, c := range []struct {
		query   string
		at      time.Time
		matches bool
	}{
		{"created:2026-11-14", local(14, 0, 0), true},
		{"created:2026-11-14", local(14, 23, 59), true},
		{"created:2026-11-14", local(15, 0, 0), false},
		{"created:2026-11-14", local(13, 23, 59), false},
		// New York leaves summer time on that day, which has 25 hours.
		{"created:2026-11-01", local(1, 23, 30), true},
		{"created:2026-11-01", local(2, 0, 0), false},
		{"created:2026-11-01..2026-11-14", local(1, 0, 0), true},
		{"created:2026-11-01..2026-11-14", local(14, 23, 0), true},
		{"created:2026-11-01..2026-11-14", local(15, 0, 0), false},
		{"created:2026-11-14..2026-11-01", local(7, 0, 0), false},
		{"created:2026-11-14..", local(30, 0, 0), true},
		{"created:..2026-11-14", local(14, 23, 0), true},
		{"created:..2026-11-14", local(15, 0, 0), false},
		{"created:2026-11", local(30, 23, 59), true},
		{"created:2026", local(1, 0, 0), true},
		{"created:2025,2026", local(1, 0, 0), true},
		{"created:2025", local(1, 0, 0), false},
		{"-created:2025", local(1, 0, 0), true},
		{"created:>2026-11-14", local(14, 23, 59), false},
		{"created:>2026-11-14", local(15, 0, 0), true},
		{"created:>=2026-11-14", local(14, 0, 0), true},
		{"created:<2026-11-14", local(13, 23, 59), true},
		{"created:<2026-11-14", local(14, 0, 0), false},
		{"created:<=2026-11-14", local(14, 23, 59), true},
		{"created_after:2026-11-14", local(14, 12, 0), false},
		{"created_after:2026-11-14", local(15, 12, 0), true},
		{"created_since:2026-11-14", local(14, 12, 0), true},
		{"created_before:2026-11-14", local(14, 12, 0), false},
		{"created_on:2026-11-14", local(14, 12, 0), true},
		{"created:today", local(18, 0, 0), true},
		{"created:today", local(17, 23, 59), false},
		{"created:yesterday", local(17, 23, 59), true},
		{"created:-3d", local(15, 12, 0), true},
		{"created:-3d..", local(14, 23, 0), false},
		{"created:-1w..yesterday", local(11, 12, 0), true},
		{"created:<3d", local(15, 21, 0), true},
		{"created:<3d", local(15, 19, 0), false},
		{"created:>3d", local(15, 19, 0), true},
		{"created:<2h", local(18, 19, 0), true},
		{"created:this-week", local(16, 0, 0), true},
		{"created:this-week", local(15, 23, 59), false},
		{"created:this-week", local(22, 23, 59), true},
		{"created:last-week", local(9, 0, 0), true},
		{"created:last-week", local(16, 0, 0), false},
		{"created:this-month", local(1, 0, 0), true},
		{"created:last-month", local(1, 0, 0), false},
		{"created:this-iteration", local(16, 0, 0), true},
		{"created:last-iteration", local(15, 23, 59), true},
		{"created:last-iteration", local(16, 0, 0), false},
	} {
		q, err := search.ParseAt(search.Stories, c.query, named("Ada"), now)
		if err != nil {
			t.Errorf("%s: %v", c.query, err)
			continue
		}
		story := tracker.Story{Name: "Export", CreatedAt: c.at}
		if got := q.In(p).Matches(search.Story(&story)); got != c.matches {
			t.Errorf("%s matches %s: %v", c.query, c.at, got)
		}
	}
	accepted := local(17, 9, 0)
	for query, want := range map[string]bool{
		"accepted:yesterday": true, "accepted:none": false, "accepted:none,today": false, "accepted_on:2026-11-17": true, "updated:today": false, "-updated:today": true,
	} {
		q, err := search.ParseAt(search.Stories, query, named("Ada"), now)
		story := tracker.Story{Name: "Export", AcceptedAt: &accepted, UpdatedAt: accepted}
		if got := q.In(p).Matches(search.Story(&story)); err != nil || got != want {
			t.Errorf("%s matches a story that was accepted yesterday: %v (%v)", query, got, err)
		}
	}
	for _, bad := range []string{"2026-02-30", "..", "3d", "<", ">", ">>2026", "-3m", "<99999d", "tomorrow", "<2026..2027", "none"} {
		if _, err := search.Parse(search.Stories, "created:"+bad, nil); tracker.CodeOf(err) != tracker.CodeInvalid {
			t.Errorf("created:%s: %v", bad, err)
		}
	}
	for _, word := range search.DateWords() {
		if _, err := search.Parse(search.Stories, "updated:"+word, nil); err != nil {
			t.Error(err)
		}
	}
}
