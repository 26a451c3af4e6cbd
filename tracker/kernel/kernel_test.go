package kernel

import (
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
