package tracker

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
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

// TasksDone counts the tasks that are done.
func (s Story) TasksDone() int {
	done := 0
	for _, t := range s.Tasks {
		if t.Done {
			done++
		}
	}
	return done
}

// ParseTaskID reads a task's number.
func ParseTaskID(text string) (TaskID, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n <= 0 {
		return 0, Invalid("task", "%q is not a task: give its number, as `storydesk story show` prints it", text)
	}
	return TaskID(n), nil
}

// AddTask adds a task below the others. CodeInvalid, field "task", when it has
// no text or too much.
func (s *Service) AddTask(ctx context.Context, story StoryID, text string) (Story, error) {
	return s.changeStory(ctx, Seen{ID: story}, func(_ Writer, c *change, _ Project) error {
		text, err := taskText(text)
		c.after.Tasks = append(c.after.Tasks, Task{Text: text, CreatedAt: s.Now()})
		c.verb = "task added"
		return err
	})
}

// SetTaskDone checks a task off, or opens it again; CodeNotFound.
func (s *Service) SetTaskDone(ctx context.Context, story StoryID, task TaskID, done bool) (Story, error) {
	verb := "task reopened"
	if done {
		verb = "task done"
	}
	return s.changeTask(ctx, story, task, verb, func(st *Story, i int) error {
		st.Tasks[i].Done = done
		return nil
	})
}

// EditTask gives a task another text. CodeNotFound; CodeInvalid, field "task",
// as AddTask.
func (s *Service) EditTask(ctx context.Context, story StoryID, task TaskID, text string) (Story, error) {
	return s.changeTask(ctx, story, task, "task edited", func(st *Story, i int) (err error) {
		st.Tasks[i].Text, err = taskText(text)
		return err
	})
}

// RemoveTask takes a task away; CodeNotFound.
func (s *Service) RemoveTask(ctx context.Context, story StoryID, task TaskID) (Story, error) {
	return s.changeTask(ctx, story, task, "task removed", func(st *Story, i int) error {
		st.Tasks = slices.Delete(st.Tasks, i, i+1)
		return nil
	})
}

// MoveTask puts a task to a place, counted from 1; past the end is the end.
// CodeNotFound.
func (s *Service) MoveTask(ctx context.Context, story StoryID, task TaskID, place int) (Story, error) {
	return s.changeTask(ctx, story, task, "task moved", func(st *Story, i int) error {
		t := st.Tasks[i]
		to := max(0, min(place-1, len(st.Tasks)-1))
		st.Tasks = slices.Insert(slices.Delete(st.Tasks, i, i+1), to, t)
		return nil
	})
}

func (s *Service) changeTask(
	ctx context.Context, story StoryID, task TaskID, verb string, edit func(st *Story, i int) error,
) (Story, error) {
	return s.changeStory(ctx, Seen{ID: story}, func(_ Writer, c *change, _ Project) error {
		i := taskAt(c.after.Tasks, task)
		if i < 0 {
			return Errorf(CodeNotFound, "%s has no task %d", story, task)
		}
		c.verb = verb
		return edit(&c.after, i)
	})
}

// taskText is the text on one line, for a task is a row of a list.
func taskText(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", Invalid("task", "a task needs some text")
	case n > MaxTaskText:
		return "", Invalid("task", "a task has at most %d characters; this one has %d", MaxTaskText, n)
	}
	return text, nil
}

func taskAt(list []Task, id TaskID) int {
	return slices.IndexFunc(list, func(t Task) bool { return t.ID == id })
}

// taskChanges lists what differs between two lists of tasks, as text.
func taskChanges(before, after []Task) []FieldChange {
	var changes []FieldChange
	note := func(old, now string) { changes = append(changes, FieldChange{Field: "task", Old: old, New: now}) }
	for _, t := range before {
		switch i := taskAt(after, t.ID); {
		case i < 0:
			note(t.String(), "")
		case after[i].String() != t.String():
			note(t.String(), after[i].String())
		}
	}
	for _, t := range after {
		if taskAt(before, t.ID) < 0 {
			note("", t.String())
		}
	}
	if old, now := commonTasks(before, after), commonTasks(after, before); !slices.Equal(old, now) {
		changes = append(changes, FieldChange{Field: "task order", Old: fmt.Sprint(old), New: fmt.Sprint(now)})
	}
	return changes
}

// commonTasks lists the tasks that are in other too, in the order of list.
func commonTasks(list, other []Task) []TaskID {
	var ids []TaskID
	for _, t := range list {
		if taskAt(other, t.ID) >= 0 {
			ids = append(ids, t.ID)
		}
	}
	return ids
}

// restoreTasks takes back in now what changed from before to after. What others
// did to other tasks stays.
func restoreTasks(now, before, after []Task) []Task {
	restored := slices.DeleteFunc(slices.Clone(now), func(t Task) bool {
		return taskAt(after, t.ID) >= 0 && taskAt(before, t.ID) < 0 // it was added
	})
	for i, t := range before {
		at, then := taskAt(restored, t.ID), taskAt(after, t.ID)
		switch {
		case then < 0 && at < 0: // it was removed
			restored = slices.Insert(restored, min(i, len(restored)), t)
		case then >= 0 && at >= 0 && after[then].String() != t.String():
			restored[at].Text, restored[at].Done = t.Text, t.Done
		}
	}
	if !slices.Equal(commonTasks(before, after), commonTasks(after, before)) {
		sortTasks(restored, before)
	}
	return restored
}

// sortTasks puts tasks in the order of a model; those that it lacks come last.
func sortTasks(list, model []Task) {
	place := func(t Task) int {
		if i := taskAt(model, t.ID); i >= 0 {
			return i
		}
		return len(model)
	}
	slices.SortStableFunc(list, func(a, b Task) int { return place(a) - place(b) })
}
