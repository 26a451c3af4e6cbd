package story

import (
	"testing"
	"time"

	"storydesk/tracker"
	"storydesk/ui/intent"
)

func TestReadingSaysWhatCannotBeDone(t *testing.T) {
	r := newReading(tracker.StoryDetail{Story: tracker.Story{ID: 7, ProjectID: 1}}, []tracker.Integration{{ID: 1, ProjectID: 2, Active: true}, {ID: 2, ProjectID: 1}})
	if r.cannotLink() == "" {
		t.Error("a ticket can be linked through another project's integration, or one that is off")
	}
	if got := r.noTicket(); got != "S-7 has no linked ticket" {
		t.Errorf("without tickets: %q", got)
	}
	r.integrations[1].Active = true
	r.Story.Tickets = []tracker.Link{{}}
	if r.cannotLink() != "" || r.noTicket() != "" {
		t.Errorf("link: %q, ticket: %q", r.cannotLink(), r.noTicket())
	}
}

func TestReadingCountsUnsentComments(t *testing.T) {
	r := newReading(tracker.StoryDetail{Deliveries: []tracker.Delivery{
		{State: tracker.DeliveryWaiting}, {State: tracker.DeliverySending}, {State: tracker.DeliveryParked}, {State: tracker.DeliverySent},
	}}, nil)
	if c := r.card(); c.Unsent != 2 || c.Parked != 1 {
		t.Errorf("%d unsent, %d parked", c.Unsent, c.Parked)
	}
}

func TestReadingKnowsThePanel(t *testing.T) {
	r := newReading(tracker.StoryDetail{Story: tracker.Story{Column: tracker.Backlog}}, nil)
	if r.panel() != intent.PaneBacklog {
		t.Errorf("a story of the Backlog is in %s", r.panel())
	}
	if r.Story.Column = tracker.Icebox; r.panel() != intent.PaneIcebox {
		t.Errorf("a story of the Icebox is in %s", r.panel())
	}
}

// Undo takes a private comment back while it waits for its first attempt, and only
// that of the last change.
func TestOnlyTheLastChangeCanBeRetracted(t *testing.T) {
	now := testNow()
	r := newReading(tracker.StoryDetail{Activities: []tracker.Activity{{ID: 2}, {ID: 1}}}, nil)
	waiting := tracker.Delivery{State: tracker.DeliveryWaiting, NotBefore: now.Add(time.Second), Origin: tracker.Origin{ActivityID: 2}}
	tried, due, sent, older := waiting, waiting, waiting, waiting
	tried.Attempts, due.NotBefore, sent.State, older.ActivityID = 1, now, tracker.DeliverySent, 1
	if !r.retractable(waiting, now) {
		t.Error("what waits cannot be retracted")
	}
	for name, d := range map[string]tracker.Delivery{"tried": tried, "due": due, "sent": sent, "older": older} {
		if r.retractable(d, now) {
			t.Errorf("%s can be retracted", name)
		}
	}
}
