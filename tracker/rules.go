package tracker

import "slices"

// Action is something that moves a story along its life.
type Action string

// The actions. Estimate stands in their place while a story has no points.
const (
	Start    Action = "start"
	Finish   Action = "finish"
	Deliver  Action = "deliver"
	Accept   Action = "accept"
	Reject   Action = "reject"
	Restart  Action = "restart"
	Estimate Action = "estimate"
)

// Column is a pane of the board.
type Column string

// The columns.
const (
	Backlog Column = "backlog"
	Icebox  Column = "icebox"
	Done    Column = "done"
)

// Group is a run of stories within a column that stand together: stories are
// ordered by hand inside a group, never across groups.
type Group string

// The groups, from the top of the Backlog to the Icebox.
const (
	GroupAccepted   Group = "accepted"
	GroupInProgress Group = "in progress"
	GroupUnstarted  Group = "unstarted"
	GroupIcebox     Group = "icebox"
)

// Group tells where a story in this state stands.
func (s State) Group() Group {
	switch s {
	case Accepted:
		return GroupAccepted
	case Started, Finished, Delivered, Rejected:
		return GroupInProgress
	case Unstarted, Planned:
		return GroupUnstarted
	case Unscheduled:
		return GroupIcebox
	}
	return GroupIcebox
}

// States lists the states whose stories form the group.
func (g Group) States() []State {
	var states []State
	for _, s := range States() {
		if s.Group() == g {
			states = append(states, s)
		}
	}
	return states
}

// Begun is true from started on, where a feature must have an estimate.
func (s State) Begun() bool {
	return s.Group() == GroupInProgress || s == Accepted
}

// Estimatable tells whether a story of this type carries points: features
// always, bugs and chores where the project says so, releases never.
func Estimatable(t StoryType, p Project) bool {
	return t == Feature || p.EstimateAll && t != Release
}

// Actions lists what a story offers next, the most likely first. A story that
// needs an estimate offers just that.
func Actions(t StoryType, s State, estimate *float64, p Project) []Action {
	if estimate == nil && Estimatable(t, p) && s != Accepted {
		return []Action{Estimate}
	}
	switch s {
	case Unscheduled, Unstarted, Planned:
		if t == Release {
			return []Action{Finish}
		}
		return []Action{Start}
	case Started:
		return []Action{Finish}
	case Finished:
		return []Action{Deliver}
	case Delivered:
		return []Action{Accept, Reject}
	case Rejected:
		return []Action{Restart}
	case Accepted:
		return nil
	}
	return nil
}

// Next returns the state that an action leads to. It fails with CodeRefused
// where the story does not offer the action, and says what it offers. An accepted
// story offers nothing, but can be restarted.
func Next(st Story, a Action, p Project) (State, error) {
	if st.State == Accepted && a == Restart {
		return reopened(st.Type), nil
	}
	offered := Actions(st.Type, st.State, st.Estimate, p)
	if !slices.Contains(offered, a) {
		return "", refusal(st, a, offered, p)
	}
	switch a {
	case Start, Restart:
		return Started, nil
	case Finish:
		// Chores and releases have nothing to deliver: finishing accepts them.
		if st.Type == Chore || st.Type == Release {
			return Accepted, nil
		}
		return Finished, nil
	case Deliver:
		return Delivered, nil
	case Accept:
		return Accepted, nil
	case Reject:
		return Rejected, nil
	case Estimate:
	}
	return "", Errorf(CodeRefused, "%s: give the estimate as a number", st.ID)
}

// reopened is the state of an accepted story of this type that is restarted. A
// release is never started: it is finished from the Backlog.
func reopened(t StoryType) State {
	if t == Release {
		return Unstarted
	}
	return Started
}

func refusal(st Story, a Action, offered []Action, p Project) *Error {
	zero := 0.0
	switch {
	case len(offered) == 0:
		return Errorf(CodeRefused, "%s is %s: you can %s it, not %s it", st.ID, st.State, Restart, a)
	case offered[0] == Estimate && slices.Contains(Actions(st.Type, st.State, &zero, p), a):
		e := Errorf(CodeRefused, "%s needs an estimate before you can %s it", st.ID, a)
		e.Field = "estimate"
		return e
	case len(offered) == 2:
		return Errorf(CodeRefused, "%s is %s: you can %s or %s it, not %s it",
			st.ID, st.State, offered[0], offered[1], a)
	}
	return Errorf(CodeRefused, "%s is %s: you can %s it, not %s it", st.ID, st.State, offered[0], a)
}
