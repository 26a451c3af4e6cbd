package limits_test

import (
	"net/http"
	"testing"
	"time"

	"storydesk/zendesk/sandbox/answer"
	"storydesk/zendesk/sandbox/limits"
)

func start() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) }

func TestALimitIsSpentAndRefills(t *testing.T) {
	t.Parallel()
	for name, limit := range map[string]struct {
		most    int
		window  time.Duration
		request func(l *limits.Limits, now time.Time) *answer.Answer
	}{
		"requests":            {700, time.Minute, func(l *limits.Limits, now time.Time) *answer.Answer { return l.Request(now) }},
		"updates of a ticket": {30, 10 * time.Minute, func(l *limits.Limits, now time.Time) *answer.Answer { return l.Update(7, now) }},
		"counts of a view":    {5, time.Minute, func(l *limits.Limits, now time.Time) *answer.Answer { return l.Count(25, now) }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l, open := limits.New(true), limits.New(false)
			for n := range limit.most {
				if limit.request(l, start()) != nil {
					t.Fatalf("request %d is refused", n+1)
				}
			}
			refusal := limit.request(l, start().Add(time.Second))
			if refusal == nil || refusal.Status != http.StatusTooManyRequests {
				t.Fatalf("beyond the limit: %+v", refusal)
			}
			if wait, err := time.ParseDuration(refusal.Header().Get("Retry-After") + "s"); err != nil || wait != limit.window-time.Second {
				t.Errorf("asks to wait %s, %v", wait, err)
			}
			if limit.request(l, start().Add(limit.window)) != nil {
				t.Error("refused after the window")
			}
			for range limit.most + 1 {
				if limit.request(open, start()) != nil {
					t.Fatal("refused without a limit")
				}
			}
		})
	}
}

func TestOneTicketsUpdatesAreNotAnothers(t *testing.T) {
	t.Parallel()
	l := limits.New(true)
	for range 30 {
		l.Update(7, start())
	}
	if l.Update(7, start()) == nil || l.Update(8, start()) != nil {
		t.Error("the limit of one ticket is not its own")
	}
	a := answer.New()
	l.DescribeUpdate(a, 8, start())
	if got := a.Header().Get("zendesk-ratelimit-per-ticket-updates"); got != "total=30; remaining=29; resets=600" {
		t.Errorf("described as %q", got)
	}
}
