package storetest

import (
	"context"
	"errors"
	"testing"

	"storydesk/tracker"
)

func testTransactions(t *testing.T, s *suite) {
	kept := s.project("kept")
	no := errors.New("no")
	err := s.store.Write(t.Context(), func(w tracker.Writer) error {
		p := tracker.NewProject("rolled back")
		if err := w.AddProject(&p); err != nil {
			return err
		}
		if _, err := w.Project(p.ID); err != nil {
			t.Errorf("a writer does not see what it wrote: %v", err)
		}
		return no
	})
	if !errors.Is(err, no) {
		t.Errorf("write returned %v, want fn's error", err)
	}
	same(t, "projects", get(s, tracker.Reader.Projects), []tracker.Project{kept})

	func() {
		defer func() { same(t, "recovered", recover(), "boom") }()
		s.write(func(tracker.Writer) error { panic("boom") })
	}()
	s.project("after a panic")

	if err := s.store.Read(t.Context(), func(tracker.Reader) error { return no }); !errors.Is(err, no) {
		t.Errorf("read returned %v, want fn's error", err)
	}
}

func testCancelled(t *testing.T, s *suite) {
	ctx, cancel := context.WithCancel(t.Context())
	err := s.store.Write(ctx, func(w tracker.Writer) error {
		p := tracker.NewProject("never")
		err := w.AddProject(&p)
		cancel()
		return err
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a cancelled write returned %v", err)
	}
	same(t, "projects", len(get(s, tracker.Reader.Projects)), 0)
}
