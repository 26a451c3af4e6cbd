package story

import (
	"errors"
	"testing"

	"storydesk/tracker"
	"storydesk/ui/dialog"
)

func TestStoryTextIsReadAsItWasWritten(t *testing.T) {
	for _, st := range []tracker.Story{
		{Name: "a"}, {Name: "a", Description: "b"}, {Name: "a", Description: "b\n\nc\n"}, {Name: "a", Description: "\n  indented"}, {Name: "two\nlines"},
	} {
		if edit, changed := editOf(st, storyText(st)); changed {
			t.Errorf("%+v: changed to %+v", st, edit)
		}
	}
}

func TestWrittenTextOutlivesAFailure(t *testing.T) {
	w := newWritten(&host{Commands: newHost(t)}, 7)
	w.update(dialog.DraftRead{Key: w.Key})
	w.base = tracker.Story{ID: 7, Name: "Export"}
	w.update(dialog.TextEdited{Key: "comment/S-7", Text: "Of a comment."})
	if w.Kept != "" {
		t.Fatalf("it took another text: %q", w.Kept)
	}
	w.update(dialog.TextEdited{Key: w.Key, Text: "Exported\n", Err: errors.New("editor vi: exit status 1")})
	if w.Kept != "Exported\n" {
		t.Errorf("what the failed editor left is %q", w.Kept)
	}
	w.update(dialog.TextEdited{Key: w.Key, Text: "Export\n"})
	if w.Kept != "" || w.Toasts.Current.Text != "No changes" {
		t.Errorf("the draft is %q, said %q", w.Kept, w.Toasts.Current.Text)
	}
}
