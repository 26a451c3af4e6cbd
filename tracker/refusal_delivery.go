package tracker

// DeliveryRefusal returns why a delivery can be neither retried nor dropped, or nil
// when it can be either. The error is CodeRefused.
func DeliveryRefusal(d Delivery) error {
	switch d.State {
	case DeliverySending:
		return Errorf(CodeRefused, "delivery %d is being sent now", d.ID)
	case DeliverySent:
		return Errorf(CodeRefused, "delivery %d has already been sent", d.ID)
	case DeliveryDropped:
		return Errorf(CodeRefused, "delivery %d has been dropped", d.ID)
	case DeliveryWaiting, DeliveryUnconfirmed, DeliveryParked:
	}
	return nil
}
