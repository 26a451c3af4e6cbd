package kernel

import (
	"context"
	"testing"

	"storydesk/tracker"
	"storydesk/tracker/viewer"
)

// looked is a store that notes who looks.
type looked struct {
	tracker.Store
	by *[]string
}

func (s looked) Read(ctx context.Context, _ func(tracker.Reader) error) error {
	*s.by = append(*s.by, viewer.Of(ctx))
	return nil
}

func (s looked) Write(ctx context.Context, _ func(tracker.Writer) error) error {
	return s.Read(ctx, nil)
}

// In a team the acting user looks, under whatever name; who is alone needs none.
func TestTheActingUserLooks(t *testing.T) {
	t.Parallel()
	for team, want := range map[bool][3]string{true: {"Ada", "Grace", "Grace"}, false: {}} {
		var by []string
		store := looked{by: &by}
		k := New(Config{NewID: func() string { return "me" }, User: "Ada", Store: store, Seat: Seat{Team: team}})
		if err := k.Store.Read(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		k.SetActor("Grace")
		if err := k.Write(t.Context(), 0, nil); err != nil {
			t.Fatal(err)
		}
		if err := k.With(store).Store.Read(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if err := k.BeginMarks(t.Context()); err != nil {
			t.Fatal(err)
		}
		k.Role = "worker"
		if err := k.BeginMarks(t.Context()); err != nil {
			t.Fatal(err)
		}
		if begun := len(by) - 3; begun == 1 != team || begun > 1 {
			t.Errorf("in a team %t: marks begin %d times", team, begun)
		}
		if [3]string(by[:3]) != want || k.Shared() != tracker.Store(store) {
			t.Errorf("in a team %t: %q looked", team, by)
		}
	}
}
