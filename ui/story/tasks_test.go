package story

import (
	"testing"

	"storydesk/tracker"
	"storydesk/ui/present"
)

func TestTasksAreFoundByTheirStop(t *testing.T) {
	st := tracker.Story{ID: 7, Tasks: []tracker.Task{{ID: 4}, {ID: 5}}}
	list := tasks{&host{Commands: newHost(t)}, func() tracker.Story { return st }}
	if task, position, ok := list.at(editTask{5}); !ok || task.ID != 5 || position != 2 {
		t.Errorf("task %d at %d, %t", task.ID, position, ok)
	}
	if list.none(editTask{4}) != "" {
		t.Error("the first task is not found")
	}
	for _, stop := range []interface{ IsIntent() }{editTask{9}, addTask{}, EditField{present.FieldName}} {
		list.toggle(stop)
		list.move(stop, 1)
		list.remove(stop)
		if list.none(stop) != "no task is selected" || list.Busy() {
			t.Errorf("%v is taken for a task", stop)
		}
	}
}

func TestTasksStayAmongThemselves(t *testing.T) {
	st := tracker.Story{ID: 7, Tasks: []tracker.Task{{ID: 4}, {ID: 5}}}
	for _, test := range []struct {
		id    tracker.TaskID
		by    int
		moves bool
	}{{4, -1, false}, {4, 1, true}, {5, 1, false}, {5, -1, true}} {
		list := tasks{&host{Commands: newHost(t)}, func() tracker.Story { return st }}
		list.move(editTask{test.id}, test.by)
		if moves := list.Busy(); moves != test.moves {
			t.Errorf("task %d by %d: moved %t", test.id, test.by, moves)
		}
	}
}
