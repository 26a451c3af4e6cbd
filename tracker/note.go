package tracker

import (
	"fmt"
	"strings"
)

// A note's text is plain. Every note carries its reference, by which it is
// recognised on a ticket even where metadata cannot be read.

// Reference marks a note: the story and the first six hex digits of the
// operation id, such as S-14·3fa2b1.
func Reference(story StoryID, operation string) string {
	hex := strings.ReplaceAll(operation, "-", "")
	return fmt.Sprintf("%s·%s", story, hex[:min(6, len(hex))])
}

// stateVerb says what became of a story that entered a state.
func stateVerb(state State) string {
	if state == Unstarted || state == Planned {
		return "scheduled"
	}
	return string(state)
}

// restarted tells whether a story was rejected or accepted and is open again now.
func restarted(from, to State) bool {
	return from == Rejected && to == Started || from == Accepted && (to == Started || to == Unstarted)
}

func stateNote(user string, st Story, from State, p Project, operation string) string {
	verb := stateVerb(st.State)
	if restarted(from, st.State) {
		verb = "restarted"
	}
	return fmt.Sprintf("%s %s story %s “%s” in %s · %s", user, verb, st.ID, st.Name, p.Name, Reference(st.ID, operation))
}

func commentNote(c Comment, st Story, p Project, operation string) string {
	return fmt.Sprintf("%s on story %s “%s” in %s:\n\n%s\n\n%s", c.Author, st.ID, st.Name, p.Name, c.Text, Reference(st.ID, operation))
}
