package ui_test

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
	w.T.Helper()
	w.Until("the text is saved", func() bool { return w.typesInto(keymap.ScopeStory) })
	w.Idle()
	return w
}

// typesInto reports whether keys go to that scope first.
func (w *world) typesInto(scope keymap.Scope) bool { return w.Top().Scopes()[0] == scope }

// tabTo goes from stop to stop until the cursor stands before a text.
func (w *world) tabTo(text string) *world {
	w.T.Helper()
	for range 40 {
		if strings.Contains(w.Screen(), "▌"+text) {
			return w
		}
		w.Press("tab")
	}
	w.T.Fatalf("the cursor does not stop at %q:\n%s", text, w.Screen())
	return w
}

// clickOn presses the left button on the first place where the screen shows a text.
func (w *world) clickOn(text string) {
	w.T.Helper()
	for y, l := range strings.Split(w.Screen(), "\n") {
		if x := strings.Index(l, text); x >= 0 {
			at := tea.Mouse{X: len([]rune(l[:x])), Y: y, Button: tea.MouseLeft}
			w.Send(tea.MouseClickMsg(at))
			w.Send(tea.MouseReleaseMsg(at))
			return
		}
	}
	w.T.Fatalf("%q is nowhere on the screen\n%s", text, w.Screen())
}

func TestEditFieldsByKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("enter").Write(" soon").Press("enter")
	w.edited().See("Rotate the keys soon")

	w.Press("j", "enter")
	w.See("Type of S-1")
	w.Write("rel").Press("enter")
	w.See("release · no owner · requested by Ada Lovelace")
	w.See("no labels · no deadline")

	w.Press("j", "e")
	w.See("Owners of S-1")
	w.See("[ ] Ada Lovelace")
	w.Press("enter").Write("Grace Hopper").Press("enter", "ctrl+s")
	w.See("owner Ada Lovelace, Grace Hopper")
	w.Press("j", "enter")
	w.See("Requester of S-1")
	w.See("┃  Grace Hopper")
	w.Write("hopper").Press("enter")
	w.See("requested by Grace Hopper")
	w.Press("j", "enter").Write("Ops").Press("enter").Write("p1").Press("enter", "ctrl+s")
	w.See("labels ops, p1")
	w.Press("j", "enter").Write("2026-12-24").Press("enter")
	w.See("due 24 Dec 2026")

	w.Press("tab", "enter").Write("Every quarter,").Press("enter").Write("at least.").Press("ctrl+s")
	w.edited().See("at least.")
	got := w.read(st.ID).Story
	if got.Name != "Rotate the keys soon" || got.Type != tracker.Release || got.Description != "Every quarter,\nat least." ||
		strings.Join(got.Labels, "|") != "ops|p1" || strings.Join(got.Owners, "|") != "Ada Lovelace|Grace Hopper" || got.Requester != "Grace Hopper" {
		t.Errorf("story = %+v", got)
	}
	w.Press("u")
	w.Until("the description is taken back", func() bool { return w.read(st.ID).Story.Description == "" })
}

func TestEditFieldsByMouse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	if _, err := w.Service.Stories.AddTask(t.Context(), st.ID, "Tell support"); err != nil {
		t.Fatal(err)
	}
	w.Start(120, 40).detail(st.ID)
	w.clickOn("no labels")
	w.See("Labels of S-1")
	w.Write("ops").Press("enter", "ctrl+s")
	w.See("labels ops")
	w.clickOn("[ ] Tell")
	w.See("[x] Tell support")
	w.See("Tasks 1/1")
	w.clickOn("Tell support")
	w.Write(" first")
	w.clickOn("labels ops")
	w.See("save or cancel your edit first")
	w.Press("enter")
	w.edited().See("[x] Tell support first")
	w.clickOn("1 point")
	w.See("Points of S-1")
	w.Press("3")
	w.See("3 points")
}

func TestEditIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("e").Write("!!").Press("esc")
	if screen := w.Screen(); strings.Contains(screen, "!!") || !strings.Contains(screen, "Rotate the keys") {
		t.Errorf("after esc:\n%s", screen)
	}
	w.Press("e", "ctrl+u", "enter")
	w.See("a story needs a name")
	w.Write("Keep them").Press("enter")
	w.edited().See("Keep them")
}

func TestEditOfWhatOthersChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("e", "ctrl+u").Write("Mine")
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Labels: &[]string{"theirs"}}); err != nil {
		t.Fatal(err)
	}
	w.Press("enter")
	w.edited().See("labels theirs")
	w.See("Mine")

	w.Press("e", "ctrl+u").Write("Mine again")
	w.See("Mine again")
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: new("Theirs")}); err != nil {
		t.Fatal(err)
	}
	w.Press("enter")
	w.See("Ada Lovelace changed the name just now. It is now “Theirs”.")
	w.Press("m")
	w.Until("it is saved", func() bool { return w.read(st.ID).Story.Name == "Mine again" })
}

// Whoever's text counts in the end, nothing that was typed is lost.
func TestWhoseTextCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	theirs := func(edit tracker.StoryEdit) {
		t.Helper()
		if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, edit); err != nil {
			t.Fatal(err)
		}
	}
	w.Start(120, 40).detail(st.ID)
	w.Press("e", "ctrl+u").Write("Mine")
	theirs(tracker.StoryEdit{Name: new("Theirs")})
	w.Press("enter")
	w.See("Ada Lovelace changed the name just now. It is now “Theirs”.  t keep theirs  m take mine  esc edit again")

	// Edited again: what was typed is still there, and another change is told as well.
	w.Press("esc")
	w.See("Mine")
	w.Write(" too")
	theirs(tracker.StoryEdit{Name: new("Theirs again")})
	w.Press("enter")
	w.See("It is now “Theirs again”.")
	w.Press("t")
	w.See("Theirs stays; yours is saved as a draft, E continues it")
	w.Idle()
	if draft, err := w.Service.Settings.Draft(t.Context(), "story/S-1/text"); err != nil || draft != "Mine too\n" {
		t.Errorf("the draft is %q, %v", draft, err)
	}
	if got := w.read(st.ID).Story.Name; got != "Theirs again" {
		t.Errorf("the name is %q", got)
	}

	// What was written in the editor and not saved yet is in that draft, too.
	draft := func(text string) {
		t.Helper()
		if err := w.Service.Settings.SaveDraft(t.Context(), "story/S-1/text", text); err != nil {
			t.Fatal(err)
		}
	}
	draft("Mine long ago\n\nA whole description.")
	w.Press("esc").detail(st.ID)
	w.Press("e", "ctrl+u").Write("Mine now")
	theirs(tracker.StoryEdit{Name: new("Theirs for good")})
	w.Press("enter").See("It is now “Theirs for good”.")
	w.Press("t").See("Theirs stays")
	w.Idle()
	if got, err := w.Service.Settings.Draft(t.Context(), "story/S-1/text"); err != nil || got != "Mine now\n\nMine long ago\n\nA whole description." {
		t.Errorf("the draft is %q, %v", got, err)
	}
	draft("")
	w.Press("esc").detail(st.ID)

	w.tabTo("None yet.").Press("enter").Write("My text")
	theirs(tracker.StoryEdit{Description: new("Their text")})
	w.Press("ctrl+s")
	w.See("Ada Lovelace changed the description just now.")
	w.Press("t")
	w.See("unsaved draft, enter continues it")
	w.Idle()
	if draft, err := w.Service.Settings.Draft(t.Context(), "story/S-1/description"); err != nil || draft != "My text" {
		t.Errorf("the draft is %q, %v", draft, err)
	}
	if got := w.read(st.ID).Story.Description; got != "Their text" {
		t.Errorf("the description is %q", got)
	}
}

// A choice is made of what was there when it was offered.
func TestChosenOwnersDoNotReplaceWhatOthersChose(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.clickOn("no owner")
	w.See("Owners of S-1")
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Owners: &[]string{"Grace"}}); err != nil {
		t.Fatal(err)
	}
	w.Write("Sam").Press("enter", "ctrl+s")
	w.See("Ada Lovelace changed the owners of S-1 meanwhile. Check it, then save again")
	if got := w.read(st.ID).Story.Owners; len(got) != 1 || got[0] != "Grace" {
		t.Errorf("owners %v", got)
	}
}

func TestDescriptionOutlivesACrash(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	const key = "story/S-1/description"
	describe := func(text string) { w.tabTo(text).Press("enter") }
	describe("None yet.")
	w.Write("Every quarter")
	w.crash(key)
	w.detail(st.ID)
	w.See("unsaved draft, enter continues it")
	describe("None yet.")
	w.See("Every quarter")
	w.Write(".").Press("esc")
	w.See("Discard changes?")
	w.Press("esc")
	w.Write("!").Press("backspace", "esc")
	w.See("Discard changes?")
	w.Press("k")
	w.See("Draft saved")
	w.See("unsaved draft, enter continues it")
	describe("None yet.")
	w.Press("ctrl+s")
	w.edited().See("Every quarter.")
	if text, err := w.Service.Settings.Draft(t.Context(), key); err != nil || text != "" {
		t.Errorf("saved, and %q is still saved (%v)", text, err)
	}
	describe("Every quarter.")
	w.Write(" Maybe").Send(dialog.DraftDue{Key: key})
	saved := func() string {
		text, err := w.Service.Settings.Draft(t.Context(), key)
		must(t, err)
		return text
	}
	w.Until("the draft is saved", func() bool { return saved() == "Every quarter. Maybe" })
	w.Press("esc", "d")
	w.Until("the draft is discarded", func() bool {
		return w.typesInto(keymap.ScopeStory) && !strings.Contains(w.Screen(), "unsaved draft") && saved() == ""
	})
	if got := w.read(st.ID).Story.Description; got != "Every quarter." {
		t.Errorf("description = %q", got)
	}
}

func TestTasksByKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	w.Press("space")
	w.See("no task, blocker, review or attachment is selected")
	w.Press("a").Write("Write the docs").Press("enter")
	w.See("Tasks 0/1")
	w.Write("Tell support").Press("enter")
	w.See("Tasks 0/2")
	w.Press("esc")
	w.edited().See("▌[ ] Tell support")
	w.Press("space")
	w.See("[x] Tell support")
	w.Press("K")
	w.Until("it is first", func() bool { return w.read(st.ID).Story.Tasks[0].Text == "Tell support" })
	w.Idle()
	w.Press("X")
	w.See("Tasks 0/1")
	w.Press("u")
	w.See("Tasks 1/2")
}

func TestWriteStoryInEditor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	const key = "story/S-1/text"
	p := w.Top().(*story.Pane)
	back := func(text string, err error) {
		w.Until("the last text was read again", func() bool { return !p.Waits(keymap.Action{}) })
		w.Press("E")
		w.Send(dialog.TextEdited{Key: key, Text: text, Err: err})
	}
	back("Rotate the keys\n", nil)
	w.See("No changes")
	back("Rotate all keys\n\nEvery quarter,\n\nat least.\n", nil)
	w.See("Rotate all keys")
	w.See("at least.")
	w.Until("it is saved", func() bool {
		got := w.read(st.ID).Story
		return got.Name == "Rotate all keys" && got.Description == "Every quarter,\n\nat least."
	})

	w.Idle()
	back("Half a thought\n", errors.New("editor vi: exit status 1"))
	w.See("exit status 1; your text is saved as a draft, E continues it")
	w.See("Unsaved text from the editor")
	if got := w.read(st.ID).Story.Name; got != "Rotate all keys" {
		t.Errorf("name = %q", got)
	}
	w.Until("the text is saved", func() bool {
		text, err := w.Service.Settings.Draft(t.Context(), key)
		return err == nil && text == "Half a thought\n"
	})
	w.Start(120, 40).detail(st.ID)
	w.See("Unsaved text from the editor")
}

func TestWriteStoryThatOthersChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	st := w.Story("Rotate the keys", tracker.Backlog, 1)
	w.Start(120, 40).detail(st.ID)
	const key = "story/S-1/text"
	w.Press("E")
	if _, err := w.Service.Stories.Edit(t.Context(), []tracker.StoryID{st.ID}, tracker.StoryEdit{Name: new("Theirs")}); err != nil {
		t.Fatal(err)
	}
	w.Send(dialog.TextEdited{Key: key, Text: "Mine\n\nText"})
	w.See("Ada Lovelace changed the name of S-1 meanwhile")
	w.See("Unsaved text from the editor")
	if text, err := w.Service.Settings.Draft(t.Context(), key); err != nil || text != "Mine\n\nText" {
		t.Errorf("saved %q, %v", text, err)
	}
	if got := w.read(st.ID).Story; got.Name != "Theirs" || got.Description != "" {
		t.Errorf("story = %q, %q", got.Name, got.Description)
	}
}
