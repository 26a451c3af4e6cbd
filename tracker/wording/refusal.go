package wording

import "storydesk/tracker"

// Refusal returns why a delivery can be neither retried nor dropped, or nil when it can be
// either. The error is CodeRefused.
func Refusal(d tracker.Delivery) error {
	switch d.State {
	case tracker.DeliverySending:
		return tracker.Errorf(tracker.CodeRefused, "delivery %d is being sent now", d.ID)
	case tracker.DeliverySent:
		return tracker.Errorf(tracker.CodeRefused, "delivery %d has already been sent", d.ID)
	case tracker.DeliveryDropped:
		return tracker.Errorf(tracker.CodeRefused, "delivery %d has been dropped", d.ID)
	case tracker.DeliveryWaiting, tracker.DeliveryUnconfirmed, tracker.DeliveryParked:
	}
	return nil
}
