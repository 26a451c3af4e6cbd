package links

import (
	"context"
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/tracker/linkcheck"
	"storydesk/tracker/verdict"
	"storydesk/ui/command"
	"storydesk/ui/pane"
)

// gone is a check that finds a link whose story and ticket are no longer linked.
type gone struct{ Checkup }

// Linked says of every drift that its link is gone.
func (gone) Linked(_ context.Context, drifts []linkcheck.Drift) ([]bool, error) {
	return make([]bool, len(drifts)), nil
}

// What is about a link that was removed meanwhile leaves the list, and comes back
// with the link.
func TestFindingFollowsItsLink(t *testing.T) {
	h := pane.NewHost(t.Context(), func(error) {}, func() time.Time { return time.Date(2026, 11, 18, 12, 0, 0, 0, time.UTC) })
	p := New(&command.Commands{Host: h}, UseCases{Checkup: gone{}})
	p.unlinked, p.running = make(map[findingKey]bool), true
	drift := linkcheck.Drift{Kind: linkcheck.Closed, Level: verdict.LevelWarning, Story: tracker.StoryRef{ID: 7}, Text: "the ticket is closed"}
	p.Update(checkStep{run: p.run, progress: linkcheck.Progress{Found: []linkcheck.Drift{drift}}})
	if len(p.found) != 1 {
		t.Fatalf("%d are listed, want 1", len(p.found))
	}
	p.Update(p.Update(pane.Changed{Hint: tracker.HintStories})())
	if len(p.found) != 0 {
		t.Errorf("what is about a link that is gone is listed: %+v", p.found)
	}
	p.Update(linkedRead{asked: p.asked, linked: map[findingKey]bool{keyOf(drift): true}})
	if len(p.found) != 1 {
		t.Errorf("%d are listed after the link came back, want 1", len(p.found))
	}
}
