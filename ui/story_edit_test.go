package ui

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/keymap"
	"storydesk/ui/story"
)

// edited waits until the text in place is saved, which ends its editing.
func (w *world) edited() *world {
	w.t.Helper()
	w.until("the text is saved", func() bool { return w.typesInto(keymap.ScopeStory) })
	w.idle()
	return w
}

// typesInto reports whether keys go to that scope first.
func (w *world) typesInto(scope keymap.Scope) bool { return w.top().Scopes()[0] == scope }

// tabTo goes from stop to stop until the cursor stands before a text.
func (w *world) tabTo(text string) *world {
	w.t.Helper()
	for range 40 {
		if strings.Contains(w.screen(), "▌"+text) {
			return w
		}
		w.press("tab")
	}
	w.t.Fatalf("the cursor does not stop at %q:\n%s", text, w.screen())
	return w
}

// clickOn presses the left button on the first place where the screen shows a text.
func (w *world) clickOn(text string) {
	w.t.Helper()
	for y, l := range strings.Split(w.screen(), "\n") {
		if x := strings.Index(l, text); x >= 0 {
			at := tea.Mouse{X: len([]rune(l[:x])), Y: y, Button: tea.MouseLeft}
			w.send(tea.MouseClickMsg(at))
			w.send(tea.MouseReleaseMsg(at))
			return
		}
	}
	w.t.Fatalf("%q is nowhere on the screen\n%s", text, w.screen())
}

func TestEditFieldsByKey(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("enter").write(" soon").press("enter")
	w.edited().see("Rotate the keys soon")

	w.press("j", "enter")
	w.see("Type of S-1")
	w.write("rel").press("enter")
	w.see("release · no owner · requested by Ada Lovelace")
	w.see("no labels · no deadline")

	w.press("j", "e")
	w.see("Owners of S-1")
	w.see("[ ] Ada Lovelace")
	w.press("enter").write("Grace Hopper").press("enter", "ctrl+s")
	w.see("owner Ada Lovelace, Grace Hopper")
	w.press("j", "enter")
	w.see("Requester of S-1")
	w.see("[ ] Grace Hopper")
	w.write("hopper").press("enter")
	w.see("requested by Grace Hopper")
	w.press("j", "enter").write("Ops").press("enter").write("p1").press("enter", "ctrl+s")
	w.see("labels ops, p1")
	w.press("j", "enter").write("2026-12-24").press("enter")
	w.see("due 24 Dec 2026")

	w.press("tab", "enter").write("Every quarter,").press("enter").write("at least.").press("ctrl+s")
	w.edited().see("at least.")
	got := w.read(st.ID).Story
	if got.Name != "Rotate the keys soon" || got.Type != tracker.Release || got.Description != "Every quarter,\nat least." ||
		strings.Join(got.Labels, "|") != "ops|p1" || strings.Join(got.Owners, "|") != "Ada Lovelace|Grace Hopper" || got.Requester != "Grace Hopper" {
		t.Errorf("story = %+v", got)
	}
	w.press("u")
	w.until("the description is taken back", func() bool { return w.read(st.ID).Story.Description == "" })
}

func TestEditFieldsByMouse(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	if _, err := w.svc.Stories.AddTask(t.Context(), st.ID, "Tell support"); err != nil {
		t.Fatal(err)
	}
	w.start(120, 40).detail(st.ID)
	w.clickOn("no labels")
	w.see("Labels of S-1")
	w.write("ops").press("enter", "ctrl+s")
	w.see("labels ops")
	w.clickOn("[ ] Tell")
	w.see("[x] Tell support")
	w.see("Tasks 1/1")
	w.clickOn("Tell support")
	w.write(" first")
	w.clickOn("labels ops")
	w.see("save or cancel your edit first")
	w.press("enter")
	w.edited().see("[x] Tell support first")
	w.clickOn("1 point")
	w.see("Points of S-1")
	w.press("3")
	w.see("3 points")
}

func TestEditIsLeft(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("e").write("!!").press("esc")
	if screen := w.screen(); strings.Contains(screen, "!!") || !strings.Contains(screen, "Rotate the keys") {
		t.Errorf("after esc:\n%s", screen)
	}
	w.press("e", "ctrl+u", "enter")
	w.see("a story needs a name")
	w.write("Keep them").press("enter")
	w.edited().see("Keep them")
}

func TestEditOfWhatOthersChanged(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("e", "ctrl+u").write("Mine")
	if _, err := w.svc.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Labels: &[]string{"theirs"}}); err != nil {
		t.Fatal(err)
	}
	w.press("enter")
	w.edited().see("labels theirs")
	w.see("Mine")

	w.press("e", "ctrl+u").write("Mine again")
	w.see("Mine again")
	if _, err := w.svc.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: new("Theirs")}); err != nil {
		t.Fatal(err)
	}
	w.press("enter")
	w.see("the name of S-1 has changed meanwhile")
	w.press("enter")
	w.until("it is saved", func() bool { return w.read(st.ID).Story.Name == "Mine again" })
}

func TestDescriptionOutlivesACrash(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	const key = "story/S-1/description"
	describe := func(text string) { w.tabTo(text).press("enter") }
	describe("None yet.")
	w.write("Every quarter")
	w.crash(key)
	w.detail(st.ID)
	w.see("unsaved draft, enter continues it")
	describe("None yet.")
	w.see("Every quarter")
	w.write(".").press("esc")
	w.see("Discard changes?")
	w.press("esc")
	w.write("!").press("backspace", "esc")
	w.see("Discard changes?")
	w.press("k")
	w.see("Draft saved")
	w.see("unsaved draft, enter continues it")
	describe("None yet.")
	w.press("ctrl+s")
	w.edited().see("Every quarter.")
	if text, err := w.svc.Settings.Draft(t.Context(), key); err != nil || text != "" {
		t.Errorf("saved, and %q is still saved (%v)", text, err)
	}
	describe("Every quarter.")
	w.write(" Maybe").send(dialog.DraftDue{Key: key})
	saved := func() string {
		text, err := w.svc.Settings.Draft(t.Context(), key)
		must(t, err)
		return text
	}
	w.until("the draft is saved", func() bool { return saved() == "Every quarter. Maybe" })
	w.press("esc", "d")
	w.until("the draft is discarded", func() bool {
		return w.typesInto(keymap.ScopeStory) && !strings.Contains(w.screen(), "unsaved draft") && saved() == ""
	})
	if got := w.read(st.ID).Story.Description; got != "Every quarter." {
		t.Errorf("description = %q", got)
	}
}

func TestTasksByKey(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	w.press("space")
	w.see("no task is selected")
	w.press("a").write("Write the docs").press("enter")
	w.see("Tasks 0/1")
	w.write("Tell support").press("enter")
	w.see("Tasks 0/2")
	w.press("esc")
	w.edited().see("▌[ ] Tell support")
	w.press("space")
	w.see("[x] Tell support")
	w.press("K")
	w.until("it is first", func() bool { return w.read(st.ID).Story.Tasks[0].Text == "Tell support" })
	w.idle()
	w.press("X")
	w.see("Tasks 0/1")
	w.press("u")
	w.see("Tasks 1/2")
}

func TestWriteStoryInEditor(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	const key = "story/S-1/text"
	p := w.top().(*story.Pane)
	back := func(text string, err error) {
		w.until("the last text was read again", func() bool { return !p.Waits(keymap.Action{}) })
		w.press("E")
		w.send(dialog.TextEdited{Key: key, Text: text, Err: err})
	}
	back("Rotate the keys\n", nil)
	w.see("No changes")
	back("Rotate all keys\n\nEvery quarter,\n\nat least.\n", nil)
	w.see("Rotate all keys")
	w.see("at least.")
	w.until("it is saved", func() bool {
		got := w.read(st.ID).Story
		return got.Name == "Rotate all keys" && got.Description == "Every quarter,\n\nat least."
	})

	w.idle()
	back("Half a thought\n", errors.New("editor vi: exit status 1"))
	w.see("exit status 1; your text is saved as a draft, E continues it")
	w.see("Unsaved text from the editor")
	if got := w.read(st.ID).Story.Name; got != "Rotate all keys" {
		t.Errorf("name = %q", got)
	}
	w.until("the text is saved", func() bool {
		text, err := w.svc.Settings.Draft(t.Context(), key)
		return err == nil && text == "Half a thought\n"
	})
	w.start(120, 40).detail(st.ID)
	w.see("Unsaved text from the editor")
}

func TestWriteStoryThatOthersChanged(t *testing.T) {
	w := newWorld(t)
	st := w.story("Rotate the keys", tracker.Backlog, 1)
	w.start(120, 40).detail(st.ID)
	const key = "story/S-1/text"
	w.press("E")
	if _, err := w.svc.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: new("Theirs")}); err != nil {
		t.Fatal(err)
	}
	w.send(dialog.TextEdited{Key: key, Text: "Mine\n\nText"})
	w.see("has changed meanwhile")
	w.see("Unsaved text from the editor")
	if text, err := w.svc.Settings.Draft(t.Context(), key); err != nil || text != "Mine\n\nText" {
		t.Errorf("saved %q, %v", text, err)
	}
	if got := w.read(st.ID).Story; got.Name != "Theirs" || got.Description != "" {
		t.Errorf("story = %q, %q", got.Name, got.Description)
	}
}
