package story

import (
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/engine"
	"storydesk/ui/command"
	"storydesk/ui/document"
	"storydesk/ui/draw"
	"storydesk/ui/intent"
	"storydesk/ui/keymap"
	"storydesk/ui/pane"
	"storydesk/ui/text"
	"storydesk/ui/theme"
)

// editTask and toggleTask ask to edit a task where it stands, and to check it
// off or open it again; addTask asks for a new one.
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

// task finds a task of the story, -1 when it is not there.
func (p *Pane) task(id tracker.TaskID) int {
	return slices.IndexFunc(p.detail.Story.Tasks, func(t tracker.Task) bool { return t.ID == id })
}

// taskAtCursor is the task that the cursor is on.
func (p *Pane) taskAtCursor() (task tracker.Task, place int, ok bool) {
	at, ok := p.doc.Cursor.(editTask)
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
func (p *Pane) writeTasks(w *document.Writer) {
	st := p.detail.Story
	caption := "Tasks"
	if n := len(st.Tasks); n > 0 {
		caption = fmt.Sprintf("Tasks %d/%d", st.TasksDone(), n)
	}
	w.Rule(caption)
	for _, t := range st.Tasks {
		box, role := t.Box(), theme.Text
		if t.Done {
			role = theme.Muted
		}
		first := len(w.Lines)
		if margin := []draw.Run{{Role: role, Text: box + " "}}; p.editing(editTask{t.ID}) {
			w.Leave(margin, 1)
		} else {
			w.Paragraph(margin, role, draw.Line(t.Text))
			w.LinkFrom(first, editTask{t.ID})
		}
		w.Spot(first, 0, text.Width(box), toggleTask{t.ID})
	}
	switch {
	case p.editing(addTask{}):
		w.Leave([]draw.Run{{Role: theme.Text, Text: tracker.Task{}.Box() + " "}}, 1)
	case len(st.Tasks) == 0:
		w.Line([]draw.Run{{Role: theme.Muted, Text: "None. " + p.Keys.Key(keymap.ScopeStory, intent.ActAddTask) + " adds one."}})
		w.Link(addTask{})
	}
}

// toggleTask checks a task off, or opens it again.
func (p *Pane) toggleTask(id tracker.TaskID) tea.Cmd {
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
func (p *Pane) onTask(id intent.ActionID) tea.Cmd {
	t, place, ok := p.taskAtCursor()
	if !ok {
		return nil
	}
	story := p.id
	switch id {
	case intent.ActToggle:
		return p.toggleTask(t.ID)
	case intent.ActMoveDown:
		place++
	case intent.ActMoveUp:
		place--
	case intent.ActRemoveTask:
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

func (p *Pane) changeTasks(do func(context.Context, *engine.Engine) error) tea.Cmd {
	service, story := p.Service, p.id
	return command.ChangeNamed(p.Host, func(ctx context.Context) pane.Done {
		return pane.Done{Err: do(ctx, service), What: command.Outcome{Story: story}}
	})
}
