package status

import (
	"testing"
	"time"
)

func TestCountdown(t *testing.T) {
	for d, want := range map[time.Duration]string{time.Millisecond: "1s", 40 * time.Second: "40s", 61500 * time.Millisecond: "1m2s"} {
		if got := countdown(d); got != want {
			t.Errorf("%s: %s", d, got)
		}
	}
}
