package story

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/command"
	"storydesk/ui/pane"
)

// The story is laid out anew with every second that it counts down, and else not.
func TestStoryIsLaidOutAnewWhileItCountsDown(t *testing.T) {
	now := testNow()
	p := New(&command.Commands{Host: &pane.Host{Now: func() time.Time { return now }}}, UseCases{}, 1)
	comment := tracker.Delivery{IntegrationID: 1, State: tracker.DeliveryWaiting, NotBefore: now.Add(4 * time.Second)}
	p.read = newReading(tracker.StoryDetail{Deliveries: []tracker.Delivery{comment}}, []tracker.Integration{{ID: 1, Active: true, UpdateComments: true}})
	p.Update(pane.Ticked{}) // which writes the ages, too
	before := p.doc.Version
	p.Update(pane.Ticked{})
	if p.doc.Version == before {
		t.Error("a second went by and the countdown was not drawn anew")
	}
	p.read.Deliveries[0].NotBefore = now.Add(-time.Hour)
	before = p.doc.Version
	p.Update(pane.Ticked{})
	if p.doc.Version != before {
		t.Error("the story is laid out anew though nothing counts down")
	}
}
