package keyring

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Patience is the longest that a keyring is waited for.
const Patience = 5 * time.Second

var errNoAnswer = errors.New("the keyring does not answer")

// gate lets one call at a time through to a keyring, and none any more when the
// keyring does not work.
type gate struct {
	// turn holds a token while a call is under way, even when nobody waits for it.
	turn chan struct{}

	mu sync.Mutex
	// fault is what the keyring failed with, nil while it works.
	fault error
}

func newGate() *gate { return &gate{turn: make(chan struct{}, 1)} }

// ask makes a call and returns what it returns, the fault of a keyring that
// does not work, or ctx's error. undo takes back a call that went well when
// nobody waited for it any more; it may be nil.
func (g *gate) ask(ctx context.Context, call, undo func() error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, Patience, errNoAnswer)
	defer cancel()
	if err := g.enter(ctx); err != nil {
		return err
	}
	answer, left := make(chan error), make(chan struct{})
	go func() {
		defer func() { <-g.turn }()
		err := call()
		g.judge(err)
		select {
		case answer <- err:
		case <-left:
			if err == nil && undo != nil {
				err = undo()
			}
			g.judge(err)
		}
	}()
	select {
	case err := <-answer:
		return err
	case <-ctx.Done():
		err := context.Cause(ctx)
		if errors.Is(err, errNoAnswer) {
			g.judge(err)
		}
		close(left)
		return err
	}
}

// enter waits for the turn.
func (g *gate) enter(ctx context.Context) error {
	if err := g.broken(); err != nil {
		return err
	}
	select {
	case g.turn <- struct{}{}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	if err := g.broken(); err != nil {
		<-g.turn
		return err
	}
	return nil
}

// judge concludes from the end of a call whether the keyring works.
func (g *gate) judge(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fault = nil
	if err != nil && !errors.Is(err, ErrNotFound) && !errors.Is(err, ErrTooLong) {
		g.fault = err
	}
}

// broken returns the fault.
func (g *gate) broken() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.fault
}
