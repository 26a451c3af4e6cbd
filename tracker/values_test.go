package tracker

import (
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func asErr(err error, e **Error) bool { return errors.As(err, e) }

func TestParseIDs(t *testing.T) {
	for _, text := range []string{"14", "S-14", "s-14", " 14 "} {
		if id, err := ParseStoryID(text); err != nil || id != 14 {
			t.Errorf("ParseStoryID(%q) = %v, %v", text, id, err)
		}
	}
	for _, text := range []string{"", "S-", "x", "0", "-3", "99999999999999999999"} {
		if _, err := ParseStoryID(text); CodeOf(err) != CodeInvalid {
			t.Errorf("ParseStoryID(%q) = %v, want CodeInvalid", text, err)
		}
		if _, err := ParseTicketID(text); CodeOf(err) != CodeInvalid {
			t.Errorf("ParseTicketID(%q) = %v, want CodeInvalid", text, err)
		}
	}
	if id, err := ParseTicketID("#1042"); err != nil || id != 1042 {
		t.Errorf("ParseTicketID(#1042) = %v, %v", id, err)
	}
}

func TestIterationStart(t *testing.T) {
	zone, err := time.LoadLocation("America/Los_Angeles")
	if err != nil {
		t.Fatal(err)
	}
	p := NewProject("p")
	p.TimeZone = "America/Los_Angeles"
	p.CreatedAt = time.Date(2017, 2, 15, 12, 0, 0, 0, zone)
	tests := []struct {
		weeks     int
		now, want string
	}{
		// Summer time began on 2017-03-12: boundaries move from 08:00 to 07:00 UTC.
		{1, "2017-03-10T20:00:00Z", "2017-03-06T08:00:00Z"},
		{1, "2017-03-13T06:59:00Z", "2017-03-06T08:00:00Z"},
		{1, "2017-03-13T07:00:00Z", "2017-03-13T07:00:00Z"},
		{2, "2017-03-08T20:00:00Z", "2017-02-27T08:00:00Z"},
		{2, "2017-03-15T20:00:00Z", "2017-03-13T07:00:00Z"},
	}
	for _, tt := range tests {
		p.IterationWeeks = tt.weeks
		now, _ := time.Parse(time.RFC3339, tt.now)
		if got := p.IterationStart(now).UTC().Format(time.RFC3339); got != tt.want {
			t.Errorf("%d weeks, %s: got %s, want %s", tt.weeks, tt.now, got, tt.want)
		}
	}
}

func TestIterationStartIsLocalMidnightOfTheFirstWeekday(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := NewProject("p")
		p.TimeZone = rapid.SampledFrom([]string{"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata"}).Draw(t, "zone")
		p.WeekStart = time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
		p.IterationWeeks = rapid.IntRange(1, 4).Draw(t, "weeks")
		p.CreatedAt = time.Unix(rapid.Int64Range(1.4e9, 1.8e9).Draw(t, "created"), 0)
		now := p.CreatedAt.Add(time.Duration(rapid.Int64Range(0, 3e8).Draw(t, "age")) * time.Second)
		start := p.IterationStart(now)
		if start.After(now) || now.Sub(start) > time.Duration(p.IterationWeeks)*7*24*time.Hour+2*time.Hour {
			t.Fatalf("%s is not in the iteration that began at %s", now, start)
		}
		if h, m, s := start.Clock(); start.Weekday() != p.WeekStart || h+m+s != 0 {
			t.Fatalf("begins at %s", start)
		}
		if again := p.IterationStart(start); !again.Equal(start) {
			t.Fatalf("its first moment %s belongs to %s", start, again)
		}
	})
}

func TestPointScale(t *testing.T) {
	scale, err := ParsePointScale("0, 0.5,1,2")
	if err != nil || FormatPointScale(scale) != "0,0.5,1,2" {
		t.Errorf("got %v, %v", scale, err)
	}
	for _, text := range []string{"", "a", "1,,2", "-1"} {
		if _, err := ParsePointScale(text); CodeOf(err) != CodeInvalid {
			t.Errorf("ParsePointScale(%q) = %v", text, err)
		}
	}
}

func TestCodeOf(t *testing.T) {
	if CodeOf(nil) != "" || CodeOf(errors.New("x")) != CodeInternal {
		t.Error("CodeOf of nil or a foreign error")
	}
	if got := CodeOf(errors.Join(errors.New("x"), Invalid("name", "y"))); got != CodeInvalid {
		t.Errorf("CodeOf of a joined error = %s", got)
	}
}
