package tracker

import (
	"fmt"
	"slices"
	"time"
)

// MaxTaskText is the longest text of a task in characters, as in Tracker.
const MaxTaskText = 1000

// Task is one thing to be done for a story. Tasks are no secret and no news:
// nothing about them is sent to tickets.
type Task struct {
	ID   TaskID
	Text string
	Done bool
	// CreatedAt is when it was added.
	CreatedAt time.Time
}

// Box is "[x]" when it is done, else "[ ]".
func (t Task) Box() string {
	if t.Done {
		return "[x]"
	}
	return "[ ]"
}

// String writes the task behind its box, such as "[x] Write the docs".
func (t Task) String() string { return t.Box() + " " + t.Text }

// TaskAt is the position of a task in a list, -1 where it is not in it.
func TaskAt(list []Task, id TaskID) int {
	return slices.IndexFunc(list, func(t Task) bool { return t.ID == id })
}

// taskChanges lists what differs between two lists of tasks, as text.
func taskChanges(before, after []Task) []FieldChange {
	var changes []FieldChange
	note := func(old, now string) { changes = append(changes, FieldChange{Field: "task", Old: old, New: now}) }
	for _, t := range before {
		switch i := TaskAt(after, t.ID); {
		case i < 0:
			note(t.String(), "")
		case after[i].String() != t.String():
			note(t.String(), after[i].String())
		}
	}
	for _, t := range after {
		if TaskAt(before, t.ID) < 0 {
			note("", t.String())
		}
	}
	if old, now := CommonTasks(before, after), CommonTasks(after, before); !slices.Equal(old, now) {
		changes = append(changes, FieldChange{Field: "task order", Old: fmt.Sprint(old), New: fmt.Sprint(now)})
	}
	return changes
}

// CommonTasks lists the tasks that are in other too, in the order of list.
func CommonTasks(list, other []Task) []TaskID {
	var ids []TaskID
	for _, t := range list {
		if TaskAt(other, t.ID) >= 0 {
			ids = append(ids, t.ID)
		}
	}
	return ids
}
