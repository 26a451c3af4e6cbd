package faults

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// List holds the rules in force and the holds. It is safe for concurrent use.
type List struct {
	mu    sync.Mutex
	rules []*Fault
	// holds has a channel for each hold that anybody named; Release closes it.
	holds   map[string]*hold
	closing chan struct{}
}

type hold struct {
	reached, released chan struct{}
	once              sync.Once
	freed             sync.Once
}

// NewList returns a list without rules.
func NewList() *List {
	return &List{holds: map[string]*hold{}, closing: make(chan struct{})}
}

// take finds the rule that acts on a request and uses it up by one; nil when none does.
func (l *List) take(r *http.Request) *Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i, f := range l.rules {
		if !f.matches(r) {
			continue
		}
		if f.Skip > 0 {
			f.Skip--
			continue
		}
		acting := *f
		if f.Times > 0 {
			f.Times--
		}
		if f.Times == 0 {
			l.rules = slices.Delete(l.rules, i, i+1)
		}
		return &acting
	}
	return nil
}

func (l *List) hold(name string) *hold {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.holds[name] == nil {
		l.holds[name] = &hold{reached: make(chan struct{}), released: make(chan struct{})}
	}
	return l.holds[name]
}

// Add puts rules behind those in force. It fails on a rule that cannot work, and
// then adds none.
func (l *List) Add(faults ...Fault) error {
	for _, f := range faults {
		if err := f.validate(); err != nil {
			return err
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, f := range faults {
		if f.Times == 0 {
			f.Times = 1
		}
		l.rules = append(l.rules, &f)
	}
	return nil
}

// All lists the rules in force; Skip and Times are what is left of them.
func (l *List) All() []Fault {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := make([]Fault, len(l.rules))
	for i, f := range l.rules {
		list[i] = *f
	}
	return list
}

// Clear drops all rules. Requests that are held stay held.
func (l *List) Clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.rules = nil
}

// Held waits until a request has come to the hold of that name.
func (l *List) Held(ctx context.Context, name string) error {
	select {
	case <-l.hold(name).reached:
		return nil
	case <-l.closing:
		return errors.New("the sandbox was closed")
	case <-ctx.Done():
		return fmt.Errorf("wait for a request at hold %q: %w", name, ctx.Err())
	}
}

// Release lets requests at the hold of that name go on, those to come too.
func (l *List) Release(name string) {
	h := l.hold(name)
	h.freed.Do(func() { close(h.released) })
}

// Close ends all waits, now and later. Call it once.
func (l *List) Close() { close(l.closing) }

// wait passes a pause. A client that leaves does not shorten it: what was
// received is carried out, as with the real thing.
func (l *List) wait(p Pause) {
	if p.Hold != "" {
		h := l.hold(p.Hold)
		h.once.Do(func() { close(h.reached) })
		select {
		case <-h.released:
		case <-l.closing:
		}
	}
	if p.Seconds > 0 {
		timer := time.NewTimer(time.Duration(p.Seconds * float64(time.Second)))
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-l.closing:
		}
	}
}
