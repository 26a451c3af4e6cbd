package store

import (
	"encoding/json"

	"storydesk/tracker"
)

// saveTasks makes the stored tasks of a story those that it has.
func (w *storyWriter) saveTasks(s *tracker.Story) error {
	var kept []tracker.TaskID
	for _, t := range s.Tasks {
		kept = append(kept, t.ID)
	}
	err := w.Later("removing tasks", "DELETE FROM story_task WHERE story_id = ? AND id NOT IN (SELECT value FROM json_each(?))",
		s.ID, array[tracker.TaskID]{&kept})
	if err != nil {
		return err
	}
	return w.addTasks(s)
}

// addTasks saves the tasks that a story has.
func (w *storyWriter) addTasks(s *tracker.Story) error {
	for i := range s.Tasks {
		if err := w.saveTask(s.ID, i, &s.Tasks[i]); err != nil {
			return err
		}
	}
	return nil
}

// saveTask adds a task or keeps it as it is now. One that was removed comes
// back under its own id.
func (w *storyWriter) saveTask(story tracker.StoryID, position int, t *tracker.Task) error {
	id, err := w.Put("task", "story_task", int64(t.ID), "story_id, position, text, done, created_at",
		`(position, text, done) = (excluded.position, excluded.text, excluded.done)
			WHERE story_task.story_id = excluded.story_id`, story, position, t.Text, t.Done, millis(t.CreatedAt))
	if err == nil {
		t.ID = tracker.TaskID(id)
	}
	return err
}

// tasks reads the column storyTasks of a story.
type tasks struct{ of *[]tracker.Task }

// Scan implements sql.Scanner.
func (t tasks) Scan(column any) error {
	var rows []taskRow
	if err := (array[taskRow]{&rows}).Scan(column); err != nil {
		return err
	}
	*t.of = nil
	for _, row := range rows {
		*t.of = append(*t.of, tracker.Task(row))
	}
	return nil
}

// taskRow is a task in the form of storyTasks.
type taskRow tracker.Task

// UnmarshalJSON implements json.Unmarshaler.
func (t *taskRow) UnmarshalJSON(text []byte) error {
	var done, created int64
	err := json.Unmarshal(text, &[]any{&t.ID, &t.Text, &done, &created})
	t.Done, t.CreatedAt = done != 0, fromMillis(created)
	return err
}
