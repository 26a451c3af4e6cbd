package stories_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"storydesk/tracker"
	"storydesk/tracker/trackertest"
)

// tasks writes a story's tasks as people read them.
func (w world) tasks(id tracker.StoryID) string {
	w.T.Helper()
	d, err := w.Engine.Stories.Story(w.T.Context(), id)
	if err != nil {
		w.T.Fatal(err)
	}
	var lines []string
	for _, t := range d.Story.Tasks {
		lines = append(lines, t.String())
	}
	return strings.Join(lines, ", ")
}

func TestTasks(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	st := w.Story(w.Ticket(tracker.TicketNew))
	do := func(changed tracker.Story, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		st = changed
	}
	steps := []string{""}
	step := func(want string) {
		t.Helper()
		if got := w.tasks(st.ID); got != want {
			t.Errorf("tasks are %q, want %q", got, want)
		}
		steps = append(steps, want)
	}
	do(w.Engine.Stories.AddTask(ctx, st.ID, " Write\n the\tdocs "))
	step("[ ] Write the docs")
	do(w.Engine.Stories.AddTask(ctx, st.ID, "Tell support"))
	step("[ ] Write the docs, [ ] Tell support")
	docs, tell := st.Tasks[0].ID, st.Tasks[1].ID
	do(w.Engine.Stories.SetTaskDone(ctx, st.ID, tell, true))
	step("[ ] Write the docs, [x] Tell support")
	do(w.Engine.Stories.MoveTask(ctx, st.ID, tell, 1))
	step("[x] Tell support, [ ] Write the docs")
	do(w.Engine.Stories.EditTask(ctx, st.ID, docs, "Write\r\nall  docs"))
	step("[x] Tell support, [ ] Write all docs")
	do(w.Engine.Stories.RemoveTask(ctx, st.ID, tell))
	step("[ ] Write all docs")

	for i := len(steps) - 2; i >= 0; i-- {
		w.Undo()
		if got := w.tasks(st.ID); got != steps[i] {
			t.Errorf("undone to %q, want %q", got, steps[i])
		}
	}
	for _, want := range steps[1:] {
		w.Redo()
		if got := w.tasks(st.ID); got != want {
			t.Errorf("made again to %q, want %q", got, want)
		}
	}
	if deliveries, _ := w.Deliveries(ctx, st); len(deliveries) != 0 {
		t.Errorf("tasks made notes: %+v", deliveries)
	}
}

func TestTasksRefused(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	st := w.add("Rotate the keys", tracker.Place{Column: tracker.Backlog})
	for text, want := range map[string]string{" ": "needs some text", strings.Repeat("é", tracker.MaxTaskText+1): "at most 1000 characters; this one has 1001"} {
		_, err := w.Engine.Stories.AddTask(ctx, st.ID, text)
		if tracker.CodeOf(err) != tracker.CodeInvalid || !strings.Contains(err.Error(), want) {
			t.Errorf("a task of %d bytes: %v", len(text), err)
		}
	}
	if _, err := w.Engine.Stories.SetTaskDone(ctx, st.ID, 99, true); tracker.CodeOf(err) != tracker.CodeNotFound {
		t.Errorf("a task that is not there: %v", err)
	}
	if got := w.tasks(st.ID); got != "" {
		t.Errorf("tasks are %q", got)
	}
}

// What one person takes back leaves another's tasks alone.
func TestUndoOfTasksLeavesOthers(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	_, other := w.Open(0)
	ctx := t.Context()
	st := w.add("Rotate the keys", tracker.Place{Column: tracker.Backlog})
	if _, err := w.Engine.Stories.AddTask(ctx, st.ID, "mine"); err != nil {
		t.Fatal(err)
	}
	if _, err := other.Stories.AddTask(ctx, st.ID, "theirs"); err != nil {
		t.Fatal(err)
	}
	w.Undo()
	if got := w.tasks(st.ID); got != "[ ] theirs" {
		t.Errorf("after undo: %q", got)
	}
	w.Redo()
	if got := w.tasks(st.ID); !strings.Contains(got, "mine") || !strings.Contains(got, "theirs") {
		t.Errorf("after redo: %q", got)
	}
}

// Whatever is done to tasks, undoing all of it ends where it began, and doing
// it again where it ended.
func TestUndoOfAnyTasks(t *testing.T) {
	t.Parallel()
	w := world{trackertest.New(t)}
	ctx := t.Context()
	rapid.Check(t, func(t *rapid.T) {
		st := w.add("Rotate the keys", tracker.Place{Column: tracker.Icebox})
		done := 0
		for i := range rapid.IntRange(1, 8).Draw(t, "steps") {
			before := fmt.Sprint(st.Tasks)
			var err error
			if len(st.Tasks) == 0 || rapid.Bool().Draw(t, "add") {
				st, err = w.Engine.Stories.AddTask(ctx, st.ID, fmt.Sprintf("task %d", i))
			} else {
				at := rapid.SampledFrom(st.Tasks).Draw(t, "task")
				switch rapid.IntRange(0, 3).Draw(t, "verb") {
				case 0:
					st, err = w.Engine.Stories.SetTaskDone(ctx, st.ID, at.ID, !at.Done)
				case 1:
					st, err = w.Engine.Stories.EditTask(ctx, st.ID, at.ID, at.Text+"!")
				case 2:
					st, err = w.Engine.Stories.MoveTask(ctx, st.ID, at.ID, rapid.IntRange(1, 9).Draw(t, "place"))
				case 3:
					st, err = w.Engine.Stories.RemoveTask(ctx, st.ID, at.ID)
				}
			}
			if err != nil {
				t.Fatal(err)
			}
			if fmt.Sprint(st.Tasks) != before {
				done++
			}
		}
		end := w.tasks(st.ID)
		for range done {
			w.Undo()
		}
		if got := w.tasks(st.ID); got != "" {
			t.Fatalf("undone to %q", got)
		}
		for range done {
			w.Redo()
		}
		if got := w.tasks(st.ID); got != end {
			t.Fatalf("made again to %q, want %q", got, end)
		}
	})
}
