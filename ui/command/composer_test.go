package command

import (
	"strings"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/dialog"
	"storydesk/ui/intent"
	"storydesk/ui/pane"
)

// newHost makes a host without use cases: nothing may reach them.
func newHost(t *testing.T) *Commands {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) }
	return &Commands{Host: pane.NewHost(t.Context(), func(error) {}, now)}
}

func TestComposerSaysWhyItCannotSend(t *testing.T) {
	c := NewComposer(newHost(t), "comment/S-7")
	for text, want := range map[string]string{
		" \n":    "write a comment first",
		"Fixed.": "",
		strings.Repeat("x", tracker.MaxCommentText+2): "remove 2",
	} {
		c.Editor.SetValue(text)
		if got := c.CannotSend(); !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Errorf("%.10q: %q, want %q", text, got, want)
		}
	}
	if c.Sending = true; c.CannotSend() != "saving the comment" || c.saving() == "" {
		t.Errorf("while it is being saved: %q", c.CannotSend())
	}
}

func TestComposerTakesOnlyItsOwnDraft(t *testing.T) {
	c := NewComposer(newHost(t), "comment/S-7")
	c.Editor.SetValue("typed")
	c.Update(dialog.DraftRead{Key: "comment/S-8", Text: "another "})
	c.Update(dialog.TextEdited{Key: "comment/S-8", Text: "another "})
	if c.Read || c.Editor.Value() != "typed" {
		t.Errorf("it took another draft: %q", c.Editor.Value())
	}
	if c.Update(dialog.DraftRead{Key: c.Key, Text: "begun, "}); !c.Read || c.Editor.Value() != "begun, typed" {
		t.Errorf("with its draft it is %q", c.Editor.Value())
	}
	if c.Update(dialog.TextEdited{Key: c.Key, Text: "written"}); c.Editor.Value() != "written" || c.Kept != "written" {
		t.Errorf("from the editor came %q, kept is %q", c.Editor.Value(), c.Kept)
	}
}

func TestCommentOnDeletedStoriesIsNotSent(t *testing.T) {
	p := NewCommentPane(newHost(t), []tracker.StoryID{7})
	p.comment.Editor.SetValue("Fixed.")
	for _, id := range []intent.ActionID{actSend, intent.ActPreview} {
		if got := p.Disabled(id); got != "" {
			t.Errorf("%s: %q", id, got)
		}
	}
	p.show(commentedRead{})
	for _, id := range []intent.ActionID{actSend, intent.ActPreview} {
		if got := p.Disabled(id); got != "the stories have been deleted" {
			t.Errorf("%s: %q", id, got)
		}
	}
	for _, id := range []intent.ActionID{intent.ActBack, intent.ActEditor} {
		if got := p.Disabled(id); got != "" {
			t.Errorf("%s: %q", id, got)
		}
	}
}

// The keys of a composer and of a preview are in the table that the screens join.
func TestComposerActionsAreThoseOfTheTable(t *testing.T) {
	table := ComposerActions()
	records := append(pane.Table(commentActions()), previewActions().Table()...)
	if len(records) != len(table) {
		t.Fatalf("%d records, %d in the table", len(records), len(table))
	}
	for _, r := range records {
		found := false
		for _, a := range table {
			found = found || a.ID == r.ID && a.Scope == r.Scope && a.Help == r.Help
		}
		if !found {
			t.Errorf("%s in %s is not in the table", r.ID, r.Scope)
		}
	}
}
