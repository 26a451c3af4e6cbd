package kernel

import (
	"context"
	"sync"

	"storydesk/tracker"
)

// Feed collects hints for one reader.
type Feed struct {
	hub *hub
	// ready holds a token while pending is not zero.
	ready   chan struct{}
	pending tracker.Hint
}

// Next waits for hints and returns all that came since the last call. It fails
// only with ctx's error.
func (f *Feed) Next(ctx context.Context) (tracker.Hint, error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-f.ready:
	}
	return f.take(), nil
}

// Passed returns all hints that came since the last call, 0 for none, without waiting.
func (f *Feed) Passed() tracker.Hint {
	select {
	case <-f.ready:
		return f.take()
	default:
		return 0
	}
}

func (f *Feed) take() tracker.Hint {
	f.hub.mu.Lock()
	defer f.hub.mu.Unlock()
	h := f.pending
	f.pending = 0
	return h
}

// Close ends the feed.
func (f *Feed) Close() {
	f.hub.mu.Lock()
	defer f.hub.mu.Unlock()
	delete(f.hub.feeds, f)
}

// hub hands hints to all feeds. Publishing never blocks.
type hub struct {
	mu    sync.Mutex
	feeds map[*Feed]struct{}
}

func newHub() *hub { return &hub{feeds: make(map[*Feed]struct{})} }

func (h *hub) subscribe() *Feed {
	h.mu.Lock()
	defer h.mu.Unlock()
	f := &Feed{hub: h, ready: make(chan struct{}, 1)}
	h.feeds[f] = struct{}{}
	return f
}

func (h *hub) publish(hint tracker.Hint) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for f := range h.feeds {
		f.pending |= hint
		select {
		case f.ready <- struct{}{}:
		default:
		}
	}
}
