package zendesk

import (
	"net/http"
	"testing"
	"time"

	"storydesk/tracker"
)

func TestQuotaIsReadFromWhateverNameItHas(t *testing.T) {
	t.Parallel()
	const soon = 17 * time.Second
	requests := func(limit, left int, resets time.Duration) tracker.Quota {
		return tracker.Quota{Requests: tracker.Allowance{PerMinute: limit, Left: left, Resets: resets}}
	}
	updates := tracker.Quota{Updates: tracker.Allowance{PerMinute: 100, Left: 3, Resets: soon}}
	tests := map[string]struct {
		header map[string]string
		want   tracker.Quota
	}{
		"of today":        {map[string]string{"ratelimit-limit": "700", "ratelimit-remaining": "5", "ratelimit-reset": "17"}, requests(700, 5, soon)},
		"of all years":    {map[string]string{"X-Rate-Limit": "400", "X-Rate-Limit-Remaining": "399"}, requests(400, 399, time.Minute)},
		"of 2023":         {map[string]string{"rate-limit": "200", "rate-limit-remaining": "0", "rate-limit-reset": "17"}, requests(200, 0, soon)},
		"limit alone":     {map[string]string{"X-Rate-Limit": "400"}, requests(400, 400, time.Minute)},
		"no numbers":      {map[string]string{"X-Rate-Limit": "many", "zendesk-ratelimit-tickets-update": "total"}, tracker.Quota{}},
		"nothing":         {nil, tracker.Quota{}},
		"updates":         {map[string]string{"zendesk-ratelimit-tickets-update": "total=100; remaining=3; resets=17"}, updates},
		"updates of 2023": {map[string]string{"zendesk-rate-limit-tickets-update": "total=100;remaining=3;resets=17"}, updates},
		"a reset too far": {map[string]string{"rate-limit": "200", "rate-limit-remaining": "0", "rate-limit-reset": "86400"}, requests(200, 0, time.Minute)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := make(http.Header)
			for key, value := range tt.header {
				h.Set(key, value)
			}
			got := tracker.Quota{Requests: requestAllowance(h), Updates: updateAllowance(h)}
			if got != tt.want {
				t.Errorf("%+v, want %+v", got, tt.want)
			}
		})
	}
}

// What is left is what was reported last, until it starts again.
func TestQuotaIsReset(t *testing.T) {
	t.Parallel()
	begun := time.Now()
	low := reading{at: begun, quota: tracker.Quota{Requests: tracker.Allowance{PerMinute: 700, Left: 5, Resets: 10 * time.Second}}}
	for after, want := range map[time.Duration]tracker.Allowance{
		4 * time.Second:  {PerMinute: 700, Left: 5, Resets: 6 * time.Second},
		10 * time.Second: {PerMinute: 700, Left: 700},
		time.Hour:        {PerMinute: 700, Left: 700},
	} {
		if got := low.since(begun.Add(after)).Requests; got != want {
			t.Errorf("after %s: %+v, want %+v", after, got, want)
		}
	}
}

// What passes between two answers is reckoned by the clock that was passed in.
func TestTheAccountsTimeRunsByTheClock(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, time.November, 16, 12, 31, 0, 0, time.UTC)
	d := serve(t, Config{Now: func() time.Time { return now }}, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Date", now.Add(time.Hour).Format(http.TimeFormat))
		_, _ = w.Write([]byte(`{"ticket":{"id":1,"updated_at":"2026-11-16T12:00:00Z"}}`))
	})
	if _, err := d.Ticket(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, want := d.Quota().Clock, now.Add(time.Hour); !got.Equal(want) {
			t.Errorf("the account's clock says %s, want %s", got, want)
		}
		now = now.Add(time.Minute)
	}
}

// An answer that does not speak of updates leaves what is known of them.
func TestQuotaIsGatheredFromAllAnswers(t *testing.T) {
	t.Parallel()
	d := serve(t, Config{}, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Rate-Limit", "700")
		if r.Method == http.MethodPut {
			w.Header().Set("Zendesk-RateLimit-tickets-update", "total=20; remaining=19; resets=59")
		}
		w.WriteHeader(http.StatusTooManyRequests)
	})
	if got := d.Quota(); got != (tracker.Quota{}) {
		t.Errorf("before the first answer: %+v", got)
	}
	if _, err := update(t.Context(), d); tracker.CodeOf(err) != tracker.CodeLimited {
		t.Fatal(err)
	}
	if _, err := d.Ticket(t.Context(), 1042); tracker.CodeOf(err) != tracker.CodeLimited {
		t.Fatal(err)
	}
	if q := d.Quota(); q.Requests.PerMinute != 700 || q.Updates.PerMinute != 20 || q.Updates.Left != 19 {
		t.Errorf("%+v", q)
	}
}
