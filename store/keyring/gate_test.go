package keyring

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

var errNoBus = errors.New("dbus: couldn't determine address of session bus")

// ok is a call that goes well.
func ok() error { return nil }

// never is a call that must not be made.
func never(t *testing.T) func() error {
	return func() error {
		t.Error("a keyring that does not work was asked again")
		return nil
	}
}

func TestGateReturnsWhatTheCallReturns(t *testing.T) {
	for _, want := range []error{nil, ErrNotFound, ErrTooLong} {
		g := newGate()
		for range 2 {
			if err := g.ask(t.Context(), func() error { return want }, never(t)); !errors.Is(err, want) {
				t.Errorf("got %v, want %v", err, want)
			}
		}
	}
}

func TestGateLeavesAKeyringThatFailed(t *testing.T) {
	g := newGate()
	if err := g.ask(t.Context(), func() error { return errNoBus }, nil); !errors.Is(err, errNoBus) {
		t.Errorf("got %v", err)
	}
	if err := g.ask(t.Context(), never(t), nil); !errors.Is(err, errNoBus) {
		t.Errorf("got %v", err)
	}
}

func TestGateDoesNotWaitForACallThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, start := newGate(), time.Now()
		hang, undone := make(chan error), 0
		call := func() error { return <-hang }
		undo := func() error { undone++; return nil }
		for range 3 {
			if err := g.ask(t.Context(), call, undo); !errors.Is(err, errNoAnswer) {
				t.Errorf("got %v", err)
			}
			call = never(t)
		}
		if waited := time.Since(start); waited != Patience {
			t.Errorf("waited %s, want %s once", waited, Patience)
		}
		hang <- nil
		synctest.Wait()
		if undone != 1 {
			t.Errorf("the late call was undone %d times", undone)
		}
		if err := g.ask(t.Context(), ok, nil); err != nil {
			t.Errorf("the keyring answers again, but got %v", err)
		}
	})
}

func TestGateTrustsNoLateFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, end := range []struct{ call, undo error }{{errNoBus, nil}, {nil, errNoBus}} {
			g, hang := newGate(), make(chan error)
			err := g.ask(t.Context(), func() error { return <-hang }, func() error { return end.undo })
			if !errors.Is(err, errNoAnswer) {
				t.Errorf("got %v", err)
			}
			hang <- end.call
			synctest.Wait()
			if err := g.ask(t.Context(), never(t), nil); !errors.Is(err, errNoBus) {
				t.Errorf("got %v", err)
			}
		}
	})
}

// A caller that leaves early says nothing about the keyring.
func TestGateWithACallerThatLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, hang := newGate(), make(chan error)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		undone := false
		err := g.ask(ctx, func() error { return <-hang }, func() error { undone = true; return nil })
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		// The next one waits for its turn.
		next := make(chan error)
		go func() { next <- g.ask(t.Context(), ok, nil) }()
		synctest.Wait()
		hang <- nil
		if err := <-next; err != nil || !undone {
			t.Errorf("got %v, undone %v", err, undone)
		}
	})
}

func TestGateLetsOneThroughAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g, fail := newGate(), make(chan struct{})
		calls, ends := 0, make(chan error)
		for range 5 {
			go func() {
				ends <- g.ask(t.Context(), func() error {
					calls++
					<-fail
					return errNoBus
				}, nil)
			}()
		}
		synctest.Wait()
		close(fail)
		for range 5 {
			if err := <-ends; !errors.Is(err, errNoBus) {
				t.Errorf("got %v", err)
			}
		}
		if calls != 1 {
			t.Errorf("%d dialogs would have opened", calls)
		}
	})
}
