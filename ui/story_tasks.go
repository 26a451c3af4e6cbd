package ui

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// Actions on a story's tasks.
const (
	actAddTask    actionID = "add-task"
	actToggle     actionID = "toggle"
	actRemoveTask actionID = "remove-task"
)

// editTask and toggleTask ask to edit a task where it stands, and to check it
// off or open it again; addTask asks for a new one.
type (
	editTask   struct{ id tracker.TaskID }
	toggleTask struct{ id tracker.TaskID }
	addTask    struct{}
)

func (editTask) isIntent()   {}
func (toggleTask) isIntent() {}
func (addTask) isIntent()    {}

// task finds a task of the story, -1 when it is not there.
func (p *storyPane) task(id tracker.TaskID) int {
	return slices.IndexFunc(p.detail.Story.Tasks, func(t tracker.Task) bool { return t.ID == id })
}

// taskAtCursor is the task that the cursor is on.
func (p *storyPane) taskAtCursor() (task tracker.Task, place int, ok bool) {
	at, ok := p.doc.cursor.(editTask)
	if !ok || p.detail == nil {
		return task, 0, false
	}
	i := p.task(at.id)
	if i < 0 {
		return task, 0, false
	}
	return p.detail.Story.Tasks[i], i + 1, true
}

// writeTasks writes the tasks with their boxes, and leaves room for a new one.
func (p *storyPane) writeTasks(w *docWriter) {
	st := p.detail.Story
	caption := "Tasks"
	if n := len(st.Tasks); n > 0 {
		caption = fmt.Sprintf("Tasks %d/%d", st.TasksDone(), n)
	}
	w.rule(caption)
	for _, t := range st.Tasks {
		box, role := t.Box(), theme.Text
		if t.Done {
			role = theme.Muted
		}
		first := len(w.lines)
		if margin := []run{{role, box + " "}}; p.editing(editTask{t.ID}) {
			w.leave(margin, 1)
		} else {
			w.paragraph(margin, role, line(t.Text))
			w.linkFrom(first, editTask{t.ID})
		}
		w.spot(first, 0, text.Width(box), toggleTask{t.ID})
	}
	switch {
	case p.editing(addTask{}):
		w.leave([]run{{theme.Text, tracker.Task{}.Box() + " "}}, 1)
	case len(st.Tasks) == 0:
		w.line([]run{{theme.Muted, "None. " + p.keys.key(scopeStory, actAddTask) + " adds one."}})
		w.link(addTask{})
	}
}

// toggleTask checks a task off, or opens it again.
func (p *storyPane) toggleTask(id tracker.TaskID) tea.Cmd {
	i := p.task(id)
	if i < 0 {
		return nil
	}
	story, done := p.id, !p.detail.Story.Tasks[i].Done
	return p.changeTasks(func(ctx context.Context, s *engine.Engine) error {
		_, err := s.Stories.SetTaskDone(ctx, story, id, done)
		return err
	})
}

// onTask does an action on the task that the cursor is on.
func (p *storyPane) onTask(id actionID) tea.Cmd {
	t, place, ok := p.taskAtCursor()
	if !ok {
		return nil
	}
	story := p.id
	switch id {
	case actToggle:
		return p.toggleTask(t.ID)
	case actMoveDown:
		place++
	case actMoveUp:
		place--
	case actRemoveTask:
		return p.changeTasks(func(ctx context.Context, s *engine.Engine) error {
			_, err := s.Stories.RemoveTask(ctx, story, t.ID)
			return err
		})
	}
	if place < 1 || place > len(p.detail.Story.Tasks) {
		return nil
	}
	return p.changeTasks(func(ctx context.Context, s *engine.Engine) error {
		_, err := s.Stories.MoveTask(ctx, story, t.ID, place)
		return err
	})
}

func (p *storyPane) changeTasks(do func(context.Context, *engine.Engine) error) tea.Cmd {
	service, story := p.service, p.id
	return p.changeNamed(func(ctx context.Context) done { return done{err: do(ctx, service), story: story} })
}
