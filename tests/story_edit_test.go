package tests

import (
	"os"
	"path/filepath"
	"testing"
)

// A story is edited where it is read: by keys, by the mouse, in the editor.
func TestStoryIsEditedInPlace(t *testing.T) {
	home := t.TempDir()
	db := filepath.Join(home, "storydesk.db")
	editor := filepath.Join(home, "my editor")
	script := "#!/bin/sh\nfor file; do :; done\nprintf 'Rotate all keys\\n\\nEvery quarter.\\n' > \"$file\"\n"
	if err := os.WriteFile(editor, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	x := startWith(t, []string{"VISUAL='" + editor + "' --wait", "EDITOR=false"}, 120, 30, home, "--db", db)
	x.sees("create stories without Zendesk")
	x.press("n", "Rotate the keys", "enter")
	x.sees("Rotate the keys", "p points")

	x.press("E")
	x.sees("S-1 saved", "Rotate all keys", "Every quarter.")
	x.press("enter", " soon", "enter")
	x.sees("Rotate all keys soon", "esc back") // it saved
	x.press("a", "Write the docs", "enter")
	x.sees("Tasks 0/1")
	x.press("Tell support", "enter")
	x.sees("Tasks 0/2")
	x.press("esc")

	x.over("[ ] Tell support").click()
	x.sees("Tasks 1/2", "[x] Tell support")
	x.over("no labels").click()
	x.sees("Labels of S-1")
	x.press("ops", "enter", "ctrl+s")
	x.sees("labels ops")
	x.over("Write the docs").click()
	x.press(" first", "enter")
	x.sees("changed the task “Write the docs”")

	var story struct {
		Name        string
		Description string
		Labels      []string
		Tasks       []struct {
			Text string
			Done bool
		}
	}
	twin(t, home, &story, "--db", db, "story", "show", "1")
	if story.Name != "Rotate all keys soon" || story.Description != "Every quarter." || len(story.Labels) != 1 ||
		len(story.Tasks) != 2 || story.Tasks[0].Text != "Write the docs first" || !story.Tasks[1].Done {
		t.Errorf("story = %+v", story)
	}
}
