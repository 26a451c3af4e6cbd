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

// A name that was typed joins the draft that is there, and nothing of that is lost.
func TestANameJoinsTheDraft(t *testing.T) {
	now := tracker.Story{ID: 7, Name: "Theirs", Description: "Saved."}
	for kept, want := range map[string]string{
		"":                          "Mine\n\nSaved.",
		"Was\n\nDrafted.":           "Mine\n\nDrafted.",
		"Theirs\n\nDrafted.":        "Mine\n\nDrafted.",
		"Mine\n\nDrafted.":          "Mine\n\nDrafted.",
		"Mine long ago\n\nDrafted.": "Mine\n\nMine long ago\n\nDrafted.",
		"Mine long ago\n":           "Mine\n\nMine long ago",
	} {
		w := newWritten(&host{Commands: newHost(t)}, 7)
		w.Kept = kept
		if got := w.named("Mine", now, "Was"); got != want {
			t.Errorf("beside %q: %q, want %q", kept, got, want)
		}
	}
}
