package kernel

import (
	"context"
	"errors"
	"sync"
	"testing"

	"storydesk/tracker"
)

// A kernel of its own is for the same user, and the user may change meanwhile.
func TestWithKeepsTheUser(t *testing.T) {
	t.Parallel()
	k := New(Config{NewID: func() string { return "me" }, User: "Ada"})
	feed := k.Subscribe()
	defer feed.Close()
	var changing sync.WaitGroup
	changing.Go(func() { k.SetActor("Grace") })
	if who := k.With(nil).Actor(); who != "Ada" && who != "Grace" {
		t.Errorf("the user is %q", who)
	}
	changing.Wait()
	own := k.With(nil)
	if who := own.Actor(); who != "Grace" {
		t.Errorf("the user is %q", who)
	}
	if hint, err := feed.Next(t.Context()); err != nil || hint != tracker.HintStories {
		t.Errorf("%b, %v", hint, err)
	}
	own.Publish(tracker.HintAll)
	select {
	case <-feed.ready:
		t.Error("a kernel of its own tells others")
	default:
	}
}

// failing is a store whose transactions end with an error.
type failing struct {
	tracker.Store
	err error
}

func (s failing) Write(context.Context, func(tracker.Writer) error) error { return s.err }

// What was saved is told, also where something beside it was not.
func TestWriteTellsWhatWasSaved(t *testing.T) {
	t.Parallel()
	for reason, told := range map[tracker.Reason]bool{"": false, tracker.ReasonSaved: true} {
		failed := &tracker.Error{Code: tracker.CodeInternal, Reason: reason, Message: "failed"}
		k := New(Config{NewID: func() string { return "me" }, Store: failing{err: failed}})
		feed := k.Subscribe()
		if err := k.Write(t.Context(), tracker.HintDeliveries, nil); !errors.Is(err, failed) {
			t.Errorf("%q: %v", reason, err)
		}
		if ready, woken := len(feed.ready) > 0, len(k.Woken()) > 0; ready != told || woken != told {
			t.Errorf("%q: told %t, the courier %t", reason, ready, woken)
		}
		feed.Close()
	}
}
