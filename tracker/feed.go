package tracker

import (
	"context"
	"sync"
)

// Hint says what kinds of things may have changed: read them again. Hints are
// coalesced, so a slow reader misses nothing and holds nobody up.
type Hint uint8

// The hints.
const (
	HintProjects Hint = 1 << iota
	HintIntegrations
	HintStories
	HintTickets
	HintDeliveries
	// HintAll asks to read everything again.
	HintAll = HintProjects | HintIntegrations | HintStories | HintTickets | HintDeliveries
)

// Has tells whether any of these kinds may have changed.
func (h Hint) Has(kinds Hint) bool { return h&kinds != 0 }

// Feed collects hints for one reader.
type Feed struct {
	hub *hub
	// ready holds a token while pending is not zero.
	ready   chan struct{}
	pending Hint
}

// Next waits for hints and returns all that came since the last call. It fails
// only with ctx's error.
func (f *Feed) Next(ctx context.Context) (Hint, error) {
	select {
	case <-ctx.Done():
		return 0, ctx.Err()
	case <-f.ready:
	}
	f.hub.mu.Lock()
	defer f.hub.mu.Unlock()
	h := f.pending
	f.pending = 0
	return h, nil
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

func (h *hub) publish(hint Hint) {
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
