package transport

import (
	"net/http"
	"strings"
	"time"
)

// maxWait is the longest wait that an answer is believed to ask for.
const maxWait = 24 * time.Hour

// RetryAfter reads the header Retry-After, in seconds or as a date; 0 when the
// answer does not say.
func RetryAfter(h http.Header) time.Duration {
	value := strings.TrimSpace(h.Get("Retry-After"))
	if wait, err := time.ParseDuration(value + "s"); err == nil {
		return max(0, min(wait, maxWait))
	}
	until, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	// The answer's own date spares us the difference of two clocks.
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(0, min(until.Sub(now), maxWait))
}
