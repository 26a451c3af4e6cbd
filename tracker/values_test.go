package tracker

import (
	"context"
	"errors"
	"strings"
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

func TestNotes(t *testing.T) {
	p := Project{Name: "Acme Mobile"}
	op := "3fa2b1c4-0000-4000-8000-000000000000"
	st := Story{ID: 14, Name: "Export is empty", State: Started}
	if got, want := stateNote("Ada", st, Unstarted, p, op), "Ada started story S-14 “Export is empty” in Acme Mobile · S-14·3fa2b1"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := stateNote("Ada", st, Rejected, p, op); !strings.HasPrefix(got, "Ada restarted story") {
		t.Errorf("got %s", got)
	}
	st.State = Unstarted
	if got := stateNote("Ada", st, Unscheduled, p, op); !strings.HasPrefix(got, "Ada scheduled story") {
		t.Errorf("got %s", got)
	}
	c := Comment{Author: "Ada", Text: "Found it.\nFixed."}
	want := "Ada on story S-14 “Export is empty” in Acme Mobile:\n\nFound it.\nFixed.\n\nS-14·3fa2b1"
	if got := commentNote(c, st, p, op); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestCutKeepsTheLimit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		n := rapid.IntRange(len([]rune(CutMark)), 40).Draw(t, "limit")
		got := cut(text, n)
		if len([]rune(got)) > n {
			t.Fatalf("%d characters, limit %d", len([]rune(got)), n)
		}
		if len([]rune(text)) <= n && got != text {
			t.Fatalf("%q was changed to %q", text, got)
		}
	})
}

func TestBackOffGrowsWithinItsBounds(t *testing.T) {
	times := newCourierTimes(DefaultSendTimeout, DefaultListLag)
	for n := 1; n < 100; n++ {
		wait := times.backOff(n)
		if wait < times.firstRetry*4/5 || wait > times.lastRetry*6/5+1 {
			t.Fatalf("failure %d waits %s", n, wait)
		}
	}
	if times.backOff(30) < times.lastRetry*4/5 {
		t.Errorf("the thirtieth failure waits %s only", times.backOff(30))
	}
}

func TestFeedCoalescesAndNeverBlocks(t *testing.T) {
	h := newHub()
	feed := h.subscribe()
	for range 1000 {
		h.publish(HintStories)
	}
	h.publish(HintTickets)
	got, err := feed.Next(t.Context())
	if err != nil || got != HintStories|HintTickets {
		t.Errorf("Next = %b, %v", got, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if got, err := feed.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Next with nothing new = %b, %v", got, err)
	}
	feed.Close()
	h.publish(HintAll)
	if len(h.feeds) != 0 {
		t.Error("a closed feed is still fed")
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
