package sending_test

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/sending"
)

func TestWhoSends(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	seen := func(name string, ago time.Duration) tracker.Sender {
		return tracker.Sender{Holder: "x", Name: name, Machine: "build1", SeenAt: now.Add(-ago)}
	}
	others := "comments are sent by others (last: worker on build1, 12 s ago)"
	for name, test := range map[string]struct {
		absent map[string]tracker.Sender
		want   string
	}{
		"a worker":           {map[string]tracker.Sender{"Support": seen("worker", 12*time.Second)}, others},
		"the last of two":    {map[string]tracker.Sender{"Support": seen("Ada", 50*time.Second), "Sales": seen("worker", 12*time.Second)}, others},
		"a clock ahead":      {map[string]tracker.Sender{"Support": seen("Ada", -30*time.Second)}, "comments are sent by others (last: Ada on build1, 0 s ago)"},
		"nobody ever":        {map[string]tracker.Sender{"Support": {}}, "nobody here can send for Support; sign in (,)"},
		"nobody any more":    {map[string]tracker.Sender{"Support": seen("Ada", time.Minute)}, "nobody here can send for Support; sign in (,)"},
		"a clock set back":   {map[string]tracker.Sender{"Support": seen("Ada", -time.Hour)}, "nobody here can send for Support; sign in (,)"},
		"nobody for two":     {map[string]tracker.Sender{"Support": {}, "Sales": {}}, "nobody here can send for Sales, Support; sign in (,)"},
		"nobody for the one": {map[string]tracker.Sender{"Support": {}, "Sales": seen("Ada", 0)}, "nobody here can send for Support; sign in (,)"},
	} {
		if got := sending.Lines(test.absent, now, ","); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	if got := sending.Line("Support", tracker.Sender{}, now, ""); got != "nobody here can send for Support; sign in" {
		t.Error(got)
	}
}
