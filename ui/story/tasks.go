package story

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// editTask and toggleTask ask to edit a task where it stands, and to complete it
// or reopen it; addTask asks for a new one.
type (
	editTask   struct{ id tracker.TaskID }
	toggleTask struct{ id tracker.TaskID }
	addTask    struct{}
)

// IsIntent marks an intent.
func (editTask) IsIntent() {}

// IsIntent marks an intent.
func (toggleTask) IsIntent() {}

// IsIntent marks an intent.
func (addTask) IsIntent() {}

// tasks changes the tasks of a story.
type tasks struct {
	*host
	// latest is the story as it was read last.
	latest func() tracker.Story
}

// taskIn is the place of a task among those of a story, from 0; -1 when it is not
// there.
func taskIn(st tracker.Story, id tracker.TaskID) int {
	return slices.IndexFunc(st.Tasks, func(t tracker.Task) bool { return t.ID == id })
}

// at is the task that a stop is for, with its position from 1.
func (t *tasks) at(stop intent.Intent) (task tracker.Task, position int, ok bool) {
	on, ok := stop.(editTask)
	if !ok {
		return task, 0, false
	}
	st := t.latest()
	i := taskIn(st, on.id)
	if i < 0 {
		return task, 0, false
	}
	return st.Tasks[i], i + 1, true
}

// none says that no task is at a stop, empty where one is.
func (t *tasks) none(stop intent.Intent) string {
	if _, _, ok := t.at(stop); !ok {
		return "no task is selected"
	}
	return ""
}

// toggle completes the task at a stop, or reopens it.
func (t *tasks) toggle(stop intent.Intent) tea.Cmd {
	task, _, ok := t.at(stop)
	if !ok {
		return nil
	}
	story := t.latest().ID
	return t.change(func(ctx context.Context, s UseCases) error {
		_, err := s.Stories.SetTaskDone(ctx, story, task.ID, !task.Done)
		return err
	})
}

// move takes the task at a stop by positions, down when positive.
func (t *tasks) move(stop intent.Intent, by int) tea.Cmd {
	task, position, ok := t.at(stop)
	st, to := t.latest(), position+by
	if !ok || to < 1 || to > len(st.Tasks) {
		return nil
	}
	return t.change(func(ctx context.Context, s UseCases) error {
		_, err := s.Stories.MoveTask(ctx, st.ID, task.ID, to)
		return err
	})
}

// remove removes the task at a stop.
func (t *tasks) remove(stop intent.Intent) tea.Cmd {
	task, _, ok := t.at(stop)
	if !ok {
		return nil
	}
	story := t.latest().ID
	return t.change(func(ctx context.Context, s UseCases) error {
		_, err := s.Stories.RemoveTask(ctx, story, task.ID)
		return err
	})
}

func (t *tasks) change(do func(context.Context, UseCases) error) tea.Cmd {
	service, story := t.Service, t.latest().ID
	return command.ChangeNamed(t.Commands, func(ctx context.Context) pane.Done {
		return pane.Done{Err: do(ctx, service), What: command.Outcome{Story: story}}
	})
}
