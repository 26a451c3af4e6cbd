package tracker

import (
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func points(n float64) *float64 { return &n }

func TestActions(t *testing.T) {
	plain := NewProject("p")
	pointed := plain
	pointed.EstimateAll = true
	tests := []struct {
		name     string
		project  Project
		kind     StoryType
		state    State
		estimate *float64
		want     []Action
	}{
		{"unestimated feature shows the scale", plain, Feature, Unstarted, nil, []Action{Estimate}},
		{"estimated feature starts", plain, Feature, Unstarted, points(2), []Action{Start}},
		{"feature in the icebox starts", plain, Feature, Unscheduled, points(0), []Action{Start}},
		{"bug needs no points", plain, Bug, Unstarted, nil, []Action{Start}},
		{"bug needs points where the project says so", pointed, Bug, Unstarted, nil, []Action{Estimate}},
		{"chore needs points where the project says so", pointed, Chore, Unscheduled, nil, []Action{Estimate}},
		{"release is finished without a start", plain, Release, Unstarted, nil, []Action{Finish}},
		{"release never carries points", pointed, Release, Unstarted, nil, []Action{Finish}},
		{"started finishes", plain, Bug, Started, nil, []Action{Finish}},
		{"finished delivers", plain, Feature, Finished, points(1), []Action{Deliver}},
		{"delivered is judged", plain, Feature, Delivered, points(1), []Action{Accept, Reject}},
		{"rejected restarts", plain, Feature, Rejected, points(1), []Action{Restart}},
		{"accepted is over", plain, Feature, Accepted, points(1), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := Actions(tt.kind, tt.state, tt.estimate, tt.project); !slices.Equal(got, tt.want) {
				t.Errorf("Actions = %v, want %v", got, tt.want)
			}
		})
	}
}

func TestNext(t *testing.T) {
	p := NewProject("p")
	tests := []struct {
		story  Story
		action Action
		want   State
	}{
		{Story{Type: Feature, State: Unscheduled, Estimate: points(1)}, Start, Started},
		{Story{Type: Chore, State: Started}, Finish, Accepted},
		{Story{Type: Release, State: Unscheduled}, Finish, Accepted},
		{Story{Type: Bug, State: Started}, Finish, Finished},
		{Story{Type: Bug, State: Finished}, Deliver, Delivered},
		{Story{Type: Bug, State: Delivered}, Accept, Accepted},
		{Story{Type: Bug, State: Delivered}, Reject, Rejected},
		{Story{Type: Bug, State: Rejected}, Restart, Started},
	}
	for _, tt := range tests {
		got, err := Next(tt.story, tt.action, p)
		if err != nil || got != tt.want {
			t.Errorf("%s a %s that is %s = %q, %v; want %s", tt.action, tt.story.Type, tt.story.State, got, err, tt.want)
		}
	}
}

// Whatever a story offers, it can do; what it does leads to a state in which
// the story is valid; and every state but accepted offers something.
func TestEveryOfferLeadsSomewhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := NewProject("p")
		p.EstimateAll = rapid.Bool().Draw(t, "estimate all")
		st := Story{Name: "x", Type: rapid.SampledFrom(StoryTypes()).Draw(t, "type"), State: Unstarted}
		if Estimatable(st.Type, p) {
			st.Estimate = points(rapid.SampledFrom(p.PointScale).Draw(t, "points"))
		}
		for range 20 {
			offers := Actions(st.Type, st.State, st.Estimate, p)
			if len(offers) == 0 {
				if st.State != Accepted {
					t.Fatalf("a %s that is %s offers nothing", st.Type, st.State)
				}
				return
			}
			next, err := Next(st, rapid.SampledFrom(offers).Draw(t, "action"), p)
			if err != nil {
				t.Fatalf("offered but refused: %v", err)
			}
			st.State = next
			if err := st.Validate(p); err != nil {
				t.Fatalf("%s: %v", next, err)
			}
		}
	})
}

func TestGroupOfEveryState(t *testing.T) {
	want := map[State]Group{
		Unscheduled: GroupIcebox, Planned: GroupUnstarted, Unstarted: GroupUnstarted, Started: GroupInProgress,
		Finished: GroupInProgress, Delivered: GroupInProgress, Rejected: GroupInProgress, Accepted: GroupAccepted,
	}
	got := map[State]Group{}
	for _, s := range States() {
		got[s] = s.Group()
	}
	if !maps.Equal(got, want) {
		t.Errorf("groups are %v, want %v", got, want)
	}
}

func TestValidate(t *testing.T) {
	p := NewProject("p")
	tests := []struct {
		name  string
		story Story
		field string
	}{
		{"no name", Story{Name: " ", Type: Bug, State: Unstarted}, "name"},
		{"points off the scale", Story{Name: "x", Type: Feature, State: Unstarted, Estimate: points(17)}, "estimate"},
		{"points on a chore", Story{Name: "x", Type: Chore, State: Unstarted, Estimate: points(1)}, "estimate"},
		{"started without points", Story{Name: "x", Type: Feature, State: Started}, "estimate"},
	}
	for _, tt := range tests {
		err := tt.story.Validate(p)
		var e *Error
		if CodeOf(err) != CodeInvalid || !asErr(err, &e) || e.Field != tt.field {
			t.Errorf("%s: got %v, want CodeInvalid for field %s", tt.name, err, tt.field)
		}
	}
}
