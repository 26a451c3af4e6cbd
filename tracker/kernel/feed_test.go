package kernel

import (
	"context"
	"errors"
	"testing"
	"time"

	"storydesk/tracker"
)

func TestFeedCoalescesAndNeverBlocks(t *testing.T) {
	h := newHub()
	feed := h.subscribe()
	for range 1000 {
		h.publish(tracker.HintStories)
	}
	h.publish(tracker.HintTickets)
	got, err := feed.Next(t.Context())
	if err != nil || got != tracker.HintStories|tracker.HintTickets {
		t.Errorf("Next = %b, %v", got, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	if got, err := feed.Next(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Next with nothing new = %b, %v", got, err)
	}
	feed.Close()
	h.publish(tracker.HintAll)
	if len(h.feeds) != 0 {
		t.Error("a closed feed is still fed")
	}
}
