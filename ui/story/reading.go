package story

import (
	"fmt"
	"slices"
	"time"

	"storydesk/tracker"
	"storydesk/ui/intent"
	"storydesk/ui/present"
)

// reading is a story as it was read last, with the integrations that there were.
type reading struct {
	tracker.StoryDetail
	integrations []tracker.Integration
	carriers     present.Carriers
}

func newReading(d tracker.StoryDetail, integrations []tracker.Integration) *reading {
	return &reading{d, integrations, present.CarriersOf(integrations)}
}

// card is the story as the board shows it.
func (r *reading) card() tracker.Card {
	c := r.Story.Card()
	c.Name, c.Open = present.Cell(c.Name), tracker.OpenOf(r.Story, r.Parts)
	for _, delivery := range r.Deliveries {
		switch {
		case delivery.State.InLane():
			c.Unsent++
		case delivery.State == tracker.DeliveryParked:
			c.Parked++
		}
	}
	return c
}

// panel is where the story stands on the board.
func (r *reading) panel() intent.PaneName {
	if r.Story.Column == tracker.Icebox {
		return intent.PaneIcebox
	}
	return intent.PaneBacklog
}

// cannotLink says that no integration is active whose tickets can be linked, empty
// where one is.
func (r *reading) cannotLink() string {
	if slices.ContainsFunc(r.integrations, func(in tracker.Integration) bool { return in.ProjectID == r.Story.ProjectID && in.Active }) {
		return ""
	}
	return "no integration is on, so no ticket can be linked"
}

// noTicket says that no ticket is linked, empty where one is.
func (r *reading) noTicket() string {
	if len(r.Story.Tickets) == 0 {
		return fmt.Sprintf("%s has no linked ticket", r.Story.ID)
	}
	return ""
}

// countsDown reports whether the seconds until a private comment is sent are shown.
func (r *reading) countsDown(now time.Time) bool {
	return slices.ContainsFunc(r.Deliveries, func(d tracker.Delivery) bool {
		return present.Counting(d, r.carriers.Held(d), now.Add(-present.CountdownEnd))
	})
}

// retractable reports whether a private comment belongs to the story's last change
// and has not been sent: undoing the change takes it back then.
func (r *reading) retractable(d tracker.Delivery, now time.Time) bool {
	last := r.Activities
	return d.State == tracker.DeliveryWaiting && d.Attempts == 0 && d.NotBefore.After(now) &&
		len(last) > 0 && last[0].ID == d.ActivityID
}
