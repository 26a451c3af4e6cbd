package board

import (
	"errors"
	"testing"

	"storydesk/tracker"
)

// What cannot be read is as usual, and said.
func TestPrefsThatCannotBeRead(t *testing.T) {
	b := bare()
	usual := b.columns.View.Kept()
	b.Update(prefsRead{Prefs: prefs{}, Err: tracker.Errorf(tracker.CodeInternal, "no database: %w", errors.New("gone"))})
	if said := b.Toasts.Current; said == nil || said.Text != "no database: gone" {
		t.Errorf("it says %+v", said)
	}
	if now := b.columns.View.Kept(); now != usual || b.columns.HidesLinked {
		t.Errorf("shown are %q", now)
	}
}
