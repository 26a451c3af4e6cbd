package story

import (
	"testing"

	"storydesk/tracker"
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
