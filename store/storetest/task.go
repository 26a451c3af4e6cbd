package storetest

import (
	"testing"
	"time"

	"storydesk/tracker"
)

func testTasks(t *testing.T, s *suite) {
	p := s.project("p")
	other := s.story(p.ID, tracker.Started, 1)
	st := tracker.Story{ProjectID: p.ID, State: tracker.Started, Tasks: []tracker.Task{
		{Text: "Write \x1b[31mthe docs", CreatedAt: at(0)}, {Text: `"Tell", support`, Done: true, CreatedAt: at(time.Hour)}, {Text: "third", CreatedAt: at(0)},
	}}
	s.write(func(w tracker.Writer) error { return w.AddStory(&st) })
	story := func(id tracker.StoryID) tracker.Story {
		return get(s, func(r tracker.Reader) (tracker.Story, error) { return r.Story(id) })
	}
	ids := map[tracker.TaskID]bool{}
	for _, task := range st.Tasks {
		ids[task.ID] = true
	}
	if len(ids) != 3 || ids[0] {
		t.Fatalf("new tasks have the ids %v", ids)
	}
	same(t, "tasks of a new story", story(st.ID), st)

	gone := st.Tasks[0]
	st.Tasks = []tracker.Task{st.Tasks[2], st.Tasks[1], {Text: "fourth", CreatedAt: at(0)}}
	st.Tasks[1].Text, st.Tasks[1].Done = "Tell everybody", false
	s.write(func(w tracker.Writer) error { return w.SaveStory(&st) })
	same(t, "tasks of a saved story", story(st.ID), st)
	if ids[st.Tasks[2].ID] {
		t.Errorf("the id %d was used again", st.Tasks[2].ID)
	}
	list := get(s, func(r tracker.Reader) ([]tracker.Story, error) { return r.Stories(p.ID, st.ID) })
	same(t, "tasks in a listing", list, []tracker.Story{st})

	st.Tasks = append(st.Tasks, gone)
	s.write(func(w tracker.Writer) error { return w.SaveStory(&st) })
	same(t, "a task that came back", story(st.ID), st)

	stale := st
	stale.Version--
	stale.Tasks = nil
	s.refused(tracker.CodeConflict, "", func(w tracker.Writer) error { return w.SaveStory(&stale) })
	same(t, "tasks after a conflict", story(st.ID), st)

	s.write(func(w tracker.Writer) error { return w.SaveStory(&other) })
	same(t, "tasks after another story was saved", story(st.ID), st)
	s.write(func(w tracker.Writer) error { return w.RemoveStory(st.ID) })
}
