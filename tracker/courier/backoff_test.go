package courier

import (
	"testing"

	"storydesk/tracker/kernel"
)

func TestBackOffGrowsWithinItsBounds(t *testing.T) {
	times := newCourierTimes(kernel.Config{})
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
