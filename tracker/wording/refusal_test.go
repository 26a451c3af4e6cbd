package wording

import (
	"testing"

	"storydesk/tracker"
)

func TestRefusal(t *testing.T) {
	t.Parallel()
	refused := map[tracker.DeliveryState]string{
		tracker.DeliverySending: "delivery 7 is being sent now",
		tracker.DeliverySent:    "delivery 7 has already been sent",
		tracker.DeliveryDropped: "delivery 7 has been dropped",
	}
	for _, state := range tracker.DeliveryStates() {
		err, said := Refusal(tracker.Delivery{ID: 7, State: state}), ""
		if err != nil {
			said = err.Error()
		}
		if said != refused[state] || err != nil && tracker.CodeOf(err) != tracker.CodeRefused {
			t.Errorf("%s: %v, want %q", state, err, refused[state])
		}
	}
}
