package stories

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"storydesk/tracker"
)

// AddTask adds a task below the others. CodeInvalid, field "task", when it has
// no text or too much.
func (s *tasks) AddTask(ctx context.Context, story tracker.StoryID, text string) (tracker.Story, error) {
	return s.changeStory(ctx, tracker.Seen{ID: story}, func(_ tracker.Writer, c *edited, _ tracker.Project) error {
		text, err := taskText(text)
		c.after.Tasks = append(c.after.Tasks, tracker.Task{Text: text, CreatedAt: s.Now()})
		c.verb = "task added"
		return err
	})
}

// SetTaskDone checks a task off, or opens it again; CodeNotFound.
func (s *tasks) SetTaskDone(ctx context.Context, story tracker.StoryID, task tracker.TaskID, done bool) (tracker.Story, error) {
	verb := "task reopened"
	if done {
		verb = "task done"
	}
	return s.changeTask(ctx, story, task, verb, func(st *tracker.Story, i int) error {
		st.Tasks[i].Done = done
		return nil
	})
}

// EditTask gives a task another text. CodeNotFound; CodeInvalid, field "task",
// as AddTask.
func (s *tasks) EditTask(ctx context.Context, story tracker.StoryID, task tracker.TaskID, text string) (tracker.Story, error) {
	return s.changeTask(ctx, story, task, "task edited", func(st *tracker.Story, i int) (err error) {
		st.Tasks[i].Text, err = taskText(text)
		return err
	})
}

// RemoveTask takes a task away; CodeNotFound.
func (s *tasks) RemoveTask(ctx context.Context, story tracker.StoryID, task tracker.TaskID) (tracker.Story, error) {
	return s.changeTask(ctx, story, task, "task removed", func(st *tracker.Story, i int) error {
		st.Tasks = slices.Delete(st.Tasks, i, i+1)
		return nil
	})
}

// MoveTask puts a task to a place, counted from 1; past the end is the end.
// CodeNotFound.
func (s *tasks) MoveTask(ctx context.Context, story tracker.StoryID, task tracker.TaskID, place int) (tracker.Story, error) {
	return s.changeTask(ctx, story, task, "task moved", func(st *tracker.Story, i int) error {
		t := st.Tasks[i]
		to := max(0, min(place-1, len(st.Tasks)-1))
		st.Tasks = slices.Insert(slices.Delete(st.Tasks, i, i+1), to, t)
		return nil
	})
}

func (s *tasks) changeTask(
	ctx context.Context, story tracker.StoryID, task tracker.TaskID, verb string, edit func(st *tracker.Story, i int) error,
) (tracker.Story, error) {
	return s.changeStory(ctx, tracker.Seen{ID: story}, func(_ tracker.Writer, c *edited, _ tracker.Project) error {
		i := tracker.TaskAt(c.after.Tasks, task)
		if i < 0 {
			return tracker.Errorf(tracker.CodeNotFound, "%s has no task %d", story, task)
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
		return "", tracker.Invalid("task", "a task needs some text")
	case n > tracker.MaxTaskText:
		return "", tracker.Invalid("task", "a task has at most %d characters; this one has %d", tracker.MaxTaskText, n)
	}
	return text, nil
}

// restoreTasks takes back in now what changed from before to after. What others
// did to other tasks stays.
func restoreTasks(now, before, after []tracker.Task) []tracker.Task {
	restored := slices.DeleteFunc(slices.Clone(now), func(t tracker.Task) bool {
		return tracker.TaskAt(after, t.ID) >= 0 && tracker.TaskAt(before, t.ID) < 0 // it was added
	})
	for i, t := range before {
		at, then := tracker.TaskAt(restored, t.ID), tracker.TaskAt(after, t.ID)
		switch {
		case then < 0 && at < 0: // it was removed
			restored = slices.Insert(restored, min(i, len(restored)), t)
		case then >= 0 && at >= 0 && after[then].String() != t.String():
			restored[at].Text, restored[at].Done = t.Text, t.Done
		}
	}
	if !slices.Equal(tracker.CommonTasks(before, after), tracker.CommonTasks(after, before)) {
		sortTasks(restored, before)
	}
	return restored
}

// sortTasks puts tasks in the order of a model; those that it lacks come last.
func sortTasks(list, model []tracker.Task) {
	place := func(t tracker.Task) int {
		if i := tracker.TaskAt(model, t.ID); i >= 0 {
			return i
		}
		return len(model)
	}
	slices.SortStableFunc(list, func(a, b tracker.Task) int { return place(a) - place(b) })
}
