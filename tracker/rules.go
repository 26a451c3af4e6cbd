package tracker

// Action is something that is done to a story. Start to Restart are the steps of
// its life.
type Action string

// The actions.
const (
	Start   Action = "start"
	Finish  Action = "finish"
	Deliver Action = "deliver"
	Accept  Action = "accept"
	Reject  Action = "reject"
	Restart Action = "restart"
	// Estimate takes the place of the steps while a story needs points.
	Estimate Action = "estimate"
	// Advance is whichever step NextAction names.
	Advance Action = "advance"
	// Move puts a story elsewhere on the board.
	Move Action = "move"
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

// Group returns where a story in this state stands.
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

// Begun is true from started on, where a feature must have an estimate.
func (s State) Begun() bool {
	return s.Group() == GroupInProgress || s == Accepted
}

// Estimatable reports whether a story of this type carries points: features
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

// NextAction returns what Advance does to a story: the step that it offers first,
// or Estimate. An accepted story offers none, but can be restarted.
func NextAction(c Card, p Project) Action {
	if offered := Actions(c.Type, c.State, c.Estimate, p); len(offered) > 0 {
		return offered[0]
	}
	return Restart
}

// Next returns the state that a step leads to. It fails as Refusal does. An
// accepted story offers nothing, but can be restarted.
func Next(st Story, a Action, p Project) (State, error) {
	if err := Refusal(a, p, st.Card()); err != nil {
		return "", err
	}
	switch a {
	case Start:
		return Started, nil
	case Restart:
		// A release is never started: it is finished from the Backlog.
		if st.State == Accepted && st.Type == Release {
			return Unstarted, nil
		}
		return Started, nil
	case Finish:
		// Chores and releases have nothing to deliver: finishing accepts them.
		if AcceptedBy(a, st.Type) {
			return Accepted, nil
		}
		return Finished, nil
	case Deliver:
		return Delivered, nil
	case Accept:
		return Accepted, nil
	case Reject:
		return Rejected, nil
	default:
		return "", Errorf(CodeInternal, "%s: %s is not a step", st.ID, a)
	}
}
