package outbox

import (
	"fmt"

	"storydesk/tracker"
)

// stateVerb says what became of a story that entered a state.
func stateVerb(state tracker.State) string {
	if state == tracker.Unstarted || state == tracker.Planned {
		return "scheduled"
	}
	return string(state)
}

// Tells reports whether tickets are told that a story went from one state to another. It
// is scheduled once, wherever in the Backlog it stands then.
func Tells(from, to tracker.State) bool {
	return from != to && (from.Group() != tracker.GroupUnstarted || to.Group() != tracker.GroupUnstarted)
}

// restarted reports whether a story was rejected or accepted and is open again now.
func restarted(from, to tracker.State) bool {
	return from == tracker.Rejected && to == tracker.Started || from == tracker.Accepted && (to == tracker.Started || to == tracker.Unstarted)
}

func stateText(user string, st tracker.Story, from tracker.State, p tracker.Project, operation string) string {
	verb := stateVerb(st.State)
	if restarted(from, st.State) {
		verb = "restarted"
	}
	return fmt.Sprintf("%s %s story %s “%s” in %s · %s", user, verb, st.ID, st.Name, p.Name, tracker.Reference(st.ID, operation))
}

func commentText(c tracker.Comment, st tracker.Story, p tracker.Project, operation string) string {
	return fmt.Sprintf("%s on story %s “%s” in %s:\n\n%s\n\n%s", c.Author, st.ID, st.Name, p.Name, c.Text, tracker.Reference(st.ID, operation))
}
