package conversation_test

import (
	"testing"
	"time"

	"storydesk/tracker/conversation"
)

// An account that allows 200 requests a minute has 20 in a minute for previews.
func TestPreviewsTakeTheirShareOnly(t *testing.T) {
	now := time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC)
	take := conversation.Turns()
	for i := range 20 {
		if wait := take("acme", 200, 1, now); wait != 0 {
			t.Fatalf("preview %d waits for %s", i+1, wait)
		}
	}
	for range 3 { // who asks in vain takes nothing
		if wait := take("acme", 200, 1, now); wait != 3*time.Second {
			t.Errorf("the next one waits for %s", wait)
		}
	}
	if wait := take("other", 200, 1, now); wait != 0 {
		t.Errorf("another account's waits for %s", wait)
	}
	now = now.Add(3 * time.Second)
	if wait := take("acme", 200, 2, now); wait != 3*time.Second {
		t.Errorf("one that needs two requests waits for %s", wait)
	}
	if wait := take("acme", 200, 1, now); wait != 0 {
		t.Errorf("three seconds later one waits for %s", wait)
	}
	// The account's plan changed.
	take("acme", 700, 1, now)
	now = now.Add(time.Minute)
	for i := range 70 {
		if wait := take("acme", 700, 1, now); wait != 0 {
			t.Fatalf("preview %d of a larger account waits for %s", i+1, wait)
		}
	}
	if wait := take("acme", 700, 1, now); wait <= 0 {
		t.Error("more than the share of a larger account is taken")
	}
}
