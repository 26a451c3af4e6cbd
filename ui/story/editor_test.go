package story

import (
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"storydesk/tracker"
	"storydesk/tracker/plaintext"
	"storydesk/ui/dialog"
	"storydesk/ui/document"
	"storydesk/ui/keymap"
	"storydesk/ui/present"
)

// editing is an editor of a story, whose fields can be changed as by a reading.
func editing(t *testing.T) (*editor, *tracker.Story) {
	t.Helper()
	st := &tracker.Story{ID: 7, Name: "Export", Description: "It is empty.", Tasks: []tracker.Task{{ID: 1, Text: "Look"}, {ID: 2, Text: "Fix"}}}
	e := newEditor(&host{Commands: newHost(t)}, st.ID, &document.Document{}, func() tracker.Story { return *st })
	e.draft.Read = true
	return &e, st
}

func (e *editor) write(text string) {
	for _, r := range text {
		e.update(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
}

func TestEditorBeginsWithTheTextOfTheStop(t *testing.T) {
	e, _ := editing(t)
	for _, test := range []struct {
		what  interface{ IsIntent() }
		value string
		scope keymap.Scope
	}{
		{EditField{present.FieldName}, "Export", keymap.ScopeField},
		{EditField{fieldDescription}, "It is empty.", keymap.ScopeDescription},
		{editTask{2}, "Fix", keymap.ScopeField},
		{addTask{}, "", keymap.ScopeField},
	} {
		e.begin(test.what)
		if !e.on(test.what) || e.edit.value() != test.value || e.scope() != test.scope || e.edit.dirty() {
			t.Errorf("%v: on it %t, %q in %s, dirty %t", test.what, e.on(test.what), e.edit.value(), e.scope(), e.edit.dirty())
		}
		e.close()
	}
	if e.begin(editTask{9}); e.open() {
		t.Error("a task that is gone is edited")
	}
}

func TestEditorRefusesWhatIsTooLongForALine(t *testing.T) {
	e, st := editing(t)
	st.Name = strings.Repeat("x", plaintext.MaxLine+1)
	e.begin(EditField{present.FieldName})
	if e.open() || e.Toasts.Current == nil || !strings.HasPrefix(e.Toasts.Current.Text, "this is too long to edit in one line") {
		t.Errorf("editing %t, said %+v", e.open(), e.Toasts.Current)
	}
}

func TestEditorTypesAndSavesOnce(t *testing.T) {
	e, _ := editing(t)
	e.begin(EditField{present.FieldName})
	e.write("ed")
	if e.edit.value() != "Exported" || !e.edit.dirty() {
		t.Fatalf("it is %q", e.edit.value())
	}
	if e.save(); !e.Busy() || e.busy() == "" {
		t.Fatal("it is not being saved")
	}
	e.write("!")
	if e.edit.value() != "Exported" {
		t.Errorf("typed while it is being saved: %q", e.edit.value())
	}
	if e.saved(nil); e.open() {
		t.Error("it is still edited after it was saved")
	}
}

func TestEditorJustEndsWhereNothingWasChanged(t *testing.T) {
	e, _ := editing(t)
	e.begin(EditField{present.FieldName})
	if e.save(); e.Busy() || e.open() {
		t.Errorf("a change %t, editing %t", e.Busy(), e.open())
	}
}

// After a change by somebody else, saving again replaces theirs.
func TestEditorSavesOverAChangeThatTheUserHasSeen(t *testing.T) {
	e, _ := editing(t)
	e.begin(EditField{present.FieldName})
	e.write("ed")
	e.save()
	e.saved(fmt.Errorf("saving: %w", &tracker.OvertakenError{Field: "name", Now: tracker.Story{ID: 7, Version: 9}}))
	if !e.open() || e.edit.base.Version != 9 || e.saving() || e.edit.value() != "Exported" {
		t.Errorf("editing %t, base %v, saving %t", e.open(), e.edit.base, e.saving())
	}
	e.save()
	if e.saved(tracker.Errorf(tracker.CodeUnavailable, "locked")); !e.open() || e.edit.value() != "Exported" {
		t.Error("what could not be saved is gone")
	}
}

func TestEditorGoesOnWithTheNextTask(t *testing.T) {
	e, st := editing(t)
	e.begin(addTask{})
	e.write("Tell")
	e.save()
	st.Tasks = append(st.Tasks, tracker.Task{ID: 3, Text: "Tell"})
	if e.saved(nil); !e.on(addTask{}) || e.edit.value() != "" {
		t.Fatalf("on a new task %t, %q", e.on(addTask{}), e.edit.value())
	}
	if e.leave(); e.open() || e.doc.Cursor != (editTask{3}) {
		t.Errorf("editing %t, the cursor is on %v", e.open(), e.doc.Cursor)
	}
}

func TestEditorKeepsTheDescriptionAsADraft(t *testing.T) {
	e, _ := editing(t)
	e.update(dialog.DraftRead{Key: e.draft.Key, Text: "Begun."})
	e.begin(EditField{fieldDescription})
	if e.edit.value() != "Begun." || !e.edit.dirty() {
		t.Fatalf("it begins with %q, dirty %t", e.edit.value(), e.edit.dirty())
	}
	e.update(dialog.TextEdited{Key: e.edit.key, Text: "Written elsewhere."})
	if e.edit.value() != "Written elsewhere." || e.draft.Kept != "Written elsewhere." {
		t.Errorf("the text is %q, the draft %q", e.edit.value(), e.draft.Kept)
	}
	e.update(dialog.TextEdited{Key: "comment/S-7", Text: "Of a comment."})
	if e.edit.value() != "Written elsewhere." {
		t.Errorf("it took another text: %q", e.edit.value())
	}
	e.edit.text.SetValue(strings.Repeat("x", tracker.MaxStoryDescription+3))
	if got := e.cannotSave(); !strings.HasSuffix(got, "remove 3") {
		t.Errorf("a text that is too long: %q", got)
	}
}
